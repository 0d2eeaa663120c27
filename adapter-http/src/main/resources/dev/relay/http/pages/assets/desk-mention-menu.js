/**
 * Colleagues who can be mentioned: "@" in an internal text opens the list.
 * @module desk-mention-menu
 */

import { plainName } from "./safe-text.js";
import { Suggestions } from "./suggestions.js";
import { html } from "./ui.js";

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
 * The list of colleagues who can be mentioned in a field.
 *
 * @param {Object} properties
 * @param {{current: HTMLTextAreaElement|null}} properties.field
 * @param {string} properties.id
 * @param {string} properties.label what the list is called
 * @param {function(): Promise<Colleague[]>} properties.load reads the colleagues
 */
export function MentionList({ field, id, label, load }) {
  /** @type {import("./suggestions.js").Offer<Colleague>} */
  const offer = {
    typed: TYPED,
    load: async () => (await load()).filter((one) => one.sees),
    find: (all, words) =>
      all.filter((one) => one.username.startsWith(words) || plainName(one.displayName).toLowerCase().includes(words)).slice(0, MOST_SHOWN),
    shown: (one) => html`<span class="reply__head"><bdi>${plainName(one.displayName, one.username)}</bdi><span class="muted small">@${one.username}</span></span>`,
    text: (one) => `@${one.username} `,
  };
  return html`<${Suggestions} field=${field} id=${id} label=${label} offer=${offer} />`;
}
