/**
 * Gives the streams of all windows of a browser one connection: a browser opens six connections to a server (RFC 9112, 9.4 leaves the
 * number to it), and all its windows share them. Runs in a shared worker or in one of the pages.
 * @module stream-hub
 */

import { Connection } from "./stream-connection.js";

/** How many events are kept for windows that join later. */
const MOST_KEPT = 500;
/** The most conversations that the server lets one stream watch. */
const MOST_WATCHED = 20;

/** The connections and who listens to them. */
export class Hub {
  #feeds = new Map();

  /**
   * Carries out what a window asks for.
   *
   * @param {any} request `attach` with id, address, headers, lastEventId, watch and isReplayed; or `detach` or `wake` with id
   * @param {function(any): void} [answer] receives `event`, `state`, `poll`, `refused` and `reset`, each with the id
   */
  take(request, answer) {
    if (request.type === "attach") {
      this.#attach(request, /** @type {function(any): void} */ (answer));
    } else {
      const feed = [...this.#feeds.values()].find((one) => one.has(request.id));
      if (request.type === "wake") {
        feed?.wake();
      } else if (request.type === "detach") {
        feed?.remove(request.id);
      }
    }
  }

  /**
   * @param {any} request
   * @param {function(any): void} answer
   */
  #attach(request, answer) {
    const key = JSON.stringify([request.address, request.headers]);
    if (!this.#feeds.has(key)) {
      this.#feeds.set(key, new Feed(request, () => this.#feeds.delete(key)));
    }
    this.#feeds.get(key).add(request, answer);
  }
}

/** One connection with everybody who listens to it. */
class Feed {
  #address;
  #headers;
  #isReplayed;
  #ended;
  #listeners = new Map();
  /** @type {Connection|null} */
  #connection = null;
  #state = "connecting";
  #watched = "";
  /** Whether the connection that watches it is open. */
  #isWatching = false;
  /** The last report of each watched conversation, for windows that join later: they see by it whether they have read something older. @type {Map<string, any>} */
  #latest = new Map();
  /** What has arrived, for those who join later; all that came after the id {@link #base}. @type {any[]} */
  #kept = [];
  #base;
  #last;

  /**
   * @param {any} request the first request that wants it
   * @param {function(): void} ended called when nobody listens any longer
   */
  constructor({ address, headers, isReplayed, lastEventId }, ended) {
    this.#address = address;
    this.#headers = headers;
    this.#isReplayed = isReplayed;
    this.#ended = ended;
    this.#base = Number(lastEventId ?? 0);
    this.#last = lastEventId;
  }

  /** @param {string} id */
  has(id) {
    return this.#listeners.has(id);
  }

  wake() {
    this.#connection?.wake();
  }

  /**
   * @param {any} request
   * @param {function(any): void} answer
   */
  add({ id, watch, lastEventId }, answer) {
    if (this.#isReplayed && Number(lastEventId ?? 0) < this.#base) {
      // What lies between is not known here: the window has to read it.
      answer({ id, type: "reset" });
      return;
    }
    this.#listeners.set(id, { watch, answer });
    this.#kept
      .filter((event) => event.eventId === null || Number(event.eventId) > Number(lastEventId ?? 0))
      .forEach((event) => answer({ ...event, id }));
    if (this.#connection === null || this.#wanted() !== this.#watched) {
      this.#connect(id);
    } else {
      answer({ id, type: "state", state: this.#state, isContinued: this.#state === "open" });
      if (this.#isWatching) {
        [...this.#latest.values()].forEach((event) => answer({ ...event, id }));
      }
    }
  }

  /** @param {string} id */
  remove(id) {
    this.#listeners.delete(id);
    if (this.#listeners.size === 0) {
      this.#end();
    }
  }

  #end() {
    this.#connection?.stop();
    this.#ended();
  }

  /** What is watched, newest first. */
  #wanted() {
    const all = [...this.#listeners.values()].reverse().flatMap(({ watch }) => watch);
    return [...new Set(all)].slice(0, MOST_WATCHED).sort().join("&");
  }

  /**
   * Opens a connection for all that is watched; one before it ends only when this one is open, so that nothing falls in between.
   *
   * @param {string} newcomer
   */
  #connect(newcomer) {
    const before = this.#connection;
    const wasOpen = this.#state === "open";
    this.#watched = this.#wanted();
    this.#isWatching = false;
    this.#latest.clear();
    const address = new URL(this.#address);
    this.#watched.split("&").filter(Boolean).forEach((conversation) => address.searchParams.append("conversation", conversation));
    let isFirst = wasOpen;
    this.#connection = new Connection(address.href, this.#headers, {
      event: (name, data, eventId) => this.#event({ type: "event", name, data, eventId }),
      poll: () => this.#tell({ type: "poll" }),
      refused: (status) => {
        this.#tell({ type: "refused", status });
        this.#end();
      },
      state: (state) => {
        this.#isWatching = state === "open";
        if (isFirst) {
          // The others have missed nothing and need not know.
          if (state === "connecting") {
            return;
          }
          isFirst = false;
          before?.stop();
          if (state === "open") {
            this.#listeners.get(newcomer)?.answer({ id: newcomer, type: "state", state, isContinued: true });
            return;
          }
        }
        before?.stop();
        this.#state = state;
        this.#tell({ type: "state", state, isContinued: false });
      },
    }, this.#last);
  }

  /** @param {any} event */
  #event(event) {
    if (event.eventId !== null) {
      this.#last = event.eventId;
    }
    if (this.#isReplayed && event.name !== "typing") {
      if (event.name === "status") {
        // Only the last status is true.
        this.#kept = this.#kept.filter((other) => other.name !== "status");
      }
      this.#kept.push(event);
      if (this.#kept.length > MOST_KEPT) {
        this.#base = Number(this.#kept.shift().eventId ?? this.#base);
      }
    }
    if (event.name === "conversation" && this.#watched.split("&").includes(event.data.id)) {
      this.#latest.set(event.data.id, event);
    } else if (event.name === "gone") {
      this.#latest.delete(event.data.id);
    }
    this.#tell(event);
  }

  /** @param {any} message */
  #tell(message) {
    this.#listeners.forEach(({ answer }, id) => answer({ ...message, id }));
  }
}
