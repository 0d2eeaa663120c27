/**
 * Server-sent events over fetch, so that a token is sent in a header and never appears in an address. Runs in pages and workers.
 * @module stream-connection
 */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** The server sends a heartbeat every 15 seconds; three missed ones mean that the connection is dead. */
const SILENCE = 45_000;
/** The server sends the status at once. If nothing has arrived by then, something on the way collects the answer before it passes it on. */
const FIRST_BYTE = 7_000;
const POLL = 3_000;
/** After so many polls the stream is tried again. */
const POLLS = 20;

/** A stream of events that reconnects automatically and requests the events it missed; if a proxy holds it back, it asks for polls. */
export class Connection {
  #address;
  #headers;
  #handlers;
  #lastEventId;
  /** @type {AbortController|null} */
  #abort = null;
  #pause = FIRST_PAUSE;
  /** @type {number|undefined} */
  #timer;
  /** @type {number|undefined} */
  #silence;
  #running = true;
  #hasBytes = false;
  #polls = 0;

  /**
   * Begins to listen.
   *
   * @param {string} address the address of the stream
   * @param {Object<string, string>} headers who listens
   * @param {Object} handlers
   * @param {function(string, Object, string|null): void} handlers.event receives the type, the data and the id of each event
   * @param {function("connecting"|"open"|"lost"|"polling"): void} handlers.state receives the connection status
   * @param {function(): void} handlers.poll called when the page has to ask for what is new
   * @param {function(number): void} handlers.refused receives the status if the server refuses (401, 403, 404); the
   *     connection has then stopped
   * @param {string|null} lastEventId replay what came after it
   */
  constructor(address, headers, handlers, lastEventId) {
    this.#address = address;
    this.#headers = headers;
    this.#handlers = handlers;
    this.#lastEventId = lastEventId;
    this.#connect();
  }

  /** Stops for good. */
  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#abort?.abort();
  }

  /** Reconnects at once if the connection is lost. */
  wake() {
    if (this.#running && this.#timer !== undefined && this.#polls === 0) {
      this.#pause = FIRST_PAUSE;
      this.#connect();
    }
  }

  async #connect() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#hasBytes = false;
    this.#abort = new AbortController();
    this.#handlers.state("connecting");
    try {
      /** @type {Object<string, string>} */
      const headers = { Accept: "text/event-stream", ...this.#headers };
      if (this.#lastEventId !== null) {
        headers["Last-Event-ID"] = this.#lastEventId;
      }
      this.#watch(FIRST_BYTE);
      const response = await fetch(this.#address, {
        headers,
        signal: this.#abort?.signal,
        credentials: "same-origin",
        cache: "no-store",
      });
      if ([401, 403, 404].includes(response.status)) {
        this.stop();
        this.#handlers.refused(response.status);
        return;
      }
      if (response.ok && response.body) {
        await this.#read(response.body);
      }
    } catch {
      // Lost, refused or aborted by the watch: all mean to come back later.
    }
    this.#comeBack();
  }

  /** @param {ReadableStream<Uint8Array<ArrayBuffer>>} body */
  async #read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done || !this.#running) {
        return;
      }
      this.#arrived();
      rest += value;
      const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop() ?? "";
      blocks.forEach((block) => this.#dispatch(block));
    }
  }

  #arrived() {
    this.#watch(SILENCE);
    if (!this.#hasBytes) {
      this.#hasBytes = true;
      this.#polls = 0;
      this.#pause = FIRST_PAUSE;
      this.#handlers.state("open");
    }
  }

  /** @param {string} block */
  #dispatch(block) {
    let type = "message";
    let id = null;
    const data = [];
    for (const line of block.split(/\r\n|\n|\r/)) {
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") {
        type = value;
      } else if (field === "data") {
        data.push(value);
      } else if (field === "id") {
        id = value;
      }
    }
    if (data.length === 0 || !this.#running) {
      return;
    }
    this.#handlers.event(type, JSON.parse(data.join("\n")), id);
    // Only after the event was taken: one that broke the page is asked for again.
    if (id !== null) {
      this.#lastEventId = id;
    }
  }

  /** @param {number} milliseconds */
  #watch(milliseconds) {
    clearTimeout(this.#silence);
    const abort = this.#abort;
    this.#silence = setTimeout(() => {
      this.#polls = this.#hasBytes ? 0 : 1;
      abort?.abort();
    }, milliseconds);
  }

  #comeBack() {
    clearTimeout(this.#silence);
    if (!this.#running) {
      return;
    }
    if (this.#polls > 0) {
      this.#handlers.state("polling");
      this.#poll();
      return;
    }
    this.#handlers.state("lost");
    const jitter = 0.8 + Math.random() * 0.4;
    this.#timer = setTimeout(() => this.#connect(), this.#pause * jitter);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #poll() {
    if (this.#polls > POLLS) {
      this.#polls = 0;
      this.#connect();
      return;
    }
    this.#polls += 1;
    this.#handlers.poll();
    this.#timer = setTimeout(() => this.#poll(), POLL);
  }
}
