/**
 * What an agent can do here by name: the command palette lists it. Each part adds its actions by one line. The palette and the search are
 * loaded when they are first opened; see desk-later.js.
 * @module desk-actions
 */

import { Later } from "./desk-later.js";
import { byId } from "./dom.js";

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
  #language;
  #find;
  /** @type {(function(): Action)[]} */
  #sources = [];

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(api, texts) {
    this.#api = api;
    this.#language = texts.language;
    this.#find = new Later("relay-find", texts, (/** @type {typeof import("./desk-find.js")} */ { openPalette, showSearch }) => ({ openPalette, showSearch }));
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** @param {...Action} actions */
  add(...actions) {
    this.#sources.push(...actions.map((action) => () => action));
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
    this.#sources.push(() => ({ label: button.textContent?.trim() || String(button.ariaLabel), keys, isThere, run: () => button.click() }));
  }

  /** @returns {Action[]} what can be done now */
  get all() {
    return this.#sources.map((source) => source()).filter((action) => action.isThere?.() ?? true);
  }

  /** Opens the palette in front of the page, unless another dialog is there. */
  #open() {
    this.#find.use(({ openPalette }) => {
      if (document.querySelector("dialog[open]") === null) {
        openPalette({ api: this.#api, language: this.#language, actions: this.all });
      }
    });
  }

  /**
   * Shows the page of the search.
   *
   * @param {string} words those of the address
   * @param {function(): void} leave goes back to the place before the search
   */
  showSearch(words, leave) {
    this.#find.use(({ showSearch }) => showSearch({ api: this.#api, language: this.#language, words, leave }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    if (isPalette && !byId("desk").hidden) {
      event.preventDefault();
      this.#open();
    }
  }
}
