/**
 * Colleagues who can be mentioned: "@" in an internal text opens the list, the keyboard alone uses it.
 * @module desk-mention-menu
 */

import { element, show } from "./dom.js";
import { plainName } from "./safe-text.js";

/** An at sign at the beginning or after a space or bracket, and what was typed behind it up to the cursor. */
const TYPED = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u;
const MOST_SHOWN = 8;

/**
 * A colleague, as the server lists them.
 *
 * @typedef {Object} Colleague
 * @property {string} username
 * @property {string} displayName
 * @property {boolean} works whether a conversation can be passed to them
 * @property {boolean} sees whether they may see what the text is about
 */

/** The list below a field. The field keeps the focus; the list only follows the keys. */
export class MentionMenu {
  #field;
  #load;
  /** @type {Colleague[]} */
  #all = [];
  /** @type {Colleague[]} */
  #shown = [];
  #active = 0;
  #isOpen = false;
  /** The place of an at sign for which the agent closed the list. */
  #closedAt = -1;
  #list;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {string} label what the list is called
   * @param {function(): Promise<Colleague[]>} load reads the colleagues
   */
  constructor(field, label, load) {
    this.#field = field;
    this.#load = load;
    this.#list = element("ul", { class: "replies", role: "listbox", id: `${field.id}-mentions`, "aria-label": label, hidden: true });
    field.after(this.#list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", this.#list.id);
    field.addEventListener("input", () => this.#follow());
    field.addEventListener("click", () => this.#follow());
    field.addEventListener("blur", () => this.#close());
    // Before the form's own keys: Enter chooses here and does not send.
    field.addEventListener("keydown", (event) => this.#press(event), { capture: true });
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option instanceof HTMLElement) {
        this.#choose(this.#shown[Number(option.dataset.place)]);
      }
    });
  }

  #typed() {
    const { selectionStart, selectionEnd, value } = this.#field;
    const found = selectionStart === selectionEnd ? TYPED.exec(value.slice(0, selectionStart)) : null;
    return found ? { words: found[1].toLowerCase(), from: selectionStart - found[1].length - 1, to: selectionStart } : null;
  }

  #follow() {
    const typed = this.#typed();
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
    try {
      this.#all = (await this.#load()).filter((one) => one.sees);
      const typed = this.#typed();
      if (this.#isOpen && typed) {
        this.#draw(typed.words);
      }
    } catch {
      // Without an answer nobody is suggested; a name that is typed in full counts all the same.
    }
  }

  /** @param {string} words */
  #draw(words) {
    this.#shown = this.#all
      .filter((one) => one.username.startsWith(words) || plainName(one.displayName).toLowerCase().includes(words))
      .slice(0, MOST_SHOWN);
    this.#list.replaceChildren(
      ...this.#shown.map((one, place) =>
        element(
          "li",
          { class: "reply", role: "option", id: `${this.#list.id}-${place}`, data: { place: String(place) } },
          element("span", { class: "reply__head" }, element("bdi", { text: plainName(one.displayName, one.username) }), element("span", { class: "muted small", text: `@${one.username}` })),
        ),
      ),
    );
    show(this.#list, this.#shown.length > 0);
    this.#mark(0);
  }

  /** @param {number} place */
  #mark(place) {
    this.#active = place;
    [...this.#list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
    const row = this.#list.children[place];
    if (row) {
      row.scrollIntoView({ block: "nearest" });
      this.#field.setAttribute("aria-activedescendant", row.id);
    } else {
      this.#field.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const count = this.#shown.length;
    if (!this.#isOpen || count === 0 || event.isComposing) {
      return;
    }
    const moves = /** @type {Object<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });
    if (event.key in moves) {
      this.#mark((this.#active + moves[event.key] + count) % count);
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#choose(this.#shown[this.#active]);
    } else if (event.key === "Escape") {
      this.#closedAt = this.#typed()?.from ?? -1;
      this.#close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {Colleague} colleague */
  #choose(colleague) {
    const typed = this.#typed();
    if (typed) {
      this.#field.setRangeText(`@${colleague.username} `, typed.from, typed.to, "end");
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.#close();
  }

  #close() {
    this.#isOpen = false;
    this.#shown = [];
    show(this.#list, false);
    this.#field.removeAttribute("aria-activedescendant");
  }
}
