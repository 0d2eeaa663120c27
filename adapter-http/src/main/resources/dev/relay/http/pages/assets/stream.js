/**
 * The event stream of a page. All windows of a browser share one connection: in a shared worker, else in one of the windows, which
 * they elect; where a browser allows neither, each visible window has its own.
 * @module stream
 */

import { Hub } from "./stream-hub.js";

/** How long a worker or an elected window may take to answer before the page helps itself. */
const PATIENCE = 4_000;
const CHANNEL = "relay.streams";

/** Sends requests to the hub, wherever it is. Chosen once for the page. @type {Promise<any>|null} */
let transport = null;

/** A stream of events that reconnects automatically and requests the events it missed. */
export class EventStream {
  #request;
  #headers;
  #handlers;
  #running = false;
  #isPaused = false;
  #wake = () => this.#send("wake");
  #turn = () => this.#visibilityChanged();
  #hide = () => this.#send("detach");
  #appear = async (/** @type {PageTransitionEvent} */ event) => event.persisted && this.#attach(await transport);

  /**
   * @param {URL} address the address of the stream; the conversations that it names are watched for this page
   * @param {function(): Object<string, string>} headers who listens
   * @param {Object} handlers
   * @param {function(string, Object): void} handlers.event receives the type and the data of each event
   * @param {function("connecting"|"open"|"lost"|"polling"|"paused", boolean): void} handlers.state receives the connection status and
   *     whether the stream continues one of this browser that was open already
   * @param {function(): void} handlers.poll called when the page has to ask for what is new, because a proxy holds the stream back
   * @param {function(): void} [handlers.reset] called if more was missed than can be replayed
   * @param {function(number): void} handlers.refused receives the status if the server refuses (401, 403, 404); the stream
   *     has then stopped
   * @param {string|null} [lastEventId] replay what came after it
   */
  constructor(address, headers, handlers, lastEventId = null) {
    const watch = address.searchParams.getAll("conversation");
    address.searchParams.delete("conversation");
    this.#request = { id: randomId(), address: address.href, watch, lastEventId, isReplayed: "reset" in handlers };
    this.#headers = headers;
    this.#handlers = handlers;
  }

