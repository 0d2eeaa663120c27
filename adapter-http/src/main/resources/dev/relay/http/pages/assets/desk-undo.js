/**
 * A moment in which a change that tells customers something can be taken back, before anything goes out.
 * @module desk-undo
 */

import { button, byId, element, icon } from "./dom.js";

/** How long an answer, or a change that customers are told of, can be taken back, if the agent wants that. */
export const UNDO_MILLISECONDS = 5_000;

/** Makes each change that can still be taken back. @type {Set<function(): Promise<void>>} */
const waiting = new Set();

/** Makes what can still be taken back now, because the agent signs out or leaves the page, and waits until the server has answered. */
export async function makeNow() {
  await Promise.all([...waiting].map((make) => make()));
}

/**
 * Waits, and offers to take the change back: by a button, or by Ctrl+Z outside of a text. Whoever leaves the page wants the change: see
 * desk-sending.js, which makes it after what was written before it.
 *
 * @param {Object} wanted
 * @param {import("./i18n.js").Texts} wanted.texts
 * @param {string} wanted.words what will happen
 * @param {function(): Promise<void>} wanted.leave makes the change while the page is left
 * @returns {Promise<boolean>} whether the change is still to be made
 */
export function waitOrUndo({ texts, words, leave }) {
  return new Promise((resolve) => {
    const box = element("div", { class: "toast toast--info", data: { part: "undo" } }, icon("info"), element("p", { text: words }));
    const settle = (/** @type {boolean} */ isWanted) => {
      clearTimeout(timer);
      document.removeEventListener("keydown", pressed);
      waiting.delete(left);
      box.remove();
      resolve(isWanted);
    };
    const left = () => {
      settle(false);
      return leave();
    };
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const isText = event.target instanceof HTMLTextAreaElement || (event.target instanceof HTMLInputElement && event.target.type !== "checkbox");
      if (!isText && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        settle(false);
      }
    };
    const timer = setTimeout(() => settle(true), UNDO_MILLISECONDS);
    waiting.add(left);
    document.addEventListener("keydown", pressed);
    box.append(button({ label: texts.say("delivery.undo"), press: () => settle(false) }));
    byId("toasts").append(box);
  });
}
