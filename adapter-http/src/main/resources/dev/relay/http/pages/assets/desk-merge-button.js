/**
 * The button that opens the dialog which merges and blocks; its script is loaded with the first press.
 * @module desk-merge-button
 */

import { Later } from "./desk-later.js";
import { button } from "./dom.js";

/**
 * One for all buttons.
 *
 * @type {Later<function(import("./desk-part-merge.js").About): void>|null}
 */
let dialog = null;

/**
 * For how long and why a customer is blocked; empty if they are not.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {{blocked: boolean, blockReason: string|null, blockedUntil: string|null}} customer
 * @returns {string}
 */
export function blockWords(texts, { blocked, blockReason, blockedUntil }) {
  if (!blocked || (blockedUntil && new Date(blockedUntil) <= new Date())) {
    return "";
  }
  return blockedUntil
    ? texts.say("customer.blockedUntil", { time: texts.moment(blockedUntil), reason: blockReason ?? "" })
    : texts.say("customer.blockedForGood", { reason: blockReason ?? "" });
}

/**
 * @param {import("./i18n.js").Texts} texts
 * @param {Object} about
 * @param {string} about.id the button's
 * @param {import("./api.js").Api} about.api
 * @param {*} about.shown the case; null if there is none
 * @param {*} about.customer
 * @param {function(*): void} about.changed receives what the server has answered to a change
 * @returns {HTMLElement}
 */
export function mergeButton(texts, about) {
  dialog ??= new Later("relay-merge", texts, ({ openMerge }) => openMerge);
  const open = dialog;
  const press = () => open.use((openMerge) => openMerge({ ...about, words: texts }));
  return button({ label: texts.say("merge.open"), press, attributes: { id: about.id } });
}
