/**
 * Where the agent writes.
 * @module desk-composer
 */

import { button, byId, element, growWithText, icon, setText, show } from "./dom.js";
import { FilePicker } from "./file-picker.js";
import { forget, keep, kept, keptNames } from "./keep.js";
import { plainName } from "./safe-text.js";

const LONGEST_TEXT = 16_000;
const MOST_ARTICLES = 5;

const DRAFTS = "relay.desk.draft.";

/**
 * Forgets what an agent has begun to write in this browser.
 *
 * @param {string} username
 */
export function forgetDrafts(username) {
  keptNames(`${DRAFTS}${username}.`).forEach(forget);
}

/** The form below the transcript; keeps a draft for each conversation, also when the page is loaded again. */
export class DeskComposer {
  #texts;
  #send;
  #text = byId("text");
  #error = byId("composer-error");
  #picker;
  #articles = [];
  #drafts;
  #conversation = null;

  /**
   * @param {import("./api.js").Api} api
   * @param {string} username the agent, whose drafts nobody else sees
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, Object[], Object[]): void} send sends a text, uploaded files and articles
   */
  constructor(api, username, texts, send) {
    this.#drafts = `${DRAFTS}${username}.`;
    this.#texts = texts;
    this.#send = send;
    this.#picker = new FilePicker({
      input: byId("file"),
      list: byId("uploads"),
      dropZone: byId("conversation"),
      text: this.#text,
      texts,
      upload: (file, progress, signal) => api.upload("attachments", file, progress, signal),
      changed: () => this.#say(""),
    });
    byId("attach").addEventListener("click", () => byId("file").click());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
    });
    this.#text.addEventListener("input", () => {
      this.#say("");
      this.#keepDraft();
    });
    growWithText(this.#text);
  }

  /** Writes to another conversation: puts the draft away and takes that one's. */
  switchTo(conversation) {
    if (conversation === this.#conversation) {
      return;
    }
    this.#conversation = conversation;
    this.#fill(kept(`${this.#drafts}${conversation}`) ?? "");
  }

  /** Puts the cursor there. */
  focus() {
    this.#text.focus({ preventScroll: true });
  }

  /** Adds an article to the message. */
  addArticle(article) {
    const isKnown = this.#articles.some((other) => other.articleId === article.articleId);
    if (!isKnown && this.#articles.length < MOST_ARTICLES) {
      this.#articles.push(article);
      this.#drawArticles();
    }
    this.focus();
  }

  #submit() {
    const text = this.#text.value.trim();
    if (this.#picker.isBusy) {
      this.#say(this.#texts.say("file.wait"));
    } else if (this.#picker.hasFailed) {
      this.#say(this.#texts.say("file.fix"));
    } else if (text.length > LONGEST_TEXT) {
      this.#say(this.#texts.say("message.tooLong", { length: text.length.toLocaleString(this.#texts.language) }));
    } else if (text || this.#picker.uploaded.length > 0 || this.#articles.length > 0) {
      this.#send(text, this.#picker.uploaded, this.#articles);
      this.#fill("");
    }
    this.focus();
  }

  #keepDraft() {
    const name = `${this.#drafts}${this.#conversation}`;
    if (this.#text.value) {
      keep(name, this.#text.value);
    } else {
      forget(name);
    }
  }

  #fill(text) {
    this.#text.value = text;
    this.#text.dispatchEvent(new Event("input"));
    this.#picker.clear();
    this.#articles = [];
    this.#drawArticles();
  }

  #drawArticles() {
    const list = byId("chosen-articles");
    list.replaceChildren(
      ...this.#articles.map((article) => {
        const title = plainName(article.title, article.articleId);
        const press = () => {
          this.#articles = this.#articles.filter((other) => other !== article);
          this.#drawArticles();
          this.focus();
        };
        return element(
          "li",
          { class: "upload" },
          icon("book"),
          element("span", { class: "upload__name", dir: "auto", text: title }),
          button({ label: this.#texts.say("article.remove", { title }), icon: "close", iconOnly: true, kind: "quiet", press }),
        );
      }),
    );
    show(list, this.#articles.length > 0);
  }

  #say(words) {
    setText(this.#error, words);
    show(this.#error, words !== "");
  }
}
