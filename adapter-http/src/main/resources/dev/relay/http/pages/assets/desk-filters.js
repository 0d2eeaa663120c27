/**
 * Filters of the list of conversations.
 * @module desk-filters
 */

import { keep, kept } from "./keep.js";
import { useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, Select, html, useEvents } from "./ui.js";

const KEPT = "relay.desk.filters";
/** What a conversation is filtered by. */
const FIELDS = {
  queue: (item) => item.queue,
  channel: (item) => item.channel,
  agent: (item) => item.agent?.username ?? null,
  priority: (item) => item.priority,
  state: (item) => item.state,
};
const PRIORITIES = ["URGENT", "HIGH", "NORMAL", "LOW"];

/** The values that are chosen; kept for the next visit. */
export class DeskFilters extends EventTarget {
  #chosen = {};

  constructor() {
    super();
    try {
      this.#chosen = JSON.parse(kept(KEPT) ?? "{}");
    } catch {
      this.#chosen = {};
    }
  }

  /** How many fields are filtered. */
  get count() {
    return Object.keys(FIELDS).filter((field) => this.#chosen[field]).length;
  }

  /** Checks whether anything is filtered. */
  get isActive() {
    return this.count > 0;
  }

  /** The chosen value of a field, or an empty text. */
  value(field) {
    return this.#chosen[field] ?? "";
  }

  /** Filters by a value; by an empty one, no longer by that field. */
  choose(field, value) {
    this.#chosen = { ...this.#chosen, [field]: value };
    keep(KEPT, JSON.stringify(this.#chosen));
    this.dispatchEvent(new Event("filters"));
  }

  /** Shows everything again. */
  clear() {
    this.#chosen = {};
    keep(KEPT, "{}");
    this.dispatchEvent(new Event("filters"));
  }

  /** The conversations of the chosen list that match. */
  of(store) {
    const wanted = Object.entries(FIELDS).filter(([field]) => this.#chosen[field]);
    const all = store.list(store.tab);
    return wanted.length === 0 ? all : all.filter((item) => wanted.every(([field, value]) => value(item) === this.#chosen[field]));
  }
}

/** The different values of a list, in their order. */
export function valuesOf(items, value) {
  return [...new Set(items.map(value).filter((one) => one !== null && one !== undefined))].sort();
}

/** The button that opens the filters, and the filters. */
export function FilterBar({ store, texts, filters }) {
  useEvents(filters, "filters");
  useEvents(store, "list");
  const [isOpen, setOpen] = useState(filters.isActive);
  const { count } = filters;
  return html`
    <div class="list-filters__head">
      <button type="button" class="button button--quiet button--small" id="show-filters" aria-expanded=${String(isOpen)} aria-controls="filters" onClick=${() => setOpen(!isOpen)}>
        <${Icon} name="filter" />
        <span>${count > 0 ? texts.say("filter.some", { number: count }) : texts.say("filter.show")}</span>
      </button>
      ${count > 0 && html`<button type="button" class="button button--quiet button--small" id="clear-filters" onClick=${() => filters.clear()}>${texts.say("filter.clear")}</button>`}
    </div>
    <div class="list-filters__fields" id="filters" hidden=${!isOpen}>
      ${isOpen &&
      Object.keys(FIELDS).map(
        (field) => html`<${Select}
          key=${field}
          id=${`filter-${field}`}
          label=${texts.say(`filter.${field}`)}
          options=${[["", texts.say("cases.any")], ...options(field, store, texts, filters.value(field))]}
          value=${filters.value(field)}
          choose=${(value) => filters.choose(field, value)}
        />`,
      )}
    </div>
  `;
}

function options(field, store, texts, chosen) {
  const items = store.list(store.tab);
  const values = field === "priority" ? PRIORITIES : valuesOf(items, FIELDS[field]);
  if (chosen && !values.includes(chosen)) {
    values.push(chosen);
  }
  const agents = new Map(items.filter((item) => item.agent).map(({ agent }) => [agent.username, agent.displayName]));
  const names = {
    queue: (value) => plainName(value),
    channel: (value) => texts.name("channel", value),
    agent: (value) => plainName(agents.get(value), value),
    priority: (value) => texts.name("case.priority", value),
    state: (value) => texts.name("state", value),
  };
  return values.map((value) => [value, names[field](value)]);
}
