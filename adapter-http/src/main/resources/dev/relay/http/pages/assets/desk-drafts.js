/**
 * What an agent has begun to write: kept in this browser at once, and on the server for the agent's other browsers.
 * @module desk-drafts
 */

import { InTurn } from "./in-turn.js";
import { forget, keep, kept, keptNames } from "./keep.js";

const PREFIX = "relay.desk.draft.";
const SAVE_MILLISECONDS = 800;
const LONGEST_TEXT = 16_000;

/**
 * A draft about a conversation or a case.
 *
 * @typedef {Object} Draft
 * @property {string} text the message to the customer
 * @property {string} note the internal message or note
 * @property {{articleId: string, title: string}[]} articles the chosen articles
 */

/**
 * Forgets what an agent has begun to write in this browser.
 *
 * @param {string} username
 */
export function forgetDrafts(username) {
  keptNames(`${PREFIX}${username}.`).forEach(forget);
}

/**
 * The beginning of the names under which this browser keeps messages that are not sent yet; signing out forgets them like drafts.
 *
 * @param {string} username
 * @returns {string}
 */
export function outboxPrefix(username) {
  return `${PREFIX}${username}.outbox.`;
}

/** One agent's drafts. A subject is a path such as `conversations/17`, `cases/1001` or `forms/announcement`. */
export class Drafts {
  #api;
  #isOnServer;
  #prefix;
  /** The timers of drafts that are not on the server yet, by subject. */
  #waiting = new Map();
  /** The drafts that are being read from the server, by subject: the forms of one subject share the answer. @type {Map<string, Promise<void>>} */
  #taking = new Map();
  /** An older text must not arrive after a newer one. */
  #saves = new InTurn();

  /**
   * @param {import("./api.js").Api} api
   * @param {{username: string, role: string}} me the agent, whose drafts nobody else sees; the server keeps none of those who only read
   */
  constructor(api, { username, role }) {
    this.#api = api;
    this.#isOnServer = role !== "viewer";
    this.#prefix = `${PREFIX}${username}.`;
  }

  /**
   * What was begun in this browser.
   *
   * @param {string} subject
   * @returns {Draft}
   */
  of(subject) {
    const nothing = { text: "", note: "", articles: [] };
    try {
      return { ...nothing, ...JSON.parse(kept(`${this.#prefix}${subject}`) ?? "{}") };
    } catch {
      return nothing;
    }
  }

  /**
   * Keeps a change: here at once, on the server once the agent pauses.
   *
   * @param {string} subject
   * @param {Partial<Draft>} change
   */
  change(subject, change) {
    this.#keep(subject, { ...this.of(subject), ...change });
    clearTimeout(this.#waiting.get(subject));
    this.#waiting.set(subject, setTimeout(() => this.save(subject), SAVE_MILLISECONDS));
  }

  /**
   * Takes what was begun in another browser, unless something is written here.
   *
   * @param {string} subject
   * @returns {Promise<Draft>}
   */
  async take(subject) {
    if (this.#isOnServer) {
      if (!this.#taking.has(subject)) {
        this.#taking.set(subject, this.#take(subject).finally(() => this.#taking.delete(subject)));
      }
      await this.#taking.get(subject);
    }
    return this.of(subject);
  }

  /** @param {string} subject */
  async #take(subject) {
    try {
      const read = await this.#api.get(`agents/me/drafts/${subject}`);
      if (isEmpty(this.of(subject)) && !this.#waiting.has(subject)) {
        const articles = read.articles.map((/** @type {string} */ articleId) => ({ articleId, title: articleId }));
        this.#keep(subject, { text: read.text, note: read.note, articles });
      }
    } catch {
      // Without an answer the draft of this browser is the one.
    }
  }

  /**
   * Fills the field of a note with what was begun in another browser, unless something is written in it.
   *
   * @param {string} subject
   * @param {HTMLTextAreaElement} area
   */
  async fillNote(subject, area) {
    const { note } = await this.take(subject);
    if (area.isConnected && area.value === "" && note) {
      area.value = note;
      area.dispatchEvent(new Event("input"));
    }
  }

  /**
   * What was begun in a form in this browser: its values, by names that the form chooses.
   *
   * @param {string} subject such as `forms/announcement`
   * @returns {Object<string, *>}
   */
  form(subject) {
    return valuesOf(this.of(subject));
  }

  /**
   * Takes what was begun in the form in another browser, unless something is written here.
   *
   * @param {string} subject
   * @returns {Promise<Object<string, *>>}
   */
  async takeForm(subject) {
    return valuesOf(await this.take(subject));
  }

  /**
   * Keeps what is written in a form; without values its draft is gone at once.
   *
   * @param {string} subject
   * @param {Object<string, *>} values
   */
  changeForm(subject, values) {
    const isEmptied = Object.keys(values).length === 0;
    this.change(subject, { text: isEmptied ? "" : JSON.stringify(values) });
    if (isEmptied) {
      this.save(subject);
    }
  }

  /**
   * Saves a change on the server now.
   *
   * @param {string} subject
   */
  save(subject) {
    if (!this.#waiting.has(subject)) {
      return;
    }
    clearTimeout(this.#waiting.get(subject));
    this.#waiting.delete(subject);
    if (!this.#isOnServer) {
      return;
    }
    const { text, note, articles } = this.of(subject);
    const draft = {
      text: text.slice(0, LONGEST_TEXT),
      note: note.slice(0, LONGEST_TEXT),
      articles: articles.map((article) => article.articleId),
    };
    this.#saves.run(() => this.#api.put(`agents/me/drafts/${subject}`, draft)).catch(() => {
      // This browser has it; the next change is saved again.
    });
  }

  /**
   * @param {string} subject
   * @param {Draft} draft
   */
  #keep(subject, draft) {
    const name = `${this.#prefix}${subject}`;
    if (isEmpty(draft)) {
      forget(name);
    } else {
      keep(name, JSON.stringify(draft));
    }
  }
}

/** @param {Draft} draft */
function valuesOf({ text }) {
  try {
    return JSON.parse(text || "{}");
  } catch {
    // It was too long to be kept whole.
    return {};
  }
}

/** @param {Draft} draft */
function isEmpty({ text, note, articles }) {
  return text === "" && note === "" && articles.length === 0;
}
