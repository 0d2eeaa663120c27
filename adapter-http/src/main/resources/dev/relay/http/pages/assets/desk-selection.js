/**
 * Choosing rows of a list, to change them together.
 * @module desk-selection
 */

import { Later } from "./desk-later.js";
import { render } from "./preact.js";
import { useLayoutEffect, useRef } from "./preact-hooks.js";
import { html, useEvents } from "./ui.js";

/** @typedef {import("./i18n.js").Texts} Texts */

/** The chosen rows of a list. */
export class Selection extends EventTarget {
  #ids = /** @type {Set<string>} */ (new Set());
  #last = /** @type {string|null} */ (null);
  /** Whether the boxes are shown although nothing is chosen, for touch screens. */
  isOffered = false;

  /** @param {boolean} isAllowed whether rows can be chosen at all; viewers change nothing */
  constructor(isAllowed) {
    super();
    this.isAllowed = isAllowed;
  }

  /** The chosen ids, in the order of choosing. */
  get ids() {
    return [...this.#ids];
  }

  get size() {
    return this.#ids.size;
  }

  /** @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /**
   * Chooses a row, or no longer.
   *
   * @param {string} id
   * @param {boolean} [isRange] whether all rows from the one before to this one become what this one becomes
   * @param {string[]} [order] the ids of the list in their order
   */
  toggle(id, isRange = false, order = []) {
    if (!this.isAllowed) {
      return;
    }
    const isChosen = !this.#ids.has(id);
    const from = this.#last === null ? -1 : order.indexOf(this.#last);
    const to = order.indexOf(id);
    const ids = isRange && from >= 0 && to >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
    ids.forEach((each) => (isChosen ? this.#ids.add(each) : this.#ids.delete(each)));
    this.#last = id;
    this.#changed();
  }

  /**
   * Chooses these and no others.
   *
   * @param {string[]} ids
   */
  keepOnly(ids) {
    this.#ids = new Set(ids);
    this.#changed();
  }

  /** Shows or hides the boxes. */
  offer() {
    this.isOffered = !this.isOffered;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("selection"));
  }
}

/**
 * The box in front of a row. With Shift it chooses all rows in between.
 *
 * @param {{id: string, name: string, texts: Texts, selection: Selection, order: function(): string[]}} properties
 */
export function RowBox({ id, name, texts, selection, order }) {
  useEvents(selection, "selection");
  const isChosen = selection.has(id);
  const toggle = (/** @type {MouseEvent} */ event) => selection.toggle(id, event.shiftKey, order());
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === " " && event.shiftKey) {
      event.preventDefault();
      selection.toggle(id, true, order());
    }
  };
  return selection.isAllowed && html`<label class="row-box" data-shown=${String(selection.size > 0 || selection.isOffered)}>
    <input type="checkbox" checked=${isChosen} aria-label=${texts.say("bulk.choose", { name })} onClick=${toggle} onKeyDown=${press} />
  </label>`;
}

/**
 * What the bar works with.
 *
 * @typedef {Object} BulkParts
 * @property {import("./desk-types.js").Store} store
 * @property {Texts} texts
 * @property {Selection} selection
 * @property {string} prefix of the ids of its controls
 * @property {function(string): {name: string, caseNumber: string|null}} row what is known of a row
 * @property {boolean} areCases whether the rows are cases; otherwise conversations
 * @property {function(): void} done called when something was changed
 */

/**
 * The place of the bar above a list. It offers the boxes as long as nothing is chosen, and has the bar loaded as soon as something is.
 *
 * @param {BulkParts} parts
 */
export function BulkPlace(parts) {
  const { texts, selection, prefix } = parts;
  useEvents(selection, "selection");
  const place = useRef(/** @type {HTMLElement|null} */ (null));
  const bar = useRef(/** @type {Later<*>|null} */ (null));
  const { size } = selection;
  useLayoutEffect(() => {
    if (size > 0) {
      bar.current ??= new Later("relay-bulk", texts, ({ BulkBar }) => BulkBar);
      bar.current.use((Bar) => place.current && render(html`<${Bar} ...${parts} />`, place.current));
    }
  }, [size]);
  return html`
    ${size === 0 && selection.isAllowed &&
    html`<button type="button" class="button button--quiet button--small bulk__offer" id=${`${prefix}-offer`} aria-pressed=${String(selection.isOffered)} onClick=${() => selection.offer()}>${texts.say("bulk.offer")}</button>`}
    <div ref=${place}></div>
  `;
}
