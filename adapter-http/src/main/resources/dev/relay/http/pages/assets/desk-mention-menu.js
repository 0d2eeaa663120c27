/**
 * Colleagues who can be mentioned: "@" in an internal text opens the list.
 * @module desk-mention-menu
 */

import { element } from "./dom.js";
import { plainName } from "./safe-text.js";
import { Suggestions } from "./suggestions.js";

/** An at sign at the beginning or after a space or bracket, and what was typed behind it up to the cursor. */
const TYPED = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u;
const MOST_SHOWN = 8;

/**
 * A colleague, as the server lists them.
 *
 * @typedef {Object} Colleague
 * @property {string} username
 * @property {string} displayName
 * @property {boolean} works whether a conversation can be passed to them
 * @property {boolean} sees whether they may see what the text is about
 */

/**
 * Lets the agent mention colleagues in a field; the list comes below it.
 *
 * @param {HTMLTextAreaElement} field
 * @param {string} label what the list is called
 * @param {function(): Promise<Colleague[]>} load reads the colleagues
 */
export function offerMentions(field, label, load) {
  const list = element("ul", { class: "replies", role: "listbox", id: `${field.id}-mentions`, "aria-label": label, hidden: true });
  field.after(list);
  /** @type {import("./suggestions.js").Offer<Colleague>} */
  const offer = {
    typed: TYPED,
    load: async () => (await load()).filter((one) => one.sees),
    find: (all, words) =>
      all.filter((one) => one.username.startsWith(words) || plainName(one.displayName).toLowerCase().includes(words)).slice(0, MOST_SHOWN),
    shown: (one) => [
      element("span", { class: "reply__head" }, element("bdi", { text: plainName(one.displayName, one.username) }), element("span", { class: "muted small", text: `@${one.username}` })),
    ],
    text: (one) => `@${one.username} `,
  };
  new Suggestions(field, list, offer);
}
