/**
 * What an agent has written and the transcript does not show yet.
 * @module desk-sending
 */

import { Problem, isSignedOut } from "./api.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** Sends the messages of each conversation in the order of writing; each again under the same id until the server has it. */
export class DeskSending {
  #api;
  #changed;
  #items = [];
  #busy = new Set();

  /**
   * @param {import("./api.js").Api} api
   * @param {function(): void} changed called when a message arrived, was removed or changed
   */
  constructor(api, changed) {
    this.#api = api;
    this.#changed = changed;
    window.addEventListener("beforeunload", (event) => {
      if (this.#items.some((item) => item.state !== "sent")) {
        event.preventDefault();
      }
    });
  }

  /**
   * What is on its way in a conversation; what its transcript shows is not on its way any more.
   *
   * @param {Object} detail the conversation with its transcript
   * @returns {Object[]}
   */
  of(detail) {
    const shown = new Set(detail.transcript.map((entry) => entry.id));
    this.#items = this.#items.filter((item) => !shown.has(item.messageId));
    return this.#items.filter((item) => item.conversation === detail.id && !isEarly(item, detail.transcript));
  }

  /** Sends a message to the customer of the conversation. */
  send(detail, text, attachments, articles) {
    this.#add(detail, { text, attachments, articles, internal: false });
  }

  /** Sends an internal message, which no customer ever sees, whatever happens to the conversation meanwhile. */
  whisper(detail, text) {
    this.#add(detail, { text, attachments: [], articles: [], internal: true });
  }

  #add(detail, message) {
    const conversation = detail.id;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    this.#items.push({
      clientMessageId: [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      conversation,
      ...message,
      at: new Date().toISOString(),
      state: "waiting",
      problem: {},
      messageId: null,
      after: Math.max(0, ...detail.transcript.map((entry) => Number(entry.id))),
    });
    this.#changed();
    this.#pump(conversation);
  }

  /** Sends a rejected message once more. */
  retry(clientMessageId) {
    const item = this.#items.find((other) => other.clientMessageId === clientMessageId);
    if (item) {
      Object.assign(item, { state: "waiting", problem: {} });
      this.#pump(item.conversation);
    }
  }

  /** Forgets a rejected message. */
  discard(clientMessageId) {
    this.#items = this.#items.filter((item) => item.clientMessageId !== clientMessageId);
    this.#changed();
  }

  /** Sends at once what waits, because the agent has signed in again. */
  resume() {
    new Set(this.#items.map((item) => item.conversation)).forEach((conversation) => this.#pump(conversation));
  }

  async #pump(conversation, pause = FIRST_PAUSE) {
    if (this.#busy.has(conversation)) {
      return;
    }
    this.#busy.add(conversation);
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

  async #sendOne(item) {
    item.state = "sending";
    this.#changed();
    try {
      const kind = item.internal ? "whispers" : "messages";
      const { messageId } = await this.#api.post(`conversations/${item.conversation}/${kind}`, {
        ...(item.text ? { text: item.text } : {}),
        clientMessageId: item.clientMessageId,
        ...(item.attachments.length > 0 ? { attachments: item.attachments.map((file) => file.id) } : {}),
        ...(item.articles.length > 0 ? { articles: item.articles.map((article) => article.articleId) } : {}),
      });
      Object.assign(item, { state: "sent", messageId });
    } catch (failure) {
      const isFinal = failure instanceof Problem && !failure.isPassing && !isSignedOut(failure);
      Object.assign(item, isFinal ? { state: "rejected", problem: failure.body } : { state: "waiting" });
      this.#changed();
      return isFinal;
    }
    this.#changed();
    return true;
  }
}

/** Checks whether the event stream has shown a message before the request that sends it was answered. */
function isEarly(item, transcript) {
  return (
    item.state === "sending" &&
    transcript.some((entry) => (entry.kind === "whisper") === item.internal && entry.author === "agent" && Number(entry.id) > item.after && entry.text === item.text)
  );
}
