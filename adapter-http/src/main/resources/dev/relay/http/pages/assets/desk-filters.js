/**
 * Filters of the list of conversations.
 * @module desk-filters
 */

import { SavedViews } from "./desk-views.js";
import { keep, kept } from "./keep.js";
import { useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, Select, html, useEvents, useValue } from "./ui.js";

/**
 * @typedef {import("./desk-types.js").ConversationItem} Item
 * @typedef {import("./desk-types.js").Store} Store
 * @typedef {import("./i18n.js").Texts} Texts
 */

const KEPT = "relay.desk.filters";
/** The values that a conversation has in each field; it matches if the chosen one is among them. */
const FIELDS = /** @type {Object<string, function(Item): (string|null|undefined)[]>} */ ({
  queue: (item) => [item.queue],
  channel: (item) => [item.channel],
  desk: (item) => [item.desk],
  agent: (item) => [item.agent?.username],
  priority: (item) => [item.priority],
  tag: (item) => item.tags,
  state: (item) => [item.state],
});
const PRIORITIES = ["URGENT", "HIGH", "NORMAL", "LOW"];

/** The values that are chosen; kept for the next visit. */
export class DeskFilters extends EventTarget {
  #chosen = /** @type {Object<string, string>} */ ({});

  constructor() {
    super();
    try {
      this.#chosen = JSON.parse(kept(KEPT) ?? "{}");
    } catch {
      this.#chosen = {};
    }
  }

  /** The chosen value of each filtered field. */
  get values() {
    return Object.fromEntries(Object.keys(FIELDS).flatMap((field) => (this.#chosen[field] ? [[field, this.#chosen[field]]] : [])));
  }

  /** How many fields are filtered. */
  get count() {
    return Object.keys(this.values).length;
  }

  /** Checks whether anything is filtered. */
  get isActive() {
    return this.count > 0;
  }

  /**
   * The chosen value of a field, or an empty text.
   *
   * @param {string} field
   */
  value(field) {
    return this.#chosen[field] ?? "";
  }

  /**
   * Filters by a value; by an empty one, no longer by that field.
   *
   * @param {string} field
   * @param {string} value
   */
  choose(field, value) {
    this.replace({ ...this.#chosen, [field]: value });
  }

  /**
   * Filters by these values and no others.
   *
   * @param {Object<string, string>} values by field
   */
  replace(values) {
    this.#chosen = values;
    keep(KEPT, JSON.stringify(values));
    this.dispatchEvent(new Event("filters"));
  }

  /** Shows everything again. */
  clear() {
    this.replace({});
  }

  /**
   * The conversations of the chosen list that match.
   *
   * @param {Store} store
   * @returns {import("./desk-store.js").Kept[]}
   */
  of(store) {
    const wanted = Object.entries(this.values);
    const all = store.list(store.tab);
    return wanted.length === 0 ? all : all.filter((item) => wanted.every(([field, value]) => FIELDS[field](item).includes(value)));
  }
}

/**
 * The different values of a list, in their order.
 *
 * @param {Item[]} items
 * @param {function(Item): (string|null|undefined)[]} values
 */
export function valuesOf(items, values) {
  const all = new Set(items.flatMap(values));
  return /** @type {string[]} */ ([...all].filter((one) => one !== null && one !== undefined)).sort();
}

/**
 * Checks whether a list has more than one value.
 *
 * @param {Item[]} items
 * @param {function(Item): string} value
 */
export function differs(items, value) {
  return items.some((item) => value(item) !== value(items[0]));
}

/**
 * The button that opens the filters, the saved views, and the filters.
 *
 * @param {{store: Store, texts: Texts, filters: DeskFilters}} properties
 */
export function FilterBar({ store, texts, filters }) {
  useEvents(filters, "filters");
  const [isOpen, setOpen] = useState(filters.isActive);
  // Closed, they show nothing of the conversations.
  useValue(store, "list", () => (isOpen ? store.list(store.tab) : store.tab));
  const { count } = filters;
  return html`
    <div class="list-filters__head">
      <button type="button" class="button button--quiet button--small" id="show-filters" aria-expanded=${String(isOpen)} aria-controls="filters" onClick=${() => setOpen(!isOpen)}>
        <${Icon} name="filter" />
        <span>${count > 0 ? texts.say("filter.some", { number: count }) : texts.say("filter.show")}</span>
      </button>
      <${SavedViews} store=${store} texts=${texts} filters=${filters} isOpen=${isOpen} />
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
          choose=${(/** @type {string} */ value) => filters.choose(field, value)}
        />`,
      )}
    </div>
  `;
}

/**
 * @param {string} field
 * @param {Store} store
 * @param {Texts} texts
 * @param {string} chosen
 */
function options(field, store, texts, chosen) {
  const items = store.list(store.tab);
  const values = field === "priority" ? [...PRIORITIES] : valuesOf(items, FIELDS[field]);
  if (chosen && !values.includes(chosen)) {
    values.push(chosen);
  }
  const agents = new Map(items.flatMap(({ agent }) => (agent ? [[agent.username, agent.displayName]] : [])));
  const names = /** @type {Object<string, function(string): string>} */ ({
    channel: (value) => texts.name("channel", value),
    desk: (value) => texts.name("otherDesk", value),
    agent: (value) => plainName(agents.get(value), value),
    priority: (value) => texts.name("case.priority", value),
    state: (value) => texts.name("state", value),
  });
  return values.map((value) => [value, (names[field] ?? plainName)(value)]);
}
