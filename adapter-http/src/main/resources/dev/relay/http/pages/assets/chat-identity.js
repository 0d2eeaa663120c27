/**
 * Whom the embedding site names as its customer. The server alone decides whether that is true; here the token is only read, so that
 * what belongs to different customers is kept apart.
 * @module chat-identity
 */

import { Api, isIdentityRefused } from "./api.js";
import { forget, forgetAll, keep, kept, whenKept } from "./keep.js";

const TOKEN = "relay.chat.token";
/** Tells the other windows of this browser. Not owned by a customer, so that all of them hear it. */
const RESET = "relay.reset";

/**
 * What a token states.
 *
 * @typedef {Object} Claims
 * @property {string} subject the site's id of the customer; empty if it cannot be read, and the server then says why
 * @property {string|null} language
 */

/**
 * Reads a token without verifying it.
 *
 * @param {string|null} token
 * @returns {Claims}
 */
export function claimsOf(token) {
  try {
    const payload = (token ?? "").split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { sub, locale } = JSON.parse(new TextDecoder().decode(bytes));
    return { subject: typeof sub === "string" ? sub : "", language: typeof locale === "string" ? locale : null };
  } catch {
    return { subject: "", language: null };
  }
}

/**
 * Confirms that the session kept in this browser is still the identified customer's.
 *
 * @param {Api} api calls with that session
 * @param {string} identity
 * @param {string} locale
 * @returns {Promise<boolean>} false if a new session is needed; fails if the token is refused
 */
export async function confirmed(api, identity, locale) {
  try {
    await api.put("chat/sessions/me/identity", { identity, locale });
    return true;
  } catch (problem) {
    const failure = /** @type {import("./api.js").Problem} */ (problem);
    if (failure.status === 401) {
      forget(TOKEN);
      return false;
    }
    if (isIdentityRefused(failure)) {
      throw failure;
    }
    // Out of reach or busy: the session works without being confirmed.
    return kept(TOKEN) !== null;
  }
}

/** Forgets every customer of this browser, and ends their sessions. */
export async function forgetEverybody() {
  const tokens = forgetAll(TOKEN);
  keep(RESET, String(Date.now()));
  const ended = tokens.map((token) => new Api(() => ({ Authorization: `Bearer ${token}` })).post("chat/logout"));
  await Promise.allSettled(ended);
}

/**
 * Calls back when another window of this browser forgets everybody.
 *
 * @param {function(): void} forgotten
 */
export function whenForgotten(forgotten) {
  whenKept(RESET, forgotten);
}
