/**
 * What an agent can do here by name: the command palette lists it. Each part adds its actions by one line. The palette and the search are
 * loaded when they are first opened.
 * @module desk-actions
 */

import { byId } from "./dom.js";
import { tellFailure } from "./question.js";

/**
 * An action of the palette.
 *
 * @typedef {Object} Action
 * @property {string} label what it does, in the reader's language
 * @property {string} [keys] its shortcut
 * @property {function(): boolean} [isThere] whether it can be done now; always, if missing
 * @property {function(): void} run
 */

/** The actions of all parts, and the way to the palette and the search. */
export class Actions {
  #api;
  #texts;
  /** @type {(function(): Action[])[]} */
  #sources = [];
  #isLoading = false;
  #isLoaded = false;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(api, texts) {
    this.#api = api;
    this.#texts = texts;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    byId("show-search").addEventListener("click", () => this.open("search"));
  }

  /** @param {...Action} actions */
  add(...actions) {
    this.#sources.push(() => actions);
  }

  /**
   * Adds actions that are asked for each time, such as one per saved view.
   *
   * @param {function(): Action[]} source
   */
  addFrom(source) {
    this.#sources.push(source);
  }

  /**
   * Adds what a button does, under the button's own words, while the page shows it.
   *
   * @param {string} id the button's id
   * @param {string} [keys]
   */
  addButton(id, keys) {
    const button = byId(id, HTMLButtonElement);
    const isThere = () => !button.hidden && !button.disabled && button.closest("[hidden]") === null;
    this.#sources.push(() => [{ label: button.textContent?.trim() || String(button.ariaLabel), keys, isThere, run: () => button.click() }]);
  }

  /** @returns {Action[]} what can be done now */
  get all() {
    return this.#sources.flatMap((source) => source()).filter((action) => action.isThere?.() ?? true);
  }

  /**
   * Opens the search or the palette, in front of the page.
   *
   * @param {"search"|"palette"} mode
   */
  async open(mode) {
    if (this.#isLoading || document.querySelector("dialog[open]") !== null) {
      return;
    }
    try {
      this.#isLoading = true;
      await this.#load();
      document.dispatchEvent(new CustomEvent("relay-find", { detail: { mode, api: this.#api, language: this.#texts.language, actions: this.all } }));
    } catch (failure) {
      tellFailure(this.#texts, { name: "Unreachable", cause: failure });
    } finally {
      this.#isLoading = false;
    }
  }

  async #load() {
    if (!this.#isLoaded) {
      const script = /** @type {HTMLMetaElement} */ (document.querySelector("meta[name=relay-find]")).content;
      await import(new URL(script, document.baseURI).href);
      this.#isLoaded = true;
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (isPalette && !byId("desk").hidden) {
      event.preventDefault();
      this.open("palette");
    }
  }
}
