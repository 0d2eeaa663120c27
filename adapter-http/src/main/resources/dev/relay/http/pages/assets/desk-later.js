/**
 * Parts of the desk that are loaded when they are first used, so that the desk itself is there sooner. A part uses the modules of the page:
 * the page names its script in a `meta` element. Its words come with it: the elements that show them have the part's name as `data-later`.
 * @module desk-later
 */

import { translate } from "./i18n.js";
import { tellFailure } from "./question.js";

/**
 * A part of the desk, loaded once.
 *
 * @template T
 */
export class Later {
  #name;
  #texts;
  #make;
  /** @type {Promise<T>|null} */
  #made = null;
  /** Whether the part is there. */
  isLoaded = false;

  /**
   * @param {string} name of the `meta` element
   * @param {import("./i18n.js").Texts} texts
   * @param {function(any): T} make makes the part of what its script exports; `TEXTS` among that are its words by language
   */
  constructor(name, texts, make) {
    this.#name = name;
    this.#texts = texts;
    this.#make = make;
  }

  /** Checks whether the part is there or on its way. */
  get isWanted() {
    return this.#made !== null;
  }

  /**
   * Does something with the part as soon as it is there, in the order of the calls. Says so if it cannot be loaded; the next call tries again.
   *
   * @param {function(T): void} action
   * @returns {Promise<boolean>} whether the part is there
   */
  async use(action) {
    this.#made ??= this.#load();
    const made = this.#made;
    let part;
    try {
      part = await made;
    } catch (failure) {
      if (this.#made === made) {
        this.#made = null;
        tellFailure(this.#texts, { name: "Unreachable", cause: failure });
      }
      return false;
    }
    action(part);
    return true;
  }

  async #load() {
    const script = /** @type {HTMLMetaElement} */ (document.querySelector(`meta[name=${this.#name}]`)).content;
    const loaded = await import(new URL(script, document.baseURI).href);
    this.#texts.add(loaded.TEXTS ?? {});
    document.querySelectorAll(`[data-later=${this.#name}]`).forEach((root) => translate(this.#texts, root));
    const made = this.#make(loaded);
    this.isLoaded = true;
    return made;
  }
}
