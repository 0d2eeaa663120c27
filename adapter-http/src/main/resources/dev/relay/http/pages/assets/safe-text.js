/**
 * Names and addresses that people wrote. Nothing of them is ever read as markup.
 * @module safe-text
 */

import { h } from "./preact.js";

/** Characters that turn the direction of the text around them, or that cannot be seen. */
const DECEIVING = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C\u0000-\u001F\u007F-\u009F]/g;

/**
 * A name, file name or subject on one line, without characters that could pass it off as something else.
 *
 * @param {string|null|undefined} name
 * @param {string} [instead] the text to use if nothing is visible
 * @returns {string}
 */
export function plainName(name, instead = "") {
  const seen = String(name ?? "").replace(/\s+/g, " ").replace(DECEIVING, "").trim();
  return seen || instead;
}

/**
 * The address if it may be followed (absolute, https, without a user name); otherwise null.
 *
 * @param {string|null|undefined} address
 * @returns {string|null}
 */
export function safeAddress(address) {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * An address as it is shown: with a host of other alphabets in its encoded form (xn--…), because some of their letters look like
 * Latin ones, so that another host could pass itself off as a known one.
 *
 * @param {string} written the address as somebody wrote it
 * @param {string} address the same, as {@link safeAddress} let it through
 * @returns {string}
 */
export function shownAddress(written, address) {
  const host = /^https:\/\/[^/?#]*/.exec(written)?.[0] ?? "";
  return /^[\u0000-\u007F]*$/.test(host) ? written : new URL(address).origin + written.slice(host.length);
}

/**
 * A link that opens in a window of its own and does not reveal this page to that site.
 *
 * @param {string} address one that {@link safeAddress} let through
 * @param {string} text what to show
 * @param {string} [className]
 * @returns {import("./preact.js").VNode}
 */
export function outsideLink(address, text, className = "link") {
  return h("a", { class: className, href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/**
 * The first letters of a name, for its picture.
 *
 * @param {string} name
 * @returns {string} one or two characters
 */
export function initials(name) {
  const words = plainName(name, "?").split(" ");
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...word][0] ?? "").join("").toUpperCase();
}
