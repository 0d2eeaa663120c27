/**
 * Internal messages and notes that mention this agent, and which of them are seen.
 * @module desk-mentions
 */

/**
 * An internal text that mentions this agent.
 *
 * @typedef {Object} Mention
 * @property {string} id grows with time
 * @property {string} by the name of its author
 * @property {string|null} conversationId its conversation; null for a note
 * @property {string|null} caseNumber its case
 * @property {string} text
 * @property {string} at when it was written
 * @property {boolean} seen
 */

/** Knows the mentions of the agent; the event "mentions" tells of changes. */
export class Mentions extends EventTarget {
  #api;
  /** @type {Mention[]} */
  #items = [];

  /** @param {import("./api.js").Api} api */
  constructor(api) {
    super();
    this.#api = api;
  }

  /** The mentions, newest first. */
  get items() {
    return this.#items;
  }

  /** The mentions that the agent has not seen. */
  get unseen() {
    return this.#items.filter((one) => !one.seen);
  }

  /** Reads all of them: after signing in and after a lost connection. */
  async read() {
    try {
      this.#items = (await this.#api.get("agents/me/mentions")).items;
      this.dispatchEvent(new Event("mentions"));
    } catch {
      // The next connection reads them.
    }
  }

  /**
   * Takes one that the event stream has brought.
   *
   * @param {Mention} mention
   */
  take(mention) {
    this.#items = [mention, ...this.#items.filter((one) => one.id !== mention.id)];
    this.dispatchEvent(new Event("mentions"));
  }

  /**
   * Notes that what these mentions are about is on the screen.
   *
   * @param {function(Mention): boolean} isShown
   */
  see(isShown) {
    const ids = this.unseen.filter(isShown).map((one) => one.id).slice(0, 100);
    if (ids.length > 0) {
      this.#items = this.#items.map((one) => (ids.includes(one.id) ? { ...one, seen: true } : one));
      this.dispatchEvent(new Event("mentions"));
      this.#api.post("agents/me/mentions/seen", { ids }).catch(() => {
        // They come back as unseen with the next reading.
      });
    }
  }
}