  /** Begins to listen. */
  async start() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    window.addEventListener("online", this.#wake);
    window.addEventListener("pagehide", this.#hide);
    window.addEventListener("pageshow", this.#appear);
    document.addEventListener("visibilitychange", this.#turn);
    transport ??= findTransport();
    const found = await transport;
    if (this.#running) {
      found.add(this.#request.id, (/** @type {any} */ message) => this.#take(message), () => this.#attach(found));
      this.#attach(found);
    }
  }

  /** Stops for good. */
  stop() {
    if (!this.#running) {
      return;
    }
    this.#running = false;
    window.removeEventListener("online", this.#wake);
    window.removeEventListener("pagehide", this.#hide);
    window.removeEventListener("pageshow", this.#appear);
    document.removeEventListener("visibilitychange", this.#turn);
    this.#send("detach");
    /** @type {Promise<any>} */ (transport).then((/** @type {any} */ found) => found.remove(this.#request.id));
  }

  /** @param {any} found */
  #attach(found) {
    this.#isPaused = !found.isShared && document.visibilityState !== "visible";
    if (this.#isPaused) {
      this.#handlers.state("paused", false);
    } else {
      found.send({ ...this.#request, type: "attach", headers: this.#headers() });
    }
  }

  /** @param {string} type */
  async #send(type) {
    (await transport).send({ type, id: this.#request.id });
  }

  async #visibilityChanged() {
    const found = await transport;
    if (document.visibilityState === "visible") {
      if (this.#isPaused) {
        this.#attach(found);
      } else {
        this.#send("wake");
      }
    } else if (!found.isShared && !this.#isPaused) {
      this.#send("detach");
      this.#attach(found);
    }
  }

  /** @param {any} message */
  #take(message) {
    if (!this.#running) {
      return;
    }
    if (message.type === "event") {
      this.#handlers.event(message.name, message.data);
      if (message.eventId !== null) {
        this.#request.lastEventId = message.eventId;
      }
    } else if (message.type === "state") {
      this.#handlers.state(message.state, message.isContinued);
    } else if (message.type === "refused") {
      this.stop();
      this.#handlers.refused(message.status);
    } else if (message.type === "reset") {
      this.stop();
      this.#handlers.reset?.();
    } else {
      this.#handlers.poll();
    }
  }
}

/** Sends requests and passes on answers, by the ids of the streams. */
class Transport {
  #streams = new Map();
  #post;

  /**
   * @param {boolean} isShared
   * @param {function(any): void} post
   */
  constructor(isShared, post) {
    this.isShared = isShared;
    this.#post = post;
  }

  /**
   * @param {string} id
   * @param {any} take
   * @param {any} attach
   */
  add(id, take, attach) {
    this.#streams.set(id, { take, attach });
  }

  /** @param {string} id */
  remove(id) {
    this.#streams.delete(id);
  }

  /** @param {any} request */
  send(request) {
    this.#post(request);
  }

  /**
   * Takes what has arrived together; a message that breaks the page does not keep others from it.
   *
   * @param {any[]} messages
   */
  takeAll(messages) {
    messages.forEach((message) => {
      try {
        this.take(message);
      } catch (failure) {
        reportError(failure);
      }
    });
  }

  /** @param {any} message */
  take(message) {
    this.#streams.get(message.id)?.take(message);
  }

  /**
   * Sends requests elsewhere from now on, and attaches all streams there.
   *
   * @param {function(any): void} post
   */
  moveTo(post) {
    this.#post = post;
    this.#streams.forEach(({ attach }) => attach());
  }
}

async function findTransport() {
  return (await inWorker()) ?? (await inElectedWindow()) ?? alone();
}

function alone() {
  const hub = new Hub();
  const transport = new Transport(false, (/** @type {any} */ request) => hub.take(request, (answer) => transport.take(answer)));
  return transport;
}

/** The transport to the shared worker; null if the browser has none, forbids it (frames of other sites) or cannot load it. */
async function inWorker() {
  const script = /** @type {HTMLMetaElement|null} */ (document.querySelector("meta[name=relay-streams]"))?.content ?? "";
  try {
    const life = await heldLock();
    const worker = new SharedWorker(new URL(script, document.baseURI), { type: "module", name: "relay" });
    const transport = new Transport(true, (/** @type {any} */ request) => worker.port.postMessage({ ...request, life }));
    const hello = /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      worker.addEventListener("error", reject);
      worker.port.onmessage = ({ data }) => (data.type === "hello" ? resolve() : transport.takeAll(data));
    }));
    await Promise.race([hello, failAfter(PATIENCE)]);
    return transport;
  } catch {
    return null;
  }
}

/** Takes a lock that this page holds as long as it lives; returns its name, or null where locks are forbidden. */
function heldLock() {
  const name = `relay.page.${randomId()}`;
  return new Promise((resolve) => {
    try {
      const hold = () => {
        resolve(name);
        return new Promise(() => {});
      };
      navigator.locks.request(name, hold).catch(() => resolve(null));
    } catch {
      resolve(null);
    }
  });
}

/** The transport to the window that holds the connections for all, which may be this one; null without locks or channels. */
async function inElectedWindow() {
  try {
    const channel = new BroadcastChannel(CHANNEL);
    const me = randomId();
    const transport = new Transport(true, (/** @type {any} */ request) => channel.postMessage({ to: "leader", from: me, request }));
    channel.onmessage = ({ data }) => {
      if (data.to === me) {
        transport.take(data.answer);
      } else if (data.to === "all") {
        transport.moveTo((/** @type {any} */ request) => channel.postMessage({ to: "leader", from: me, request }));
      }
    };
    const lead = () => {
      const hub = new Hub();
      channel.onmessage = ({ data }) => {
        if (data.to === "leader") {
          hub.take(data.request, (answer) => channel.postMessage({ to: data.from, answer }));
        }
      };
      transport.moveTo((/** @type {any} */ request) => hub.take(request, (answer) => transport.take(answer)));
      channel.postMessage({ to: "all" });
      return new Promise(() => {});
    };
    // The first window leads at once; the others lead in their turn, when those before them are gone.
    const isHeld = (await navigator.locks.query()).held?.some((lock) => lock.name === CHANNEL);
    const leading = /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      navigator.locks.request(CHANNEL, () => {
        resolve();
        return lead();
      }).catch(reject);
    }));
    if (!isHeld) {
      await Promise.race([leading, failAfter(PATIENCE)]);
    }
    return transport;
  } catch {
    return null;
  }
}

/** @param {number} milliseconds */
function failAfter(milliseconds) {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), milliseconds));
}

function randomId() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
