/**
 * Server-sent events over fetch, so that a token is sent in a header and never appears in an address.
 * @module stream
 */

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** The server sends a heartbeat every 15 seconds; three missed ones mean that the connection is dead. */
const SILENCE = 45_000;

/** The streams that the hidden windows of one browser hold together. */
const HIDDEN_STREAMS = 2;

/**
 * A stream of events that reconnects automatically and requests the events it missed. A browser opens six connections to a
 * server (RFC 9112, 9.4 leaves the number to it), and all its windows share them: a visible window has a stream, of the
 * hidden ones only the first {@link HIDDEN_STREAMS}. The others pause until they are visible.
 */
export class EventStream {
  #address;
  #headers;
  #handlers;
  #lastEventId;
  #abort = null;
  #pause = FIRST_PAUSE;
  #timer = null;
  #silence = null;
  #running = false;
  #isPaused = false;
  /** Gives up the place among the hidden windows. */
  #leavePlace = () => {};
  #wake = () => this.#reconnectNow();
  #turn = () => this.#visibilityChanged();

  /**
   * @param {URL} address the address of the stream
   * @param {function(): Object<string, string>} headers who listens
   * @param {Object} handlers
   * @param {function(string, Object, string|null): void} handlers.event receives the type, the data and the id of each event
   * @param {function("connecting"|"open"|"lost"|"paused"): void} handlers.state receives the connection status
   * @param {function(number): void} handlers.refused receives the status if the server refuses (401, 403, 404); the stream
   *     has then stopped
   * @param {string|null} [lastEventId] replay what came after it
   */
  constructor(address, headers, handlers, lastEventId = null) {
    this.#address = address;
    this.#headers = headers;
    this.#handlers = handlers;
    this.#lastEventId = lastEventId;
  }

  /** Begins to listen. */
  start() {
    if (this.#running) {
      return;
    }
    this.#running = true;
    window.addEventListener("online", this.#wake);
    document.addEventListener("visibilitychange", this.#turn);
    this.#connect();
    this.#visibilityChanged();
  }

  /** Stops for good. */
  stop() {
    this.#running = false;
    window.removeEventListener("online", this.#wake);
    document.removeEventListener("visibilitychange", this.#turn);
    this.#leavePlace();
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#abort?.abort();
  }

  async #connect() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#abort = new AbortController();
    this.#handlers.state("connecting");
    try {
      const headers = { Accept: "text/event-stream", ...this.#headers() };
      if (this.#lastEventId !== null) {
        headers["Last-Event-ID"] = this.#lastEventId;
      }
      this.#watch();
      const response = await fetch(this.#address, {
        headers,
        signal: this.#abort.signal,
        credentials: "same-origin",
        cache: "no-store",
      });
      if ([401, 403, 404].includes(response.status)) {
        this.stop();
        this.#handlers.refused(response.status);
        return;
      }
      if (response.ok) {
        this.#pause = FIRST_PAUSE;
        this.#handlers.state("open");
        await this.#read(response.body);
      }
    } catch {
      // Lost, refused or aborted by the watch: all mean to come back later.
    }
    this.#retryLater();
  }

  async #read(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      this.#watch();
      rest += value;
      const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop();
      blocks.forEach((block) => this.#dispatch(block));
    }
  }

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

  #watch() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#abort?.abort(), SILENCE);
  }

  async #visibilityChanged() {
    if (document.visibilityState === "visible") {
      this.#leavePlace();
      if (this.#isPaused) {
        this.#isPaused = false;
        this.#connect();
      } else {
        this.#reconnectNow();
      }
    } else if (!(await this.#findPlace()) && this.#running && document.visibilityState !== "visible") {
      this.#isPaused = true;
      this.#handlers.state("paused");
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#abort?.abort();
    }
  }

  /** Takes a place among the hidden windows; returns whether there was one. Without locks there is none. */
  async #findPlace() {
    for (let number = 0; number < HIDDEN_STREAMS; number++) {
      if (await this.#takePlace(`relay.stream.${number}`)) {
        return true;
      }
    }
    return false;
  }

  #takePlace(name) {
    return new Promise((resolve) => {
      const hold = (lock) => {
        resolve(lock !== null);
        return lock && new Promise((leave) => (this.#leavePlace = leave));
      };
      try {
        navigator.locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(false));
      } catch {
        resolve(false);
      }
    });
  }

  #retryLater() {
    clearTimeout(this.#silence);
    if (!this.#running || this.#isPaused) {
      return;
    }
    this.#handlers.state("lost");
    const jitter = 0.8 + Math.random() * 0.4;
    this.#timer = setTimeout(() => this.#connect(), this.#pause * jitter);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #reconnectNow() {
    if (this.#running && this.#timer !== null && document.visibilityState === "visible") {
      this.#pause = FIRST_PAUSE;
      this.#connect();
    }
  }
}
