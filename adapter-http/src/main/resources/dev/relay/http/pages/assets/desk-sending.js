/**
 * What an agent has written and the transcript does not show yet.
 * @module desk-sending
 */

import { Problem, isSignedOut, newKey } from "./api.js";
import { outboxPrefix } from "./desk-drafts.js";
import { UNDO_MILLISECONDS, makeNow } from "./desk-undo.js";
import { byId, toast } from "./dom.js";
import { forget, keep, kept, keptNames } from "./keep.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/**
 * A message on its way.
 *
 * @typedef {Object} Outgoing
 * @property {string} clientMessageId the id under which the server takes it once, however often it is sent
 * @property {string} conversation
 * @property {string|null} caseNumber the conversation's case when it was written
 * @property {string} text
 * @property {any[]} attachments
 * @property {any[]} articles
 * @property {boolean} internal whether only agents read it
 * @property {string} at
 * @property {"undoable"|"waiting"|"sending"|"sent"|"rejected"} state
 * @property {number} until when it can no longer be taken back
 * @property {Object} problem what the server said of a rejected one
 * @property {string|null} messageId
 * @property {number} after the last entry of the transcript when it was written
 */

/** The messages of the agent who is logged in, for changes that must not overtake them. @type {DeskSending|null} */
let outbox = null;

/**
 * Sends the messages that a change must not overtake.
 *
 * @param {function(Outgoing): boolean} isBefore
 * @returns {Promise<boolean>} whether the change can be made
 */
export async function areSent(isBefore) {
  return outbox === null || outbox.flush(isBefore);
}

/**
 * Sends the messages that a change must not overtake. If that does not work, the agent is told that the change was not made.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {function(Outgoing): boolean} isBefore
 * @returns {Promise<boolean>} whether the change can be made
 */
export async function sendFirst(texts, isBefore) {
  const isSent = await areSent(isBefore);
  if (!isSent) {
    toast(texts.say("delivery.first"), "danger", texts.say("action.dismiss"));
  }
  return isSent;
}

/**
 * Makes a change while the page is left. The request carries the messages that it must not overtake, because the page has no say in the order in
 * which several requests arrive.
 *
 * @param {import("./api.js").Api} api
 * @param {string} path
 * @param {Object} body
 * @param {function(Outgoing): boolean} isBefore
 */
export function changeLast(api, path, body, isBefore) {
  const messagesBefore = outbox?.takeAlong(isBefore) ?? [];
  return api.postLast(path, messagesBefore.length > 0 ? { ...body, messagesBefore } : body);
}

/**
 * Sends the messages of each conversation in the order of writing; each again under the same id until the server has it. The browser
 * keeps them until then, so that neither a reload nor a crash loses one.
 */
export class DeskSending {
  #api;
  #changed;
  #prefix;
  #mayUndo;
  /** @type {Outgoing[]} */
  #items = [];
  /** The messages that go with a change while the page is left. @type {Set<Outgoing>} */
  #taken = new Set();
  /** The sending that runs in each conversation. */
  #busy = new Map();

