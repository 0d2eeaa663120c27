/**
 * The customer's session: opened when it is first needed, kept for the next visit.
 * @module chat-session
 */

import { Api } from "./api.js";
import { alone, forget, keep, kept } from "./keep.js";

const TOKEN = "relay.chat.token";
const NAME = "relay.chat.name";

/** Who the customer is to the server. */
export class ChatSession {
  #opening = null;
  #locale;
  #opened;

  /**
   * @param {string} locale the customer's language
   * @param {function(): void} opened called when a session was opened, here or in another window
   */
  constructor(locale, opened) {
    this.#locale = locale;
    this.#opened = opened;
    this.api = new Api(() => this.headers());
    window.addEventListener("storage", (event) => {
      if (event.key === TOKEN && event.newValue !== null) {
        opened();
      }
    });
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

  /** The headers of a call. */
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
        const displayName = this.name.trim().slice(0, 100);
        const body = displayName ? { displayName, locale: this.#locale } : { locale: this.#locale };
        const { token } = await new Api().post("chat/sessions", body);
        keep(TOKEN, token);
      }
    });
    this.#opened();
  }
}
