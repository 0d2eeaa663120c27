/**
 * The customer of the open conversation and what they had before.
 * @module desk-customer
 */

import { blockWords, mergeButton } from "./desk-merge-button.js";
import { siteProfile } from "./desk-site-profile.js";
import { button, element } from "./dom.js";
import { KeyedList } from "./keyed-list.js";
import { plainName } from "./safe-text.js";

/** Shows the customer beside the conversation. */
export class CustomerPanel {
  #list;
  #store;
  #texts;
  #addCase;

  /**
   * @param {HTMLElement} place the element to show it in
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {function(Object): void} addCase opens a case for a customer
   */
  constructor(place, store, texts, addCase) {
    this.#store = store;
    this.#texts = texts;
    this.#addCase = addCase;
    this.#list = new KeyedList(place, (model) => this.#panel(model));
    store.addEventListener("detail", () => this.#draw());
  }

  #draw() {
    const { detail } = this.#store;
    if (!detail) {
      this.#list.show([]);
      return;
    }
    const { customer, channel, earlierConversations, earlierCases } = detail;
    this.#list.show([{ key: detail.id, customer, channel, earlierConversations, earlierCases, about: detail.case }]);
  }

  #panel({ key, customer, channel, earlierConversations, earlierCases, about }) {
    const texts = this.#texts;
    const facts = [
      [texts.say("customer.channel"), texts.name("channel", channel)],
      [texts.say("customer.language"), this.#language(customer.locale)],
      [texts.say("customer.since"), customer.firstSeenAt ? texts.moment(customer.firstSeenAt) : ""],
      [texts.say("customer.roles"), (customer.roles ?? []).join(", ")],
      [texts.say("customer.blocked"), blockWords(texts, customer)],
    ];
    return element(
      "div",
      { class: "panel" },
      element("h3", { text: texts.say("customer.title") }),
      element("p", { class: "customer__name" }, element("bdi", { text: plainName(customer.displayName, texts.say("customer.unnamed")) })),
      element(
        "dl",
        { class: "facts" },
        ...facts
          .filter(([, value]) => value)
          .flatMap(([name, value]) => [element("dt", { text: name }), element("dd", { dir: "auto", text: plainName(value) })]),
      ),
      channel === "web" && siteProfile(this.#store.api, texts, key),
      this.#part("customer.conversations", "customer.conversationsEmpty", earlierConversations, (item) => this.#conversation(item)),
      this.#part("customer.cases", "customer.casesEmpty", earlierCases, (item) => caseRow(item, texts)),
      button({ label: texts.say("case.add"), icon: "plus", press: () => this.#addCase(customer), attributes: { id: "add-case" } }),
      this.#store.me.role !== "viewer" &&
        mergeButton(texts, { id: "customer-merge", api: this.#store.api, shown: about, customer, changed: () => this.#store.reload() }),
    );
  }

  #part(title, none, items, row) {
    return element(
      "section",
      { class: "panel-part" },
      element("h4", { text: this.#texts.say(title) }),
      items.length > 0
        ? element("ul", { class: "links" }, ...items.map(row))
        : element("p", { class: "muted small", text: this.#texts.say(none) }),
    );
  }

  #conversation(item) {
    return element(
      "li",
      {},
      element(
        "a",
        { class: "link-row", href: `#/conversations/${this.#store.tab}/${item.id}` },
        element("span", { class: "link-row__text", dir: "auto", text: plainName(item.lastText, this.#texts.say("list.noText")) }),
        element("span", { class: "muted small", text: `${this.#texts.say(`state.${item.state}`)} · ${this.#texts.moment(item.since)}` }),
      ),
    );
  }

  #language(tag) {
    try {
      return new Intl.DisplayNames([this.#texts.language], { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }
}

/**
 * A case of the customer's, with the way to it.
 *
 * @param {{number: string, subject: string, status: string}} item
 * @param {import("./i18n.js").Texts} texts
 * @returns {HTMLLIElement}
 */
export function caseRow({ number, subject, status }, texts) {
  return element(
    "li",
    {},
    element(
      "a",
      { class: "link-row", href: `#/cases/${number}` },
      element("span", { class: "link-row__text", dir: "auto", text: plainName(subject) }),
      element("span", { class: "muted small", text: `#${number} · ${texts.name("case.status", status)}` }),
    ),
  );
}
