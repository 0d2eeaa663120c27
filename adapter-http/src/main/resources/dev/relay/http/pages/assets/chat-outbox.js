/**
 * What the customer has said and the server has not confirmed. It survives leaving the page; what is sent again carries the
 * same clientMessageId, so that nothing arrives twice.
 * @module chat-outbox
 */

import { Problem, newKey } from "./api.js";
import { forget, keep, kept, keptNames } from "./keep.js";

const PREFIX = "relay.chat.outbox.";
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 20_000;

/**
 * A message or an action on its way.
 *
 * @typedef {Object} OutgoingItem
 * @property {string} name under which it is kept; names are in the order of writing
 * @property {string} clientMessageId
 * @property {string|null} action an action's name, or null for a message
 * @property {string} text
 * @property {import("./files.js").Attachment[]} attachments files that the server already has
 * @property {string} at when it was written
 * @property {"waiting"|"sending"|"rejected"} state
 * @property {import("./api.js").ProblemBody} problem why it was rejected, as the server said it
 */

/** Sends one thing after the other, in the order of writing. */
export class Outbox {
  #session;
  #handlers;
  /** @type {OutgoingItem[]} */
  #items;
  #isPumping = false;
  #pause = FIRST_PAUSE;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {import("./chat-session.js").ChatSession} session
   * @param {Object} handlers
   * @param {function(): void} handlers.changed called when an item was added, removed or changed
   * @param {function(OutgoingItem, string|null): void} handlers.accepted receives the item that the server has accepted, and its id
   * @param {function(OutgoingItem): void} handlers.refused receives the item that the server has refused
   */
  constructor(session, handlers) {
    this.#session = session;
    this.#handlers = handlers;
    this.#items = keptNames(PREFIX).flatMap((name) => readItem(name) ?? []);
    window.addEventListener("online", () => this.pump());
  }

  /** What is not confirmed yet, in the order of writing. */
  get items() {
    return this.#items;
  }

  /**
   * Puts a message in.
   *
   * @param {string} text
   * @param {import("./files.js").Attachment[]} attachments
   */
  addMessage(text, attachments) {
    this.#add({ action: null, text, attachments });
  }

  /**
   * Puts an action in.
   *
   * @param {string} action its name
   */
  addAction(action) {
    this.#add({ action, text: "", attachments: [] });
  }

  /**
   * Sends a rejected message once more, as the same message.
   *
   * @param {string} clientMessageId
   */
  retry(clientMessageId) {
    const item = this.#find(clientMessageId);
    if (item) {
      this.#change(item, "waiting");
      this.pump();
    }
  }

  /**
   * Takes an item out: it was discarded, or the stream has shown that the server has it.
   *
   * @param {string} clientMessageId
   */
  remove(clientMessageId) {
    const item = this.#find(clientMessageId);
    if (item) {
      this.#items = this.#items.filter((other) => other !== item);
      forget(item.name);
      this.#handlers.changed();
    }
  }

  /** Sends what waits. Harmless to call at any time. */
  async pump() {
    clearTimeout(this.#timer);
    if (this.#isPumping) {
      return;
    }
    this.#isPumping = true;
    try {
      let item = this.#next();
      while (item && (await this.#send(item))) {
        this.#pause = FIRST_PAUSE;
        item = this.#next();
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /**
   * Sends one item.
   *
   * @param {OutgoingItem} item
   * @returns {Promise<boolean>} whether to continue with the next
   */
  async #send(item) {
    this.#change(item, "sending");
    try {
      await this.#session.ensure();
      const { messageId } = await this.#call(item);
      this.#handlers.accepted(item, messageId);
      this.remove(item.clientMessageId);
      return true;
    } catch (failure) {
      return this.#failed(item, failure);
    }
  }

  /** @param {OutgoingItem} item */
  #call({ action, text, attachments, clientMessageId }) {
    if (action) {
      return this.#session.api.post("chat/actions", { action, clientMessageId });
    }
    const files = attachments.length > 0 ? { attachments: attachments.map((file) => file.id) } : {};
    return this.#session.api.post("chat/messages", { ...(text ? { text } : {}), clientMessageId, ...files });
  }

  /**
   * @param {OutgoingItem} item
   * @param {any} failure
   * @returns {boolean} whether to continue with the next
   */
  #failed(item, failure) {
    if (failure instanceof Problem && failure.status === 401 && this.#session.isOpen) {
      this.#session.lose();
      this.#change(item, "waiting");
      return true;
    }
    const isExpected = failure instanceof Problem || failure.name === "Unreachable";
    if (!isExpected || (failure instanceof Problem && !failure.isPassing)) {
      const problem = isExpected ? failure.body : {};
      if (item.action) {
        this.remove(item.clientMessageId);
        this.#handlers.refused({ ...item, problem });
      } else {
        this.#change(item, "rejected", problem);
      }
      if (!isExpected) {
        // A defect of the page: shown with a way to try again, and told to the browser's console.
        console.error(failure);
      }
      return true;
    }
    this.#change(item, "waiting");
    const wished = failure.retryAfterSeconds ? failure.retryAfterSeconds * 1000 : 0;
    this.#timer = setTimeout(() => this.pump(), Math.max(wished, this.#pause * (0.8 + Math.random() * 0.4)));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return false;
  }

  /** @param {Pick<OutgoingItem, "action"|"text"|"attachments">} content */
  #add(content) {
    const at = new Date();
    const clientMessageId = newKey();
    const name = `${PREFIX}${String(at.getTime()).padStart(15, "0")}.${clientMessageId}`;
    /** @type {OutgoingItem} */
    const item = { name, clientMessageId, at: at.toISOString(), state: "waiting", problem: {}, ...content };
    this.#items = [...this.#items, item];
    keep(name, JSON.stringify(item));
    this.#handlers.changed();
    this.pump();
  }

  /**
   * @param {OutgoingItem} item
   * @param {OutgoingItem["state"]} state
   * @param {import("./api.js").ProblemBody} [problem]
   */
  #change(item, state, problem = {}) {
    item.state = state;
    item.problem = problem;
    // Something sent at this moment has to be sent again after the page was left: only the verdict is kept.
    keep(item.name, JSON.stringify({ ...item, state: state === "rejected" ? state : "waiting" }));
    this.#handlers.changed();
  }

  #next() {
    return this.#items.find((item) => item.state === "waiting");
  }

  /** @param {string} clientMessageId */
  #find(clientMessageId) {
    return this.#items.find((item) => item.clientMessageId === clientMessageId);
  }
}

/**
 * @param {string} name
 * @returns {OutgoingItem|null}
 */
function readItem(name) {
  try {
    return JSON.parse(kept(name) ?? "null");
  } catch {
    forget(name);
    return null;
  }
}
