/**
 * A whole article, read in the chat: loaded when the customer asks for it, with the way back to the conversation.
 * @module chat-article
 */

import { byId, setText, show } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { blocks } from "./message-text.js";
import { h, render } from "./preact.js";
import { tellFailure } from "./question.js";
import { plainName, safeAddress } from "./safe-text.js";

const HEADING = /^#{1,6} +(.+?)#* *$/;
const PICTURE = /!\[([^\]\n]{0,200})\]\([^)\n]{0,2000}\)/g;

/**
 * As the server answers.
 *
 * @typedef {Object} WholeArticle
 * @property {string} articleId
 * @property {string} title
 * @property {string} language
 * @property {string} text Markdown, of which the part that messages have is shown, and headings
 * @property {string|null} url
 */

/** Shows one article at a time. */
export class ArticleReader {
  #api;
  #texts;
  #dialog = byId("article", HTMLDialogElement);

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(api, texts) {
    this.#api = api;
    this.#texts = texts;
    prepareDialog(this.#dialog);
  }

  /**
   * Opens an article. Closing it leads back to where the customer was.
   *
   * @param {string} id
   */
  async open(id) {
    try {
      this.#show(await this.#api.get(`chat/articles/${encodeURIComponent(id)}`));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  /** @param {WholeArticle} article */
  #show(article) {
    setText(byId("article-title"), plainName(article.title, article.articleId));
    const text = byId("article-text");
    text.lang = article.language;
    render(parts(article.text), text);
    const address = safeAddress(article.url);
    const link = byId("article-link", HTMLAnchorElement);
    show(link, address !== null);
    link.href = address ?? "";
    this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
  }
}

/**
 * The elements of an article. Pictures are replaced by their descriptions: the page shows nothing from elsewhere.
 *
 * @param {string} text
 * @returns {import("./message-text.js").Part[]}
 */
function parts(text) {
  /** @type {import("./message-text.js").Part[]} */
  const nodes = [];
  /** @type {string[]} */
  let lines = [];
  const flush = () => {
    if (lines.some((line) => line.trim() !== "")) {
      nodes.push(...blocks(lines));
    }
    lines = [];
  };
  for (const line of text.replace(PICTURE, "$1").split(/\r?\n/)) {
    const heading = HEADING.exec(line);
    if (heading) {
      flush();
      nodes.push(h("h3", null, plainName(heading[1], "")));
    } else {
      lines.push(line);
    }
  }
  flush();
  return nodes;
}
