/**
 * The lists of conversations.
 * @module desk-list
 */

import { DeskFilters, FilterBar, differs } from "./desk-filters.js";
import { BulkPlace, RowBox, Selection } from "./desk-selection.js";
import { TABS } from "./desk-store.js";
import { byId } from "./dom.js";
import { plainWords } from "./message-text.js";
import { render } from "./preact.js";
import { useLayoutEffect, useMemo, useReducer } from "./preact-hooks.js";
import { initials, plainName } from "./safe-text.js";
import { Badge, Icon, html, useEvents } from "./ui.js";
import { VirtualRows } from "./virtual-rows.js";

/** The id of this desk among the server's desks. */
const OWN_DESK = "relay";
/** "3 min" has to become "4 min" without an event. */
const TICK_MILLISECONDS = 30_000;
/** Of a row, in rem: 16 conversations on a window of 900 pixels. */
const ROW_HEIGHT = 3.125;
/** So many rows with the filtered values fill the window, and among so many conversations they are searched unasked. */
const ENOUGH = 50;
const MOST_SEARCHED = 1000;
/** @type {Object<string, string>} */
const TONES = { waiting: "warning", live: "success", bot: "accent" };

/**
 * @typedef {import("./desk-store.js").DeskStore} Store
 * @typedef {import("./desk-store.js").Kept} Kept
 * @typedef {import("./i18n.js").Texts} Texts
 */

/**
 * What all rows have, and the conversation of one.
 *
 * @typedef {Object} RowProperties
 * @property {Kept} item
 * @property {Store} store
 * @property {Texts} texts
 * @property {import("./desk-seen.js").Seen} seen
 * @property {Selection} selection
 * @property {function(): string[]} order
 * @property {boolean} hasChannels
 * @property {boolean} hasQueues
 */

