/**
 * Calls of Relay's HTTP interface.
 * @module api
 */

const BASE = new URL("../api/v1/", import.meta.url);
const TIMEOUT_MILLISECONDS = 20_000;
/** From here on the clocks of this computer and the server differ, in milliseconds. */
const LEAST_DIFFERENCE = 3_000;

/**
 * A problem document; {} if there was none. Problems have further members, which docs/openapi.yaml describes.
 *
 * @typedef {{type?: string, title?: string, detail?: string, field?: string, [member: string]: any}} ProblemBody
 */

/** What the server refused, in its own words (RFC 9457). */
export class Problem extends Error {
  /**
   * @param {number} status the HTTP status
   * @param {ProblemBody} body
   * @param {number|null} retryAfterSeconds when to come back
   */
  constructor(status, body, retryAfterSeconds) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.name = "Problem";
    this.status = status;
    this.body = body;
    this.field = body.field ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What was refused, by its code in the documentation of the interface. */
  get code() {
    return String(this.body.type ?? "").replace("urn:relay:problem:", "");
  }

  /** Checks whether the same call may succeed later, unchanged. */
  get isPassing() {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/**
 * Checks whether a call has failed only because the session has ended, or is not the one that this page knows.
 *
 * @param {{status?: number, body?: ProblemBody}} problem
 * @returns {boolean}
 */
export function isSignedOut({ status, body }) {
  return status === 401 || (status === 403 && body?.type === "urn:relay:problem:csrf");
}

/**
 * Checks whether a call has failed because the site's token about its customer is not valid.
 *
 * @param {Error & {status?: number, field?: string|null}} failure
 * @returns {boolean}
 */
export function isIdentityRefused(failure) {
  return failure.status === 400 && failure.field === "identity";
}

/** The server could not be reached, or did not answer in time: the call may or may not have been carried out. */
export class Unreachable extends Error {
  /** @param {*} cause what the browser said */
  constructor(cause) {
    super("The server cannot be reached.", { cause });
    this.name = "Unreachable";
  }
}

/** The HTTP interface as one principal sees it. */
export class Api {
  /** How far the server's clock is ahead of this computer's, in milliseconds. */
  #ahead = 0;

  /** @param {function(): Object<string, string>} headers who calls, asked before each call */
  constructor(headers = () => ({})) {
    this.headers = headers;
    /** Called when the session has ended, or is not the one that this page knows. */
    this.signedOut = () => {};
  }

  /** The time by the server's clock, in milliseconds since 1970: a computer's own clock may be wrong by minutes. */
  now() {
    return Date.now() + this.#ahead;
  }

  /**
   * The address of a path below /api/v1/.
   *
   * @param {string} path
   */
  address(path) {
    return new URL(path, BASE);
  }

  /**
   * Reads; like all calls it throws a {@link Problem} or {@link Unreachable}.
   *
   * @param {string} path below /api/v1/
   * @returns {Promise<any>} what the server answers
   */
  get(path) {
    return this.#json("GET", path);
  }

  /**
   * @param {string} path
   * @param {Object} [body]
   * @returns {Promise<any>}
   */
  post(path, body = {}) {
    return this.#json("POST", path, body);
  }

  /**
   * Posts something while the page is left: the browser sends it although nobody waits for the answer.
   *
   * @param {string} path
   * @param {Object} body
   * @returns {Promise<void>} ends when the server has answered, whatever it has answered
   */
  async postLast(path, body) {
    const headers = { "Content-Type": "application/json", ...this.headers() };
    try {
      await fetch(this.address(path), { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin", keepalive: true });
    } catch {
      // Nobody is there any longer; it is sent again when the page is opened next.
    }
  }

  /**
   * @param {string} path
   * @param {Object} body
   * @returns {Promise<any>}
   */
  patch(path, body) {
    return this.#json("PATCH", path, body);
  }

  /**
   * @param {string} path
   * @param {Object} body
   * @returns {Promise<any>}
   */
  put(path, body) {
    return this.#json("PUT", path, body);
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  delete(path) {
    return this.#json("DELETE", path);
  }

  /**
   * Sends a file.
   *
   * @param {string} path the path, without its query
   * @param {File} file its name and content
   * @param {function(number): void} progress receives the fraction sent so far, 0 to 1
   * @param {AbortSignal} signal ends the call
   * @returns {Promise<{id: string, fileName: string, mediaType: string, sizeBytes: number}>}
   */
  upload(path, file, progress, signal) {
    return new Promise((resolve, reject) => {
      // fetch does not report how much of a body was sent; XMLHttpRequest does.
      const request = new XMLHttpRequest();
      request.open("POST", this.address(`${path}?filename=${encodeURIComponent(file.name)}`));
      Object.entries(this.headers()).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
      request.responseType = "text";
      request.upload.addEventListener("progress", (event) => {
        progress(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0);
      });
      request.addEventListener("load", () => {
        const body = parsed(request.responseText);
        if (request.status >= 200 && request.status < 300) {
          resolve(body);
        } else {
          this.#noticed(request.status, body);
          reject(new Problem(request.status, body, seconds(request.getResponseHeader("Retry-After"))));
        }
      });
      request.addEventListener("error", () => reject(new Unreachable("the upload broke off")));
      request.addEventListener("abort", () => reject(new Unreachable("the upload was stopped")));
      signal.addEventListener("abort", () => request.abort());
      request.send(file);
    });
  }

  /**
   * Fetches a file's content.
   *
   * @param {string} path
   * @returns {Promise<Blob>}
   */
  async content(path) {
    const response = await this.#call("GET", path, undefined, null);
    return response.blob();
  }

  /**
   * @param {number} status
   * @param {ProblemBody} body
   */
  #noticed(status, body) {
    if (isSignedOut({ status, body })) {
      this.signedOut();
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Object} [body]
   */
  async #json(method, path, body) {
    const response = await this.#call(method, path, body, TIMEOUT_MILLISECONDS);
    return parsed(await response.text());
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Object|undefined} body
   * @param {number|null} timeout in milliseconds; null for none
   */
  async #call(method, path, body, timeout) {
    /** @type {Object<string, string>} */
    const headers = { Accept: timeout ? "application/json, application/problem+json" : "*/*", ...this.headers() };
    const isFile = body instanceof Blob;
    if (body !== undefined) {
      headers["Content-Type"] = isFile ? body.type : "application/json";
    }
    let response;
    try {
      response = await fetch(this.address(path), {
        method,
        headers,
        body: body === undefined || isFile ? body : JSON.stringify(body),
        signal: timeout ? AbortSignal.timeout(timeout) : undefined,
        credentials: "same-origin",
        cache: "no-store",
      });
    } catch (failure) {
      throw new Unreachable(failure);
    }
    const ahead = Date.parse(response.headers.get("Date") ?? "") - Date.now();
    // The header has whole seconds, and was on its way; less than that is no difference.
    this.#ahead = Math.abs(ahead) > LEAST_DIFFERENCE ? ahead : 0;
    if (!response.ok) {
      const problem = parsed(await response.text().catch(() => ""));
      this.#noticed(response.status, problem);
      throw new Problem(response.status, problem, seconds(response.headers.get("Retry-After")));
    }
    return response;
  }
}

/**
 * The address of an agent's picture, which needs no token.
 *
 * @param {string} id
 * @returns {string}
 */
export function pictureAddress(id) {
  return new URL(`pictures/${encodeURIComponent(id)}`, BASE).href;
}

/** Returns a key under which something is done once, however often it is sent. randomUUID exists only on pages with a secure context. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A query string of those parameters that have a value.
 *
 * @param {Object<string, string|number|boolean|null|undefined>} parameters
 * @returns {string} empty or with a leading question mark
 */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/**
 * @param {string} text
 * @returns {any}
 */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

/** @param {string|null} header */
function seconds(header) {
  const value = Number.parseInt(header ?? "", 10);
  return Number.isNaN(value) ? null : value;
}
