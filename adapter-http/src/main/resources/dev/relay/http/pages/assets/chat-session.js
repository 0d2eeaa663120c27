/**
 * The customer's session: opened when it is first needed, kept for the next visit.
 * @module chat-session
 */

import { Api, Unreachable, isIdentityRefused } from "./api.js";
import { claimsOf, confirmed } from "./chat-identity.js";
import { alone, forget, keep, kept, whenKept } from "./keep.js";

const TOKEN = "relay.chat.token";
const NAME = "relay.chat.name";

/** Who the customer is to the server. */
export class ChatSession {
  /** @type {Promise<void>|null} */
  #opening = null;
  #locale;
  #opened;
  #refused;
  #identity;
  #wasOpen = false;

  /**
   * @param {string} locale the customer's language
   * @param {string|null} identity the token by which the site identifies its customer; null for a guest
   * @param {Object} handlers
   * @param {function(): void} handlers.opened called when a session was opened, here or in another window
   * @param {function(string, boolean): void} handlers.refused receives why the site's token was refused, and whether the customer was known until now
   */
  constructor(locale, identity, { opened, refused }) {
    this.#locale = locale;
    this.#identity = identity;
    this.#opened = opened;
    this.#refused = refused;
    this.api = new Api(() => this.headers());
    whenKept(TOKEN, opened);
  }

  /** Whether the site has identified the customer. */
  get isIdentified() {
    return this.#identity !== null;
  }

  /**
   * Takes a further token of the same customer.
   *
   * @param {string} identity
   * @returns {boolean} false if it is another customer's
   */
  renew(identity) {
    if (this.#identity === null || claimsOf(identity).subject !== claimsOf(this.#identity).subject) {
      return false;
    }
    this.#identity = identity;
    this.identify();
    return true;
  }

  /** Lets the server confirm whom the site has identified, and opens the customer's session. Does nothing for a guest. */
  async identify() {
    if (this.#identity === null) {
      return;
    }
    try {
      if (this.isOpen && (await confirmed(this.api, this.#identity, this.#locale))) {
        this.#wasOpen = true;
      } else {
        await this.ensure();
      }
    } catch (caught) {
      const failure = /** @type {import("./api.js").Problem} */ (caught);
      if (isIdentityRefused(failure)) {
        this.#refused(failure.body.detail ?? "", this.#wasOpen);
      }
      // Otherwise out of reach, or reported already: the next message tries again.
    }
  }

  /** Checks whether the page has the token of a session. */
  get isOpen() {
    return kept(TOKEN) !== null;
  }

  /** The name the customer gave, or an empty text. */
  get name() {
    return kept(NAME) ?? "";
  }

  set name(name) {
    keep(NAME, name);
  }

  /**
   * The headers of a call.
   *
   * @returns {Object<string, string>}
   */
  headers() {
    const token = kept(TOKEN);
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  /** Opens a session if there is none. Windows of the same browser open one together. */
  ensure() {
    if (this.isOpen) {
      return Promise.resolve();
    }
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Forgets the session because the server has none with this token; the next call opens a new one. */
  lose() {
    forget(TOKEN);
  }

  async #open() {
    await alone("relay.chat.session", async () => {
      if (!this.isOpen) {
        keep(TOKEN, await this.#newToken());
        this.#wasOpen = true;
      }
    });
    this.#opened();
  }

  async #newToken() {
    const displayName = this.name.trim().slice(0, 100);
    const body = this.#identity === null ? (displayName ? { displayName } : {}) : { identity: this.#identity };
    try {
      return (await new Api().post("chat/sessions", { ...body, locale: this.#locale })).token;
    } catch (caught) {
      const failure = /** @type {import("./api.js").Problem} */ (caught);
      if (isIdentityRefused(failure)) {
        this.#refused(failure.body.detail ?? "", this.#wasOpen);
        // What was written waits for another token: it is never sent as somebody else's.
        throw new Unreachable(failure);
      }
      throw failure;
    }
  }
}