/** Shows the tabs with their numbers and the list of the chosen one. */
export class DeskList {
  #store;
  #filters;
  #selection;

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(store, texts) {
    this.#store = store;
    this.#filters = new DeskFilters();
    this.#selection = new Selection(store.me.role !== "viewer");
    const { seen } = store;
    const parts = { store, texts, seen, filters: this.#filters, selection: this.#selection };
    render(html`<${Tabs} ...${parts} />`, byId("tabs"));
    render(html`<${FilterBar} ...${parts} />`, byId("list-filters"));
    render(html`<${BulkPlace} ...${parts} prefix="list" areCases=${false} row=${(/** @type {string} */ id) => facts(store, texts, id)} done=${() => {}} />`, byId("list-bulk"));
    render(html`<${List} ...${parts} />`, byId("list"));
  }

  /**
   * Chooses the row that has the focus or is open, or no longer; with a range, all rows since the last one.
   *
   * @param {boolean} isRange
   */
  choose(isRange) {
    const id = document.activeElement?.closest("#conversations [data-key]")?.getAttribute("data-key") ?? this.#store.selected;
    if (id) {
      this.#selection.toggle(id, isRange, this.#filters.of(this.#store).map((item) => item.id));
    }
  }

  /**
   * The address of the conversation that many places after the open one, or null.
   *
   * @param {number} step
   */
  neighbour(step) {
    const items = this.#filters.of(this.#store);
    const at = items.findIndex((item) => item.id === this.#store.selected);
    const next = at < 0 ? items[step > 0 ? 0 : items.length - 1] : items[at + step];
    return next ? address(this.#store, next.id) : null;
  }
}

/** @param {{store: Store, texts: Texts}} properties */
function Tabs({ store, texts }) {
  useEvents(store, "list");
  return TABS.map((tab) => {
    const count = store.count(tab);
    const isUrgent = tab === "waiting" && (count ?? 0) > 0;
    return html`<a class="tab" id=${`tab-${tab}`} key=${tab} href=${`#/conversations/${tab}`} aria-current=${tab === store.tab ? "true" : null}>
      <span>${texts.say(`tab.${tab}`)}</span>
      ${count !== null && html`<span class=${`tab__count${isUrgent ? " tab__count--urgent" : ""}`} id=${`count-${tab}`}>${count}</span>`}
    </a>`;
  });
}

/** @param {{store: Store, texts: Texts, seen: import("./desk-seen.js").Seen, filters: DeskFilters, selection: Selection}} properties */
function List({ store, texts, seen, filters, selection }) {
  useEvents(store, "list", "detail");
  useEvents(seen, "seen");
  useEvents(filters, "filters");
  const [, redraw] = useReducer((/** @type {number} */ count, /** @type {null} */ _) => count + 1, 0);
  useLayoutEffect(() => {
    const tick = () => redraw(null);
    const timer = setInterval(tick, TICK_MILLISECONDS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, []);
  const all = store.list(store.tab);
  const items = filters.of(store);
  const open = all.find((/** @type {Kept} */ item) => item.id === store.selected);
  useLayoutEffect(() => {
    if (open && store.detail?.id === open.id && document.visibilityState === "visible") {
      seen.mark(open);
    }
  });
  const { isLoaded, hasMore } = store.state(store.tab);
  const more = () => hasMore && store.load(store.tab);
  const isSearching = filters.isActive && hasMore && items.length < ENOUGH && all.length < MOST_SEARCHED;
  useLayoutEffect(() => {
    if (isSearching) {
      // What is filtered is read on until the list fills the window; further back somebody has to ask for it.
      more();
    }
  });
  const shared = {
    store,
    texts,
    seen,
    selection,
    order: () => filters.of(store).map((/** @type {Kept} */ each) => each.id),
    hasChannels: differs(all, (item) => item.channel),
    hasQueues: differs(all, (item) => item.queue),
  };
  return html`
    <${VirtualRows}
      id="conversations"
      items=${items.map((/** @type {Kept} */ item) => ({ key: item.id, item }))}
      height=${ROW_HEIGHT}
      scroller=${byId("list")}
      nearEnd=${() => !filters.isActive && more()}
      row=${(/** @type {{item: Kept}} */ { item }) => html`<${Row} item=${item} ...${shared} />`}
    />
    <div class="rows__rest" id="list-rest">${rest({ store, texts, filters, isLoaded, isSearching, more: filters.isActive && hasMore && more, length: items.length })}</div>
  `;
}

/**
 * What is below the rows.
 *
 * @param {{store: Store, texts: Texts, filters: DeskFilters, isLoaded: boolean, isSearching: boolean, more: (function(): void)|false, length: number}} properties
 */
function rest({ store, texts, filters, isLoaded, isSearching, more, length }) {
  if (!isLoaded || isSearching) {
    return html`<p class="loading">${texts.say("desk.loading")}</p>`;
  }
  if (more) {
    return html`<button type="button" class="button button--secondary button--small" id="search-further" onClick=${more}>${texts.say("list.further")}</button>`;
  }
  if (length > 0) {
    return null;
  }
  const key = filters.isActive ? "list.noMatch" : `list.empty.${store.tab}`;
  return html`<div class="empty">
    <${Icon} name="inbox" />
    <h3>${texts.say(key)}</h3>
    <p class="small">${texts.say(`${key}.text`)}</p>
    ${filters.isActive && html`<button type="button" class="button button--secondary button--small" onClick=${() => filters.clear()}>${texts.say("filter.clear")}</button>`}
  </div>`;
}

/**
 * A row; it is drawn again only if something of it has changed, because each event concerns one row of many.
 *
 * @param {RowProperties} properties
 */
function Row(properties) {
  const { item, store, texts, seen, hasChannels, hasQueues } = properties;
  const isCurrent = item.id === store.selected;
  const isUnread = !isCurrent && seen.isUnread(item);
  const time = texts.since(item.state === "waiting" ? item.since : item.lastActivityAt);
  return useMemo(() => drawn({ ...properties, isCurrent, isUnread, time }), [item, store.tab, isCurrent, isUnread, time, hasChannels, hasQueues]);
}

/** @param {RowProperties & {isCurrent: boolean, isUnread: boolean, time: string}} properties */
function drawn({ item, store, texts, selection, order, hasChannels, hasQueues, isCurrent, isUnread, time }) {
  const name = plainName(item.customer?.displayName, texts.say("customer.unnamed"));
  const isUrgent = item.priority === "HIGH" || item.priority === "URGENT";
  const other = otherDesk(item, texts);
  return html`<${RowBox} id=${item.id} name=${name} texts=${texts} selection=${selection} order=${order} /><a
    class=${`conversation-row${isUnread ? " is-unread" : ""}`}
    href=${address(store, item.id)}
    aria-current=${isCurrent ? "true" : null}
    data-conversation=${item.id}
  >
    <span class="avatar" aria-hidden="true">${initials(name)}</span>
    <span class="conversation-row__body">
      <span class="conversation-row__line">
        <bdi class="conversation-row__name">${name}</bdi>
        ${isUnread && html`<span class="conversation-row__unread"><span class="visually-hidden">${texts.say("list.unread")}</span></span>`}
        ${isUrgent && html`<${Badge} tone=${item.priority === "URGENT" ? "danger" : "warning"}>${texts.name("case.priority", item.priority)}<//>`}
        ${other && html`<${Badge} mark="other-desk">${other}<//>`}
        <span class="conversation-row__time">${when(item, time, texts)}</span>
      </span>
      <span class="conversation-row__line">
        <span class="conversation-row__text" dir="auto">${said(item, store, texts)}</span>
        <span class="conversation-row__facts">
          ${hasQueues && html`<span>${plainName(item.queue)}</span>`}
          ${hasChannels && html`<span>${texts.name("channel", item.channel)}</span>`}
          ${item.state !== "waiting" && html`<span class=${`state-dot state-dot--${TONES[item.state] ?? "neutral"}`}>${words(item, store, texts)}</span>`}
          ${item.caseNumber && html`<span>#${item.caseNumber}</span>`}
        </span>
      </span>
    </span>
  </a>`;
}

/**
 * What the bar of bulk actions says about a conversation.
 *
 * @param {import("./desk-store.js").DeskStore} store
 * @param {import("./i18n.js").Texts} texts
 * @param {string} id
 */
function facts(store, texts, id) {
  const item = TABS.flatMap((tab) => store.list(tab)).find((each) => each.id === id);
  return { name: plainName(item?.customer?.displayName, texts.say("customer.unnamed")), caseNumber: item?.caseNumber ?? null };
}

/**
 * Since when somebody waits; of the others, when something last happened.
 *
 * @param {Kept} item
 * @param {string} time
 * @param {import("./i18n.js").Texts} texts
 */
function when(item, time, texts) {
  if (item.state !== "waiting") {
    return time;
  }
  const isNew = time === texts.say("time.now");
  return html`<span class="visually-hidden">${isNew ? texts.say("state.waiting") : texts.say("list.waitingSince", { time })}</span><span aria-hidden="true">${time}</span>`;
}

/**
 * The last words, and before them who said them unless it was the customer.
 *
 * @param {Kept} item
 * @param {Store} store
 * @param {Texts} texts
 */
function said({ last, lastText }, store, texts) {
  const text = plainName(plainWords(last?.text ?? lastText)).slice(0, 140);
  if (!text) {
    return texts.say("list.noText");
  }
  if (!last || last.author === "customer") {
    return text;
  }
  const isMine = last.author === "agent" && last.name === store.me.displayName;
  const who = isMine ? texts.say("author.you") : last.author === "agent" ? plainName(last.name) : "";
  return html`<span class="conversation-row__who">${who || texts.say(`author.${last.author}`)}:</span> ${text}`;
}

/**
 * @param {Kept} item
 * @param {import("./desk-store.js").DeskStore} store
 * @param {import("./i18n.js").Texts} texts
 */
function words(item, store, texts) {
  if (item.state === "live") {
    const agent = plainName(item.agent?.displayName, texts.say("author.agent"));
    return item.agent?.username === store.me.username ? texts.say("list.liveWithMe") : texts.say("list.liveWith", { agent });
  }
  return texts.say(item.state === "bot" ? "state.bot" : "state.closed");
}

/**
 * The name of the other desk that has a conversation; empty if it is at this desk.
 *
 * @param {Kept} item
 * @param {import("./i18n.js").Texts} texts
 */
function otherDesk(item, texts) {
  const isOther = item.desk !== null && item.desk !== OWN_DESK;
  return isOther ? texts.say("list.otherDesk", { desk: texts.name("otherDesk", item.desk) }) : "";
}

/**
 * @param {import("./desk-store.js").DeskStore} store
 * @param {string} id
 */
function address(store, id) {
  return `#/conversations/${store.tab}/${id}`;
}
