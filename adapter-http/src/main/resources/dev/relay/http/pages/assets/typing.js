/**
 * Signs that somebody is typing: those that a page sends, and those that it shows.
 * @module typing
 */

import { useEffect, useState } from "./preact-hooks.js";
import { html } from "./ui.js";

/** The server keeps a sign for six seconds, so that one repetition may be late. */
const REPEAT_MILLISECONDS = 3_000;
/** Somebody who pauses to think and continues has not begun anew: a screen reader hears it once. */
const SILENT_MILLISECONDS = 30_000;

/**
 * A sign as the server sends it.
 *
 * @typedef {Object} Sign
 * @property {"customer"|"agent"} author
 * @property {string|null} username the agent; null for a customer, and in the customer's own stream
 * @property {string|null} name
 * @property {boolean} internal
 * @property {number} seconds how long it is true
 */

/** Reports that whoever uses this page is typing, at most every three seconds. */
export class TypingReport {
  #send;
  #sentAt = -Infinity;
  #what = "";

  /** @param {function(string): Promise<unknown>} send sends one sign about what is written, such as the address of a request */
  constructor(send) {
    this.#send = send;
  }

  /**
   * Notes a change of the text.
   *
   * @param {string} what
   */
  typed(what) {
    const now = performance.now();
    if (what === this.#what && now - this.#sentAt < REPEAT_MILLISECONDS) {
      return;
    }
    this.#sentAt = now;
    this.#what = what;
    this.#send(what).catch(() => {
      // The next sign comes with the next letters.
    });
  }

  /** Notes that the text was sent: what is typed next is a new beginning. */
  sent() {
    this.#sentAt = -Infinity;
  }
}

/** Who is typing at the moment. Dispatches `change`. */
export class Typists extends EventTarget {
  /** @type {Map<string, {sign: Sign, timer: ReturnType<typeof setTimeout>}>} */
  #now = new Map();
  /** @type {Map<string, number>} */
  #heard = new Map();

  /** Who is typing, in the order in which they began. */
  get all() {
    return [...this.#now.values()].map(({ sign }) => sign);
  }

  /**
   * Takes a sign; it ends by itself.
   *
   * @param {Sign} sign
   * @returns {boolean} whether a screen reader should hear of it
   */
  take(sign) {
    const key = keyOf(sign);
    const before = this.#now.get(key);
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.#end(key), sign.seconds * 1_000);
    this.#now.set(key, { sign, timer });
    const now = performance.now();
    const isNew = now - (this.#heard.get(key) ?? -Infinity) > SILENT_MILLISECONDS;
    this.#heard.set(key, now);
    if (before?.sign.internal !== sign.internal) {
      this.dispatchEvent(new Event("change"));
    }
    return isNew;
  }

  /**
   * Ends the signs of an author whose message has arrived. Another author of the same kind who continues is shown again at once.
   *
   * @param {string} author
   */
  wrote(author) {
    this.#endAll((key) => key.startsWith(`${author}:`));
  }

  /** Ends all signs, because another conversation is shown. */
  clear() {
    this.#endAll(() => true);
  }

  /** @param {function(string): boolean} isMeant */
  #endAll(isMeant) {
    [...this.#heard.keys()].filter(isMeant).forEach((key) => {
      this.#heard.delete(key);
      this.#end(key);
    });
  }

  /** @param {string} key */
  #end(key) {
    clearTimeout(this.#now.get(key)?.timer);
    if (this.#now.delete(key)) {
      this.dispatchEvent(new Event("change"));
    }
  }
}

/** @param {{author: string, username: string|null}} sign */
function keyOf({ author, username }) {
  return `${author}:${username ?? ""}`;
}

/**
 * The line that says who is typing. It is not read out: who needs to hear it hears it once, see {@link Typists#take}.
 *
 * @param {Object} properties
 * @param {Typists} properties.typists
 * @param {function(Sign): string} properties.words
 */
export function TypingLine({ typists, words }) {
  const [signs, setSigns] = useState(typists.all);
  useEffect(() => {
    const draw = () => setSigns(typists.all);
    typists.addEventListener("change", draw);
    draw();
    return () => typists.removeEventListener("change", draw);
  }, [typists]);
  return html`<p class="typing" aria-hidden="true">${signs.length > 0 && html`<span class="typing__dots"><i></i><i></i><i></i></span>${" "}<span dir="auto">${signs.map(words).join(" ")}</span>`}</p>`;
}
