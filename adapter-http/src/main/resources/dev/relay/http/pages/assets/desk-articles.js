/**
 * Finding an article of the knowledge base for a message.
 * @module desk-articles
 */

import { query } from "./api.js";
import { button, byId, element, icon } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { reasonOf } from "./question.js";
import { plainName } from "./safe-text.js";

const PAUSE_MILLISECONDS = 250;

/**
 * An article that was found.
 *
 * @typedef {{articleId: string, title: string, language: string, passage: string, internal: boolean}} FoundArticle
 */

/** The dialog that searches articles. */
export class ArticleSearch {
  #api;
  #texts;
  #dialog = byId("articles", HTMLDialogElement);
  #input = byId("article-query", HTMLInputElement);
  #results = byId("article-results");
  #chosen = (/** @type {FoundArticle} */ _) => {};
  #locale = "";
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #asked = 0;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(api, texts) {
    this.#api = api;
    this.#texts = texts;
    prepareDialog(this.#dialog);
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#search(), PAUSE_MILLISECONDS);
    });
    byId("article-form").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#timer);
      this.#search();
    });
  }

  /**
   * Opens the dialog.
   *
   * @param {string} words to begin with
   * @param {string} locale the customer's language
   * @param {function(FoundArticle): void} chosen receives the chosen article
   */
  open(words, locale, chosen) {
    this.#chosen = chosen;
    this.#locale = locale;
    this.#input.value = words;
    this.#results.replaceChildren();
    this.#dialog.showModal();
    this.#input.select();
    this.#search();
  }

  async #search() {
    const words = this.#input.value.trim();
    const asked = ++this.#asked;
    if (!words) {
      this.#results.replaceChildren();
      return;
    }
    this.#results.replaceChildren(element("li", { class: "loading", text: this.#texts.say("desk.loading") }));
    let rows;
    try {
      const { items } = await this.#api.get(`knowledge/search${query({ q: words.slice(0, 2000), lang: this.#locale })}`);
      rows = items.map((/** @type {FoundArticle} */ article) => this.#row(article));
      if (rows.length === 0) {
        rows = [element("li", { class: "empty" }, icon("book"), element("p", { text: this.#texts.say("article.none") }))];
      }
    } catch (failure) {
      const words = reasonOf(this.#texts, failure);
      rows = [element("li", { class: "form-error" }, icon("alert"), element("p", { text: words }))];
    }
    if (asked === this.#asked) {
      this.#results.replaceChildren(...rows);
    }
  }

  /** @param {FoundArticle} article */
  #row(article) {
    const insert = button({
      label: this.#texts.say("article.insert"),
      icon: "plus",
      press: () => {
        this.#dialog.close();
        this.#chosen(article);
      },
    });
    insert.classList.add("button--small");
    return element(
      "li",
      { class: "article", data: { article: article.articleId } },
      element(
        "p",
        { class: "article__kind" },
        icon("book"),
        element("span", { text: article.language }),
        article.internal && element("span", { class: "badge badge--warning", text: this.#texts.say("article.internal") }),
      ),
      element("h3", { class: "article__title", dir: "auto", text: plainName(article.title, article.articleId) }),
      element("p", { class: "article__passage", dir: "auto", text: article.passage }),
      article.internal ? null : insert,
    );
  }
}