  /**
   * @param {import("./api.js").Api} api
   * @param {string} username the agent
   * @param {function(): boolean} mayUndo whether answers wait for a moment in which they can be taken back
   * @param {function(): void} changed called when a message arrived, was removed or changed
   */
  constructor(api, username, mayUndo, changed) {
    this.#api = api;
    this.#prefix = outboxPrefix(username);
    this.#mayUndo = mayUndo;
    this.#changed = changed;
    window.addEventListener("beforeunload", (event) => {
      if (this.#items.some((item) => item.state !== "sent" && item.state !== "undoable")) {
        event.preventDefault();
      }
    });
    // Who closes the page has not taken it back: it is sent now, and again when the desk is opened next if that did not work.
    window.addEventListener("pagehide", () => this.#leave());
    this.#restore();
    outbox = this;
  }

  /**
   * What is on its way in a conversation; what its transcript shows is not on its way any more.
   *
   * @param {{id: string, transcript: any[]}} detail the conversation with its transcript
   * @returns {Outgoing[]}
   */
  of(detail) {
    const shown = new Set(detail.transcript.map((entry) => entry.id));
    this.#items = this.#items.filter((item) => item.messageId === null || !shown.has(item.messageId));
    return this.#items.filter((item) => item.conversation === detail.id && !isEarly(item, detail.transcript));
  }

  /**
   * Sends a message to the customer of the conversation.
   *
   * @param {{id: string, caseNumber?: string|null, transcript: any[]}} detail
   * @param {string} text
   * @param {any[]} attachments
   * @param {any[]} articles
   */
  send(detail, text, attachments, articles) {
    this.#add(detail, { text, attachments, articles, internal: false });
  }

  /**
   * Sends an internal message, which no customer ever sees, whatever happens to the conversation meanwhile.
   *
   * @param {{id: string, caseNumber?: string|null, transcript: any[]}} detail
   * @param {string} text
   */
  whisper(detail, text) {
    this.#add(detail, { text, attachments: [], articles: [], internal: true });
  }

  /**
   * Takes a message back that was not sent yet.
   *
   * @param {string|null} clientMessageId null for the last one of the conversation
   * @param {string} conversation
   * @returns {Outgoing|null} null if it is too late
   */
  undo(clientMessageId, conversation) {
    const item = this.#items.findLast(
      (other) => other.state === "undoable" && other.conversation === conversation && (clientMessageId === null || other.clientMessageId === clientMessageId),
    );
    if (!item || kept(this.#name(item)) === null) {
      return null;
    }
    this.#remove(item);
    return item;
  }

  /**
   * Sends what waits, also what could still be taken back, and waits until that was tried.
   *
   * @param {function(Outgoing): boolean} [isWanted] chooses among the messages; all, if missing
   * @returns {Promise<boolean>} whether the server has all of them
   */
  async flush(isWanted = () => true) {
    const items = this.#items.filter((item) => isPending(item) && isWanted(item));
    items.forEach((item) => (item.state === "undoable" ? this.#release(item) : this.#pump(item.conversation)));
    await Promise.all(items.map((item) => this.#busy.get(item.conversation)));
    // What another window has taken back or sent is in no list any longer.
    return items.every((item) => item.state === "sent" || !this.#items.includes(item));
  }

  /**
   * The messages that a change takes along while the page is left, as the interface wants them. The server stores each once, even if another request
   * brings it too.
   *
   * @param {function(Outgoing): boolean} isBefore
   * @returns {Object[]}
   */
  takeAlong(isBefore) {
    const items = this.#unsent().filter((item) => !item.internal && isBefore(item));
    items.forEach((item) => this.#taken.add(item));
    return items.map((item) => ({ conversation: item.conversation, ...bodyOf(item) }));
  }

  /**
   * Sends a rejected message once more.
   *
   * @param {string} clientMessageId
   */
  retry(clientMessageId) {
    const item = this.#items.find((other) => other.clientMessageId === clientMessageId);
    if (item) {
      Object.assign(item, { state: "waiting", problem: {} });
      this.#pump(item.conversation);
    }
  }

  /**
   * Forgets a rejected message.
   *
   * @param {string} clientMessageId
   */
  discard(clientMessageId) {
    this.#items.filter((item) => item.clientMessageId === clientMessageId).forEach((item) => this.#remove(item));
  }

  /** Sends at once what waits, because the agent has signed in again. */
  resume() {
    new Set(this.#items.map((item) => item.conversation)).forEach((conversation) => this.#pump(conversation));
  }

  /**
   * @param {{id: string, caseNumber?: string|null, transcript: any[]}} detail
   * @param {{text: string, attachments: any[], articles: any[], internal: boolean}} message
   */
  #add(detail, message) {
    const conversation = detail.id;
    const isUndoable = !message.internal && this.#mayUndo();
    /** @type {Outgoing} */
    const item = {
      clientMessageId: newKey(),
      conversation,
      caseNumber: detail.caseNumber ?? null,
      ...message,
      at: new Date().toISOString(),
      state: isUndoable ? "undoable" : "waiting",
      until: isUndoable ? Date.now() + UNDO_MILLISECONDS : 0,
      problem: {},
      messageId: null,
      after: Math.max(0, ...detail.transcript.map((entry) => Number(entry.id))),
    };
    if (!isUndoable && !message.internal) {
      // What was written before comes first.
      this.#items.filter((other) => other.conversation === conversation && other.state === "undoable").forEach((other) => (other.state = "waiting"));
    }
    this.#items.push(item);
    keep(this.#name(item), JSON.stringify(item));
    this.#begin(item);
    this.#changed();
  }

  /** Takes up what this browser has kept since the desk was open here last. */
  #restore() {
    for (const name of keptNames(this.#prefix)) {
      try {
        const item = JSON.parse(kept(name) ?? "");
        this.#items.push({ ...item, state: item.until > Date.now() ? "undoable" : "waiting" });
      } catch {
        forget(name);
      }
    }
    this.#items.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    this.#items.forEach((item) => this.#begin(item));
  }

  /** @param {Outgoing} item */
  #begin(item) {
    if (item.state === "undoable") {
      // A clock that was set back must not hold it for longer.
      setTimeout(() => this.#release(item), Math.min(UNDO_MILLISECONDS, item.until - Date.now()));
    } else {
      this.#pump(item.conversation);
    }
  }

  /** @param {Outgoing} item */
  #release(item) {
    if (item.state !== "undoable") {
      return;
    }
    if (kept(this.#name(item)) === null) {
      // Another window of this browser has taken it back, or sent it.
      this.#remove(item);
      return;
    }
    item.state = "waiting";
    this.#changed();
    this.#pump(item.conversation);
  }

  /** @param {Outgoing} item */
  #remove(item) {
    forget(this.#name(item));
    this.#items = this.#items.filter((other) => other !== item);
    this.#changed();
  }

  /** @param {Outgoing} item */
  #name(item) {
    return `${this.#prefix}${item.clientMessageId}`;
  }

  /**
   * @param {string} conversation
   * @param {number} [pause]
   */
  #pump(conversation, pause = FIRST_PAUSE) {
    // Behind the log-in form every request is refused; resume() sends what waits.
    if (!this.#busy.has(conversation) && !byId("login-over", HTMLDialogElement).open) {
      this.#busy.set(conversation, this.#sendAll(conversation, pause));
    }
  }

  /**
   * @param {string} conversation
   * @param {number} pause
   */
  async #sendAll(conversation, pause) {
    const next = () => this.#items.find((item) => item.conversation === conversation && item.state === "waiting");
    let mayGoOn = true;
    for (let item = next(); item && mayGoOn; item = next()) {
      mayGoOn = await this.#sendOne(item);
    }
    this.#busy.delete(conversation);
    if (!mayGoOn) {
      setTimeout(() => this.#pump(conversation, Math.min(pause * 2, LONGEST_PAUSE)), pause);
    }
  }

  /** @param {Outgoing} item */
  async #sendOne(item) {
    item.state = "sending";
    this.#changed();
    try {
      const { messageId } = await this.#api.post(addressOf(item), bodyOf(item));
      Object.assign(item, { state: "sent", messageId });
    } catch (failure) {
      const isFinal = failure instanceof Problem && !failure.isPassing && !isSignedOut(failure);
      Object.assign(item, isFinal ? { state: "rejected", problem: failure.body } : { state: "waiting" });
      this.#changed();
      return isFinal;
    }
    forget(this.#name(item));
    this.#changed();
    return true;
  }

  /** What the server may not have, unless another window of this browser has taken it back or sent it. */
  #unsent() {
    return this.#items.filter((item) => isPending(item) && kept(this.#name(item)) !== null);
  }

  /**
   * Sends what is left when the page is closed: who closes it has taken nothing back. What does not arrive is sent again when the desk is opened next.
   */
  #leave() {
    this.#taken.clear();
    makeNow();
    const rest = this.#unsent().filter((item) => !this.#taken.has(item));
    rest.filter((item) => item.internal).forEach((item) => this.#api.postLast(addressOf(item), bodyOf(item)));
    const answers = rest.filter((item) => !item.internal);
    for (const conversation of new Set(answers.map((item) => item.conversation))) {
      const last = /** @type {Outgoing} */ (answers.findLast((item) => item.conversation === conversation));
      changeLast(this.#api, addressOf(last), bodyOf(last), (item) => item.conversation === conversation && item !== last);
    }
  }
}

/** @param {Outgoing} item */
function isPending({ state }) {
  return state === "undoable" || state === "waiting" || state === "sending";
}

/** @param {Outgoing} item */
function addressOf(item) {
  return `conversations/${item.conversation}/${item.internal ? "whispers" : "messages"}`;
}

/** @param {Outgoing} item */
function bodyOf(item) {
  return {
    ...(item.text ? { text: item.text } : {}),
    clientMessageId: item.clientMessageId,
    ...(item.attachments.length > 0 ? { attachments: item.attachments.map((file) => file.id) } : {}),
    ...(item.articles.length > 0 ? { articles: item.articles.map((article) => article.articleId) } : {}),
  };
}

/**
 * Checks whether the event stream has shown a message before the request that sends it was answered.
 *
 * @param {Outgoing} item
 * @param {any[]} transcript
 */
function isEarly(item, transcript) {
  return (
    item.state === "sending" &&
    transcript.some(
      (entry) => (entry.kind === "whisper") === item.internal && entry.author === "agent" && Number(entry.id) > item.after && entry.text === item.text,
    )
  );
}
