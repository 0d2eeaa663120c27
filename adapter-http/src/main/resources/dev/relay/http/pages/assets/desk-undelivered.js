/**
 * Dead letters: what could not be delivered, and what to do about it.
 * @module desk-undelivered
 */

import { query } from "./api.js";
import { button, byId, element, icon } from "./dom.js";
import { failureWords } from "./desk-failure.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

/** The server compares at most so much of a reason. */
const LONGEST_REASON = 500;

/**
 * What could not be delivered.
 *
 * @typedef {Object} DeadLetter
 * @property {string} id
 * @property {string} port the port that did not take it
 * @property {string} destination
 * @property {number} attempts
 * @property {number} depth how many wait in its lane, itself included
 * @property {string} parkedAt
 * @property {string|null} text
 * @property {string|null} lastError why it failed, in English: it is compared by these words
 * @property {import("./desk-types.js").FailureReason|null} failureReason
 * @property {string|null} conversationId
 */

/** Shows dead letters, tries them again or leaves them out. */
export class DeskUndelivered {
  #store;
  #texts;
  #ask;
  /** @type {DeadLetter[]} */
  #items = [];
  /** @type {string|null} */
  #next = null;

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, function(): void): void} ask asks before something that cannot be taken back
   */
  constructor(store, texts, ask) {
    this.#store = store;
    this.#texts = texts;
    this.#ask = ask;
    let parked = store.summary.parked;
    store.addEventListener("list", () => {
      if (store.summary.parked !== parked && !byId("view-undelivered").hidden) {
        this.show();
      }
      parked = store.summary.parked;
    });
  }

  /** Reads them and shows them. */
  async show() {
    await this.#load(null);
  }

  /** @param {string|null} after */
  async #load(after) {
    try {
      const page = await this.#store.api.get(`deliveries${query({ state: "parked", after, limit: 50 })}`);
      this.#items = after ? [...this.#items, ...page.items] : page.items;
      this.#next = page.next;
      this.#draw();
    } catch (failure) {
      const again = button({ label: this.#texts.say("desk.retryLoad"), icon: "retry", press: () => this.show() });
      const words = element("p", { text: reasonOf(this.#texts, failure) });
      byId("undelivered-list").replaceChildren(element("li", { class: "empty" }, icon("alert"), words, again));
    }
  }

  #draw() {
    const rows = [...this.#alike(), ...this.#items.map((item) => this.#row(item))];
    if (rows.length === 0) {
      rows.push(
        element(
          "li",
          { class: "empty" },
          icon("check"),
          element("h3", { text: this.#texts.say("undelivered.empty") }),
          element("p", { class: "small", text: this.#texts.say("undelivered.emptyText") }),
        ),
      );
    } else if (this.#next) {
      rows.push(element("li", {}, button({ label: this.#texts.say("desk.showMore"), press: () => this.#load(this.#next) })));
    }
    byId("undelivered-list").replaceChildren(...rows);
  }

  /** Returns a line for each port and reason that several dead letters share: what has one cause is mended by one press. */
  #alike() {
    const groups = new Map();
    for (const { port, lastError, failureReason } of this.#items) {
      const key = JSON.stringify([port, lastError]);
      groups.set(key, { port, reason: lastError, failureReason, count: (groups.get(key)?.count ?? 0) + 1 });
    }
    return [...groups.values()].filter(({ count, reason }) => count > 1 && reason).map((group) => this.#group(group));
  }

  /**
   * Returns why something was not delivered, in the reader's language.
   *
   * @param {import("./desk-types.js").FailureReason|null} reason
   * @param {string} words
   */
  #why(reason, words) {
    return plainName(reason ? failureWords(reason, words, this.#texts) : words);
  }

  /** @param {{port: string, reason: string, failureReason: import("./desk-types.js").FailureReason|null, count: number}} group */
  #group({ port, reason, failureReason, count }) {
    const texts = this.#texts;
    const act = (/** @type {string} */ action, /** @type {string} */ done) => this.#actOnAll({ port, reason: reason.slice(0, LONGEST_REASON) }, action, done);
    return element(
      "li",
      { class: "letter", data: { port } },
      element(
        "div",
        { class: "letter__facts" },
        element("strong", { text: texts.say("undelivered.alike", { count }) }),
        element("span", { class: "muted", text: port }),
        element("bdi", { class: "muted", text: this.#why(failureReason, reason) }),
      ),
      element(
        "div",
        { class: "letter__actions" },
        button({ label: texts.say("undelivered.retryAll"), icon: "retry", press: () => act("retry", "undelivered.doneAll") }),
        button({
          label: texts.say("undelivered.skipAll"),
          icon: "skip",
          kind: "quiet",
          press: () => this.#ask("undelivered.skipAll", () => act("skip", "undelivered.skippedAll")),
        }),
      ),
    );
  }

  /**
   * @param {{port: string, reason: string}} which
   * @param {string} action
   * @param {string} done the key of the words that tell that it worked
   */
  async #actOnAll(which, action, done) {
    try {
      const { count } = await this.#store.api.post(`deliveries/${action}`, which);
      tellSuccess(this.#texts, this.#texts.say(done, { count }));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
    this.show();
  }

  /** @param {DeadLetter} item */
  #row(item) {
    const texts = this.#texts;
    const retry = button({
      label: texts.say("undelivered.retry"),
      icon: "retry",
      press: () => this.#act(item, "retry", "undelivered.done"),
    });
    const skip = button({
      label: texts.say("undelivered.skip"),
      icon: "skip",
      kind: "quiet",
      press: () => this.#ask("undelivered.skip", () => this.#act(item, "skip", "undelivered.skipped")),
    });
    const destination = texts.name("undelivered.to", item.destination);
    return element(
      "li",
      { class: "letter", data: { delivery: item.id } },
      element(
        "div",
        { class: "letter__facts" },
        element("span", { class: "badge badge--danger", text: texts.say("delivery.failed") }),
        element("span", { text: texts.say("undelivered.to", { destination }) }),
        element("span", { class: "muted", text: item.port }),
        element("span", { class: "muted", text: texts.say("undelivered.attempts", { count: item.attempts }) }),
        item.depth > 1 && element("span", { class: "muted", text: texts.say("undelivered.behind", { count: item.depth - 1 }) }),
        element("time", { class: "muted", datetime: item.parkedAt, text: texts.moment(item.parkedAt) }),
      ),
      item.text && element("p", { class: "prose letter__text", dir: "auto", text: item.text }),
      item.lastError && element("p", { class: "form-error" }, icon("alert"), element("span", { dir: "auto", text: this.#why(item.failureReason, item.lastError) })),
      element(
        "div",
        { class: "letter__actions" },
        retry,
        skip,
        item.conversationId &&
          element("a", { class: "link", href: `#/conversations/open/${item.conversationId}`, text: texts.say("undelivered.open") }),
      ),
    );
  }

  /**
   * @param {DeadLetter} item
   * @param {string} action
   * @param {string} done the key of the words that tell that it worked
   */
  async #act(item, action, done) {
    try {
      await this.#store.api.post(`deliveries/${item.id}/${action}`);
      tellSuccess(this.#texts, this.#texts.say(done));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
    this.show();
  }
}
