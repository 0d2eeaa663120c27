/**
 * Suggestions while somebody writes: a sign such as "@" opens a list at the field, the keyboard alone uses it.
 * @module suggestions
 */

import { useLayoutEffect, useReducer, useRef, useState } from "./preact-hooks.js";
import { html } from "./ui.js";

/**
 * What is suggested.
 *
 * @template T
 * @typedef {Object} Offer
 * @property {RegExp} typed matches a text that ends with the sign and the words behind it, which are its first group
 * @property {function(): Promise<T[]>} load reads what can be suggested, each time the list opens
 * @property {function(T[], string): T[]} find chooses what fits the words, in the order of the list
 * @property {function(T): *} shown returns the content of an option
 * @property {function(T): string} text what replaces the sign and the words
 * @property {function(T): void} [chosen] called after they were replaced
 * @property {function(number): string} [counted] says how many are suggested, for screen readers
 */

/**
 * The list of a field. The field keeps the focus; the list only follows the keys.
 *
 * @template T
 * @param {Object} properties
 * @param {{current: HTMLTextAreaElement|null}} properties.field
 * @param {string} properties.id
 * @param {string} properties.label what the list is called
 * @param {Offer<T>} properties.offer
 */
export function Suggestions({ field, id, label, offer }) {
  const [, draw] = useReducer((/** @type {number} */ count, /** @type {null} */ _) => count + 1, 0);
  const [suggested] = useState(() => /** @type {Suggested<T>} */ (new Suggested(offer, () => draw(null))));
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  suggested.offer = offer;
  useLayoutEffect(() => suggested.follow(/** @type {HTMLTextAreaElement} */ (field.current), id), []);
  useLayoutEffect(() => {
    const option = list.current?.children[suggested.active];
    if (option) {
      option.scrollIntoView({ block: "nearest" });
      field.current?.setAttribute("aria-activedescendant", option.id);
    } else {
      field.current?.removeAttribute("aria-activedescendant");
    }
  });
  const pressed = (/** @type {PointerEvent} */ event) => {
    // The field keeps the focus.
    event.preventDefault();
    const option = /** @type {Element} */ (event.target).closest("[role=option]");
    if (option && list.current) {
      suggested.choose([...list.current.children].indexOf(option));
    }
  };
  const { shown, active, isOpen } = suggested;
  return html`
    <ul class="replies" id=${id} ref=${list} role="listbox" aria-label=${label} hidden=${shown.length === 0} onPointerDown=${pressed}>
      ${shown.map((one, place) => html`<li class="reply" key=${place} id=${`${id}-${place}`} role="option" aria-selected=${String(place === active)}>${offer.shown(one)}</li>`)}
    </ul>
    ${offer.counted && html`<p class="visually-hidden" id=${`${id}-count`} role="status">${isOpen ? offer.counted(shown.length) : ""}</p>`}
  `;
}

/**
 * What is suggested at a field at the moment.
 *
 * @template T
 */
class Suggested {
  /** @type {T[]} */
  shown = [];
  active = 0;
  isOpen = false;
  #draw;
  /** @type {T[]} */
  #all = [];
  /** @type {HTMLTextAreaElement|null} */
  #field = null;
  /** The place of a sign for which the list was closed. */
  #closedAt = -1;

  /**
   * @param {Offer<T>} offer
   * @param {function(): void} draw called after a change
   */
  constructor(offer, draw) {
    this.offer = offer;
    this.#draw = draw;
  }

  /**
   * Follows what is typed in a field.
   *
   * @param {HTMLTextAreaElement} field
   * @param {string} id of the list
   */
  follow(field, id) {
    this.#field = field;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", id);
    field.addEventListener("input", () => this.#typedIn());
    field.addEventListener("click", () => this.#typedIn());
    field.addEventListener("blur", () => this.#close());
    // Before the form's own keys: Enter chooses here and does not send.
    field.addEventListener("keydown", (event) => this.#press(event), { capture: true });
  }

  /**
   * Replaces the sign and the words by what is at this place of the list.
   *
   * @param {number} place
   */
  choose(place) {
    const typed = this.#typed;
    const one = this.shown[place];
    this.#close();
    if (typed) {
      this.#replace(typed.from, typed.to, this.offer.text(one));
      this.offer.chosen?.(one);
    }
  }

  get #typed() {
    const { selectionStart, selectionEnd, value } = /** @type {HTMLTextAreaElement} */ (this.#field);
    const found = selectionStart === selectionEnd ? this.offer.typed.exec(value.slice(0, selectionStart)) : null;
    return found ? { words: found[1].toLowerCase(), from: selectionStart - found[1].length - 1, to: selectionStart } : null;
  }

  #typedIn() {
    const typed = this.#typed;
    if (typed?.from !== this.#closedAt) {
      this.#closedAt = -1;
    }
    if (!typed || this.#closedAt !== -1) {
      this.#close();
      return;
    }
    if (!this.isOpen) {
      this.isOpen = true;
      this.#read();
    }
    this.#suggest(typed.words);
  }

  async #read() {
    try {
      this.#all = await this.offer.load();
      const typed = this.#typed;
      if (this.isOpen && typed) {
        this.#suggest(typed.words);
      }
    } catch {
      // Without an answer the list shows what it has; what is typed in full counts all the same.
    }
  }

  /** @param {string} words */
  #suggest(words) {
    this.shown = this.offer.find(this.#all, words);
    this.active = 0;
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const count = this.shown.length;
    if (count === 0 || event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.#draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.choose(this.active);
    } else if (event.key === "Escape") {
      this.#closedAt = this.#typed?.from ?? -1;
      this.#close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /**
   * Replaces only the sign and the words. As typed text, so that the browser's undo takes it back.
   *
   * @param {number} from
   * @param {number} to
   * @param {string} text
   */
  #replace(from, to, text) {
    const field = /** @type {HTMLTextAreaElement} */ (this.#field);
    field.focus({ preventScroll: true });
    field.setSelectionRange(from, to);
    const isDone = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!isDone) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #close() {
    if (this.isOpen) {
      this.isOpen = false;
      this.shown = [];
      this.#draw();
    }
  }
}
