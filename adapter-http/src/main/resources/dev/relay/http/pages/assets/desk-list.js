/**
 * The lists of conversations.
 * @module desk-list
 */

import { button, byId, element, icon, setText, show } from "./dom.js";
import { TABS } from "./desk-store.js";
import { KeyedList } from "./keyed-list.js";
import { initials, plainName } from "./safe-text.js";

/** The id of this desk among the server's desks. */
const OWN_DESK = "relay";
/** "3 min" has to become "4 min" without an event. */
const TICK_MILLISECONDS = 30_000;

/** Shows the tabs with their numbers and the list of the chosen one. */
export class DeskList {
  #store;
  #texts;
  #rows;

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(store, texts) {
    this.#store = store;
    this.#texts = texts;
    this.#rows = new KeyedList(byId("conversations"), (model) => this.#row(model));
    byId("tabs").append(...TABS.map((tab) => this.#tab(tab)));
    store.addEventListener("list", () => this.#draw());
    store.addEventListener("detail", () => this.#draw());
    setInterval(() => this.#draw(), TICK_MILLISECONDS);
    this.#draw();
  }

  /** The address of the conversation that many places after the open one, or null. */
  neighbour(step) {
    const items = this.#store.list(this.#store.tab);
    const at = items.findIndex((item) => item.id === this.#store.selected);
    const next = at < 0 ? items[step > 0 ? 0 : items.length - 1] : items[at + step];
    return next ? this.#address(next.id) : null;
  }

  #tab(tab) {
    return element(
      "a",
      { class: "tab", href: `#/conversations/${tab}`, id: `tab-${tab}` },
      element("span", { text: this.#texts.say(`tab.${tab}`) }),
      element("span", { class: "tab__count", id: `count-${tab}` }),
    );
  }

  #draw() {
    const { tab } = this.#store;
    for (const name of TABS) {
      const count = this.#store.count(name);
      const place = byId(`count-${name}`);
      setText(place, count === null ? "" : String(count));
      show(place, count !== null);
      place.classList.toggle("tab__count--urgent", name === "waiting" && count > 0);
      byId(`tab-${name}`).toggleAttribute("aria-current", name === tab);
    }
    const items = this.#store.list(tab);
    const { isLoaded, hasMore } = this.#store.state(tab);
    this.#rows.show(items.map((item) => this.#model(item)));
    this.#drawRest(tab, isLoaded, items.length, hasMore);
  }

  #drawRest(tab, isLoaded, length, hasMore) {
    const rest = byId("list-rest");
    const wanted = !isLoaded ? "loading" : length === 0 ? `empty-${tab}` : hasMore ? "more" : "";
    if (rest.dataset.shown === wanted) {
      return;
    }
    rest.dataset.shown = wanted;
    rest.replaceChildren();
    if (wanted === "loading") {
      rest.append(element("p", { class: "loading", text: this.#texts.say("desk.loading") }));
    } else if (wanted === "more") {
      rest.append(button({ label: this.#texts.say("desk.showMore"), press: () => this.#store.load(this.#store.tab) }));
    } else if (wanted !== "") {
      rest.append(
        element(
          "div",
          { class: "empty" },
          icon("inbox"),
          element("h3", { text: this.#texts.say(`list.empty.${tab}`) }),
          element("p", { class: "small", text: this.#texts.say(`list.empty.${tab}.text`) }),
        ),
      );
    }
  }

  #model(item) {
    const isMine = item.agent?.username === this.#store.me.username;
    return {
      key: item.id,
      name: plainName(item.customer.displayName, this.#texts.say("customer.unnamed")),
      text: plainName(item.lastText).slice(0, 140),
      state: item.state,
      words: this.#words(item, isMine),
      time: this.#texts.since(item.lastActivityAt),
      channel: this.#texts.name("channel", item.channel),
      otherDesk: otherDesk(item, this.#texts),
      caseNumber: item.caseNumber,
      priority: item.priority,
      isCurrent: item.id === this.#store.selected,
      tab: this.#store.tab,
    };
  }

  #words(item, isMine) {
    if (item.state === "waiting") {
      const time = this.#texts.since(item.since);
      const isNew = time === this.#texts.say("time.now");
      return isNew ? this.#texts.say("state.waiting") : this.#texts.say("list.waitingSince", { time });
    }
    if (item.state === "live") {
      const agent = plainName(item.agent?.displayName, this.#texts.say("author.agent"));
      return isMine ? this.#texts.say("list.liveWithMe") : this.#texts.say("list.liveWith", { agent });
    }
    return this.#texts.say(item.state === "bot" ? "list.botOf" : "state.closed");
  }

  #row(model) {
    const tone = { waiting: "warning", live: "success", bot: "accent" }[model.state] ?? "neutral";
    return element(
      "li",
      { data: { conversation: model.key } },
      element(
        "a",
        {
          class: "conversation-row",
          href: this.#address(model.key),
          "aria-current": model.isCurrent ? "true" : null,
          data: { focus: "row" },
        },
        element("span", { class: "avatar", "aria-hidden": "true", text: initials(model.name) }),
        element(
          "span",
          { class: "conversation-row__body" },
          element(
            "span",
            { class: "conversation-row__top" },
            element("bdi", { class: "conversation-row__name", text: model.name }),
            element("span", { class: "conversation-row__time", text: model.time }),
          ),
          element("span", { class: "conversation-row__text", dir: "auto", text: model.text || this.#texts.say("list.noText") }),
          element(
            "span",
            { class: "conversation-row__facts" },
            element("span", { class: `badge badge--${tone}`, text: model.words }),
            model.otherDesk && element("span", { class: "badge", data: { mark: "other-desk" }, text: model.otherDesk }),
            urgent(model.priority) &&
              element("span", { class: "badge badge--danger", text: this.#texts.name("case.priority", model.priority) }),
            element("span", { text: model.channel }),
            model.caseNumber && element("span", { text: `#${model.caseNumber}` }),
          ),
        ),
      ),
    );
  }

  #address(id) {
    return `#/conversations/${this.#store.tab}/${id}`;
  }
}

/** The name of the other desk that has a conversation; empty if it is at this desk. */
function otherDesk(item, texts) {
  const isOther = item.desk !== null && item.desk !== OWN_DESK;
  return isOther ? texts.say("list.otherDesk", { desk: texts.name("otherDesk", item.desk) }) : "";
}

function urgent(priority) {
  return priority === "HIGH" || priority === "URGENT";
}
