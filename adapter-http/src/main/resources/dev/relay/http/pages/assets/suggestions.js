/**
 * Suggestions while somebody writes: a sign such as "@" opens a list at the field, the keyboard alone uses it.
 * @module suggestions
 */

import { element, show } from "./dom.js";

/**
 * What is suggested.
 *
 * @template T
 * @typedef {Object} Offer
 * @property {RegExp} typed matches a text that ends with the sign and the words behind it, which are its first group
 * @property {function(): Promise<T[]>} load reads what can be suggested, each time the list opens
 * @property {function(T[], string): T[]} find chooses what fits the words, in the order of the list
 * @property {function(T): (Node|false)[]} shown makes the content of an option
 * @property {function(T): string} text what replaces the sign and the words
 * @property {function(T): void} [chosen] called after they were replaced
 * @property {function(number|null): void} [counted] receives how many are suggested; null once the list is closed
 */

/**
 * The list of a field. The field keeps the focus; the list only follows the keys.
 *
 * @template T
 */
export class Suggestions {
  #field;
  #list;
  #offer;
  /** @type {T[]} */
  #all = [];
  /** @type {T[]} */
  #shown = [];
  #active = 0;
  #isOpen = false;
  /** The place of a sign for which the list was closed. */
  #closedAt = -1;
  /** Counts the changes of what can be suggested, so that an answer from before is not shown. */
  #turn = 0;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {HTMLElement} list the list, empty and hidden
   * @param {Offer<T>} offer
   */
  constructor(field, list, offer) {
    this.#field = field;
    this.#list = list;
    this.#offer = offer;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", list.id);
    field.addEventListener("input", () => this.#follow());
    field.addEventListener("click", () => this.#follow());
    field.addEventListener("blur", () => this.#close());
    // Before the form's own keys: Enter chooses here and does not send.
    field.addEventListener("keydown", (event) => this.#press(event), { capture: true });
    list.addEventListener("pointerdown", (event) => {
      // The field keeps the focus.
      event.preventDefault();
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) {
        this.#choose([...list.children].indexOf(option));
      }
    });
  }

  /** Forgets what was read, because something else can be suggested from now on. */
  clear() {
    this.#turn += 1;
    this.#all = [];
    this.#close();
  }

  get #typed() {
    const { selectionStart, selectionEnd, value } = this.#field;
    const found = selectionStart === selectionEnd ? this.#offer.typed.exec(value.slice(0, selectionStart)) : null;
    return found ? { words: found[1].toLowerCase(), from: selectionStart - found[1].length - 1, to: selectionStart } : null;
  }

  #follow() {
    const typed = this.#typed;
    if (typed?.from !== this.#closedAt) {
      this.#closedAt = -1;
    }
    if (!typed || this.#closedAt !== -1) {
      this.#close();
      return;
    }
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#read();
    }
    this.#draw(typed.words);
  }

  async #read() {
    const turn = this.#turn;
    try {
      const all = await this.#offer.load();
      if (turn === this.#turn) {
        this.#all = all;
        const typed = this.#typed;
        if (this.#isOpen && typed) {
          this.#draw(typed.words);
        }
      }
    } catch {
      // Without an answer the list shows what it has; what is typed in full counts all the same.
    }
  }

  /** @param {string} words */
  #draw(words) {
    this.#shown = this.#offer.find(this.#all, words);
    this.#list.replaceChildren(
      ...this.#shown.map((one, place) => element("li", { class: "reply", id: `${this.#list.id}-${place}`, role: "option" }, ...this.#offer.shown(one))),
    );
    show(this.#list, this.#shown.length > 0);
    this.#mark(0);
    this.#offer.counted?.(this.#shown.length);
  }

  /** @param {number} place */
  #mark(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = this.#list.children[place];
    if (option) {
      option.scrollIntoView({ block: "nearest" });
      this.#field.setAttribute("aria-activedescendant", option.id);
    } else {
      this.#field.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const count = this.#shown.length;
    if (count === 0 || event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#mark((this.#active + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#choose(this.#active);
    } else if (event.key === "Escape") {
      this.#closedAt = this.#typed?.from ?? -1;
      this.#close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {number} place */
  #choose(place) {
    const typed = this.#typed;
    const one = this.#shown[place];
    this.#close();
    if (typed) {
      this.#replace(typed.from, typed.to, this.#offer.text(one));
      this.#offer.chosen?.(one);
    }
  }

  /**
   * Replaces only the sign and the words. As typed text, so that the browser's undo takes it back.
   *
   * @param {number} from
   * @param {number} to
   * @param {string} text
   */
  #replace(from, to, text) {
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(from, to);
    const isDone = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!isDone) {
      this.#field.setRangeText(text, from, to, "end");
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  #close() {
    this.#isOpen = false;
    this.#shown = [];
    show(this.#list, false);
    this.#field.removeAttribute("aria-activedescendant");
    this.#offer.counted?.(null);
  }
}
