/**
 * Which messages of customers this agent has seen, in this browser and in others.
 * @module desk-seen
 */

import { keep, kept } from "./keep.js";

/** The newest conversations that are remembered; others count as seen up to their end. */
const MOST = 500;
const RELOAD_MILLISECONDS = 300;

/** Knows the last message of each conversation that was on the screen. */
export class Seen extends EventTarget {
  #name;
  #me;
  #last = {};
  #api;
  /** The agent's own conversations with unread messages, as the server counts them; null until it has answered. */
  #unread = null;
  #isReloading = false;

  /**
   * @param {{username: string}} me who is logged in
   * @param {import("./api.js").Api} api
   */
  constructor(me, api) {
    super();
    this.#me = me;
    this.#api = api;
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
    const isMine = state === "live" && agent?.username === this.#me.username;
    if (isMine && this.#unread !== null && !this.#unread.has(id)) {
      return false;
    }
    const concerns = state === "waiting" || isMine;
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
      this.#unread?.delete(id);
      this.dispatchEvent(new Event("seen"));
      this.#api.put(`conversations/${id}/read`, { upTo: last.id }).catch(() => {
        // The browser knows; the server is told with the next message.
      });
    }
  }

  /** Asks the server what is unread, at most once in a while however often it is called. */
  reload() {
    if (this.#isReloading) {
      return;
    }
    this.#isReloading = true;
    setTimeout(async () => {
      this.#isReloading = false;
      try {
        const { items } = await this.#api.get("agents/me/unread");
        this.#unread = new Set(items.map((item) => item.conversationId));
      } catch {
        this.#unread = null;
      }
      this.dispatchEvent(new Event("seen"));
    }, RELOAD_MILLISECONDS);
  }

  #read() {
    try {
      this.#last = JSON.parse(kept(this.#name) ?? "{}");
    } catch {
      this.#last = {};
    }
  }
}
