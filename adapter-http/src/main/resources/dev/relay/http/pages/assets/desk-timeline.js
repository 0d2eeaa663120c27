/**
 * The timeline of a case: what was said in all its conversations, notes and changes, in one order.
 * @module desk-timeline
 */

import { query } from "./api.js";
import { conversationAddress } from "./desk-routes.js";
import { shownTranscript } from "./desk-transcript.js";
import { button, element, show } from "./dom.js";
import { KeyedList } from "./keyed-list.js";
import { dayRow, messageRow, noticeRow } from "./message-view.js";
import { plainName } from "./safe-text.js";

const PAGE = 500;
/** The most pages that are read: a longer case is read in its conversations. */
const MOST_PAGES = 6;
/** How many rows exist at first, and how many more each press shows. */
const STEP = 100;

/** The part of a case's panel that shows the timeline. Stays the same element while the panel is drawn again. */
export class CaseTimeline {
  #api;
  #texts;
  #me;
  #changeWords;
  /** @type {any} */
  #case = null;
  /** @type {{conversationId: string, entry: any}[]} */
  #entries = [];
  #shown = STEP;
  #list;
  #more;
  #empty;
  #root;
  #context;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {{username: string, displayName: string}} me
   * @param {function(any): string} changeWords describes a change of the case
   */
  constructor(api, texts, me, changeWords) {
    this.#api = api;
    this.#texts = texts;
    this.#me = me;
    this.#changeWords = changeWords;
    this.#context = { api, path: "attachments", texts };
    const rows = element("ol", { class: "transcript", "aria-label": texts.say("timeline.title") });
    this.#list = new KeyedList(rows, (model) => this.#row(model));
    this.#more = button({ label: texts.say("timeline.earlier"), icon: "plus", press: () => this.#showMore() });
    this.#empty = element("p", { class: "muted small", text: texts.say("timeline.empty") });
    this.#root = element(
      "section",
      { class: "panel-part timeline", data: { part: "timeline" } },
      element("h4", { text: texts.say("timeline.title") }),
      this.#more,
      this.#empty,
      rows,
    );
  }

  /**
   * Returns the element for a case, and reads what was said.
   *
   * @param {any} shown the case with its notes and history
   * @returns {HTMLElement}
   */
  of(shown) {
    if (this.#case?.number !== shown.number) {
      this.#entries = [];
      this.#shown = STEP;
    }
    this.#case = shown;
    this.#draw();
    this.#read();
    return this.#root;
  }

  async #read() {
    const { number } = this.#case;
    const entries = [];
    try {
      for (let page = 0, after = null; page === 0 || (after && page < MOST_PAGES); page += 1) {
        const part = await this.#api.get(`cases/${number}/timeline${query({ after, limit: PAGE })}`);
        entries.push(...part.items);
        after = part.next;
      }
    } catch {
      // The notes and changes are there; the next change of the case reads again.
      return;
    }
    if (this.#case.number === number) {
      this.#entries = entries;
      this.#draw();
    }
  }

  #showMore() {
    this.#shown += STEP;
    this.#draw();
  }

  #draw() {
    const all = this.#models();
    const part = all.slice(-this.#shown);
    /** @type {any[]} */
    const rows = [];
    let day = "";
    for (const model of part) {
      const date = new Date(model.at).toDateString();
      if (date !== day) {
        day = date;
        rows.push({ key: `day-${date}`, at: model.at, day: true });
      }
      rows.push(model);
    }
    show(this.#more, part.length < all.length);
    show(this.#empty, all.length === 0);
    this.#list.show(rows);
  }

  #models() {
    const byConversation = new Map();
    for (const { conversationId, entry } of this.#entries) {
      byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), entry]);
    }
    const models = [...byConversation].flatMap(([id, transcript]) => [
      { key: `c-${id}`, at: transcript[0].at, conversation: id },
      ...shownTranscript({ state: "closed", transcript }, [], this.#me, this.#texts).map((model) => ({ ...model, continues: false })),
    ]);
    const notes = this.#case.notes.map((/** @type {any} */ note, /** @type {number} */ place) => ({ key: `n-${place}`, at: note.at, note }));
    const changes = this.#case.history
      .filter((/** @type {any} */ change) => change.field !== "note")
      .map((/** @type {any} */ change, /** @type {number} */ place) => ({ key: `h-${place}`, at: change.at, change }));
    // Stable: what happened at the same moment stays in the order of its kind.
    return [...models, ...notes, ...changes].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  }

  /** @param {any} model */
  #row(model) {
    const texts = this.#texts;
    if (model.day) {
      return dayRow(model.at, texts);
    }
    if (model.conversation) {
      const link = element("a", { class: "link", href: conversationAddress("open", model.conversation), text: texts.say("case.openConversation", { number: model.conversation }) });
      return element("li", { class: "notice", data: { key: model.key, author: "system" } }, link);
    }
    if (model.change) {
      return noticeRow(model.key, `${plainName(model.change.actor)} · ${this.#changeWords(model.change)}`, model.at, texts);
    }
    if (model.notice) {
      return noticeRow(model.key, model.text, model.at, texts);
    }
    const message = model.note ? noteMessage(model, texts) : { ...model, delivery: failure(model, texts) };
    return messageRow(message, this.#context);
  }
}

/**
 * @param {any} model
 * @param {import("./i18n.js").Texts} texts
 */
function noteMessage({ key, at, note }, texts) {
  return {
    key,
    at,
    side: /** @type {"own"} */ ("own"),
    isMine: false,
    author: /** @type {"agent"} */ ("agent"),
    internal: true,
    name: plainName(note.author, texts.say("author.agent")),
    text: note.text,
    edited: false,
    deleted: false,
    attachments: [],
    articles: [],
    continues: false,
    delivery: null,
  };
}

/**
 * @param {any} model
 * @param {import("./i18n.js").Texts} texts
 */
function failure({ state }, texts) {
  return state === "failed" || state === "held"
    ? { icon: state === "failed" ? "alert" : "clock", tone: state === "failed" ? "danger" : "muted", words: texts.say(`delivery.${state}`) }
    : null;
}
