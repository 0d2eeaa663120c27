/**
 * The button that opens the dialog which merges and blocks; its script is loaded with the first press.
 * @module desk-merge-button
 */

import { Later } from "./desk-later.js";
import { html } from "./ui.js";

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
 * The button that opens the dialog.
 *
 * @param {Object} properties
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {string} properties.id the button's
 * @param {import("./api.js").Api} properties.api
 * @param {*} properties.shown the case; null if there is none
 * @param {*} properties.customer
 * @param {function(*): void} properties.changed receives what the server has answered to a change
 */
export function MergeButton({ texts, ...about }) {
  dialog ??= new Later("relay-merge", texts, ({ openMerge }) => openMerge);
  const open = dialog;
  const press = () => open.use((openMerge) => openMerge({ ...about, words: texts }));
  return html`<button type="button" class="button button--secondary" id=${about.id} onClick=${press}><span>${texts.say("merge.open")}</span></button>`;
}
