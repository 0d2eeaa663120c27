/**
 * Which messages of customers this agent has seen in this browser.
 * @module desk-seen
 */

import { keep, kept } from "./keep.js";

/** The newest conversations that are remembered; others count as seen up to their end. */
const MOST = 500;

/** Knows the last message of each conversation that was on the screen. */
export class Seen extends EventTarget {
  #name;
  #me;
  #last = {};

  /** @param {{username: string}} me who is logged in */
  constructor(me) {
    super();
    this.#me = me;
    this.#name = `relay.desk.seen.${me.username}`;
    this.#read();
    window.addEventListener("storage", (event) => {
      if (event.key === this.#name) {
        this.#read();
        this.dispatchEvent(new Event("seen"));
      }
    });
  }

  /** Checks whether the customer has written something that this agent, who has to answer, has not seen. */
  isUnread({ id, state, agent, last }) {
    const concerns = state === "waiting" || (state === "live" && agent?.username === this.#me.username);
    return concerns && last?.author === "customer" && Number(last.id) > (this.#last[id] ?? 0);
  }

  /** Notes that all of a conversation was on the screen. */
  mark({ id, last }) {
    if (last && Number(last.id) > (this.#last[id] ?? 0)) {
      this.#read();
      this.#last[id] = Number(last.id);
      const newest = Object.entries(this.#last).sort(([, a], [, b]) => b - a).slice(0, MOST);
      this.#last = Object.fromEntries(newest);
      keep(this.#name, JSON.stringify(this.#last));
      this.dispatchEvent(new Event("seen"));
    }
  }

  #read() {
    try {
      this.#last = JSON.parse(kept(this.#name) ?? "{}");
    } catch {
      this.#last = {};
    }
  }
}
