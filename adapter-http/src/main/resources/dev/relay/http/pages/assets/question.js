/**
 * Asking before something that cannot be taken back, and saying why something did not work.
 * @module question
 */

import { byId, toast } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { problemWords } from "./problem-texts.js";

/** Asks in the page's dialog `#question`. */
export class Question {
  #texts;
  #dialog = byId("question", HTMLDialogElement);
  #proceed = () => {};

  /** @param {import("./i18n.js").Texts} texts */
  constructor(texts) {
    this.#texts = texts;
    prepareDialog(this.#dialog);
    byId("question-yes").addEventListener("click", () => {
      this.#dialog.close();
      this.#proceed();
    });
  }

  /**
   * Asks.
   *
   * @param {string} key the words are those of this key with the endings Question, Text and Confirm
   * @param {function(): void} proceed called if the answer is yes
   * @param {Object<string, string>} [values] the values in the text
   */
  ask(key, proceed, values = {}) {
    this.#proceed = proceed;
    byId("question-title").textContent = this.#texts.say(`${key}Question`);
    byId("question-text").textContent = this.#texts.say(`${key}Text`, values);
    byId("question-yes").textContent = this.#texts.say(`${key}Confirm`);
    this.#dialog.showModal();
  }
}

/**
 * Why a call did not work, in words.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {*} failure a Problem, or an Error that says that the server is unreachable, see api.js
 * @returns {string}
 */
export function reasonOf(texts, failure) {
  return failure.status
    ? texts.say("error.refused", { reason: problemWords(texts, failure.body) })
    : texts.say("error.unreachable");
}

/**
 * Tells why a call did not work.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {*} failure as in {@link reasonOf}
 */
export function tellFailure(texts, failure) {
  toast(reasonOf(texts, failure), "danger", texts.say("action.dismiss"));
}

/**
 * Tells that a call worked.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {string} words
 */
export function tellSuccess(texts, words) {
  toast(words, "success", texts.say("action.dismiss"));
}
