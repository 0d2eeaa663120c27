/**
 * The current place in the desk, kept in the address so that going back, reloading and links work.
 * @module desk-routes
 */

import { TABS } from "./desk-store.js";

/**
 * A place in the desk.
 *
 * @typedef {Object} Place
 * @property {"conversations"|"cases"|"undelivered"|"settings"|"accounts"|"search"} view
 * @property {string} tab which list of conversations
 * @property {string|null} id the open conversation's id or the open case's number
 * @property {string|null} entry the message to lead to
 * @property {boolean} details whether customer and case are shown if there is not enough room
 * @property {string} words what is searched for
 */

/**
 * Reads an address.
 *
 * @param {string} hash such as `#/conversations/waiting/17/details` or `#/conversations/waiting/17/at/99`
 * @returns {Place} the waiting list, if the address names no known place
 */
export function placeOf(hash) {
  const [view, first, second, third, fourth] = hash.replace(/^#\/?/, "").split("/");
  const id = (/** @type {string|undefined} */ text) => (text !== undefined && /^[0-9]{1,18}$/.test(text) ? text : null);
  const nothing = { tab: "waiting", id: null, entry: null, details: false, words: "" };
  if (view === "cases") {
    return { ...nothing, view, id: id(first) };
  }
  if (view === "search") {
    return { ...nothing, view, words: decoded(first ?? "") };
  }
  if (view === "undelivered" || view === "settings" || view === "accounts") {
    return { ...nothing, view };
  }
  const tab = TABS.includes(first) ? first : "waiting";
  return { ...nothing, view: "conversations", tab, id: id(second), entry: third === "at" ? id(fourth) : null, details: third === "details" };
}

/** What an address says; nothing if it was not made by this page. */
function decoded(/** @type {string} */ text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/**
 * The address of a search.
 *
 * @param {string} words
 * @returns {string}
 */
export function searchAddress(words) {
  return words ? `#/search/${encodeURIComponent(words)}` : "#/search";
}

/**
 * The address of a place among the conversations.
 *
 * @param {string} tab
 * @param {string|null} id
 * @param {boolean} [details]
 * @returns {string}
 */
export function conversationAddress(tab, id, details = false) {
  return `#/conversations/${tab}${id ? `/${id}${details ? "/details" : ""}` : ""}`;
}

/**
 * The address that leads to a message of a conversation.
 *
 * @param {string} tab
 * @param {string} id
 * @param {string} entry
 * @returns {string}
 */
export function messageAddress(tab, id, entry) {
  return `${conversationAddress(tab, id)}/at/${entry}`;
}
