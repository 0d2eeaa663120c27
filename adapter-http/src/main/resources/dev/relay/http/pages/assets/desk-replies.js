/**
 * Saved replies and macros where the agent writes: "/" opens the list, the keyboard alone uses it.
 * @module desk-replies
 */

import { byId, element, setText, show } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { plainName } from "./safe-text.js";

/** A slash at the beginning or after a space, and what was typed behind it up to the cursor. */
const TYPED = /(?:^|\s)\/([\p{L}\p{N}-]*)$/u;
const MOST_SHOWN = 50;

/** The list above the composer. The text keeps the focus; the list only follows the keys. */
export class ReplyMenu {
  #api;
  #texts;
  #text;
  #apply;
  #list = byId("replies");
  #dialog = byId("macro-dialog");
  #conversation = null;
  #replies = [];
  #shown = [];
  #active = 0;
  #isOpen = false;
  /** The place of a slash for which the agent closed the list. */
  #closedAt = -1;
  #macro = null;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {HTMLTextAreaElement} text where the agent writes
   * @param {function(Object): void} apply applies a macro
   */
  constructor(api, texts, text, apply) {
    this.#api = api;
    this.#texts = texts;
    this.#text = text;
    this.#apply = apply;
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", this.#list.id);
    text.setAttribute("aria-haspopup", "listbox");
    text.addEventListener("input", () => this.#follow());
    text.addEventListener("click", () => this.#follow());
    text.addEventListener("blur", () => this.#close());
    // Before the composer's own keys: Enter chooses here and does not send.
    text.addEventListener("keydown", (event) => this.#press(event), { capture: true });
    this.#list.addEventListener("pointerdown", (event) => {
      // The text keeps the focus.
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) {
        this.#choose(this.#shown[Number(option.dataset.place)]);
      }
    });
    prepareDialog(this.#dialog);
    byId("macro-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#dialog.close();
      this.#apply(this.#macro);
    });
    this.#dialog.addEventListener("close", () => text.focus({ preventScroll: true }));
  }

  /** Offers the replies for another conversation. */
  switchTo(conversation) {
    this.#conversation = conversation;
    this.#replies = [];
    this.#close();
  }

  get #typed() {
    const { selectionStart, selectionEnd, value } = this.#text;
    const found = selectionStart === selectionEnd ? TYPED.exec(value.slice(0, selectionStart)) : null;
    return found ? { words: found[1].toLowerCase(), from: selectionStart - found[1].length - 1, to: selectionStart } : null;
  }

  #follow() {
    const typed = this.#typed;
    if (!typed || typed.from !== this.#closedAt) {
      this.#closedAt = -1;
    }
    if (!typed || this.#closedAt !== -1) {
      this.#close();
      return;
    }
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#load();
    }
    this.#draw(typed.words);
  }

  async #load() {
    const conversation = this.#conversation;
    try {
      const { items } = await this.#api.get(`saved-replies?conversation=${conversation}`);
      if (conversation === this.#conversation) {
        this.#replies = items;
        if (this.#isOpen && this.#typed) {
          this.#draw(this.#typed.words);
        }
      }
    } catch {
      // Without an answer the list shows what it has; the text is the agent's own either way.
    }
  }

  #draw(words) {
    const begins = (reply) => reply.shortcut.startsWith(words);
    const fits = (reply) => begins(reply) || plainName(reply.name).toLowerCase().includes(words);
    this.#shown = this.#replies
      .filter(fits)
      .sort((one, other) => Number(begins(other)) - Number(begins(one)))
      .slice(0, MOST_SHOWN);
    this.#active = 0;
    this.#list.replaceChildren(...this.#shown.map((reply, place) => this.#option(reply, place)));
    show(this.#list, this.#shown.length > 0);
    this.#mark();
    setText(byId("replies-count"), this.#texts.say("replies.found", { amount: this.#shown.length }));
  }

  #option(reply, place) {
    const words = reply.text ?? "";
    return element(
      "li",
      { class: "reply", id: `reply-${place}`, role: "option", data: { place } },
      element(
        "span",
        { class: "reply__head" },
        element("strong", { dir: "auto", text: plainName(reply.name) }),
        element("code", { class: "reply__shortcut", text: `/${reply.shortcut}` }),
        reply.macro && element("span", { class: "badge badge--accent", text: this.#texts.say("replies.macro") }),
      ),
      element("span", { class: "reply__text muted small", dir: "auto", text: words }),
    );
  }

  #mark() {
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#active)));
    const option = this.#list.children[this.#active];
    if (option) {
      this.#text.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.#text.removeAttribute("aria-activedescendant");
    }
  }

  #press(event) {
    if (!this.#isOpen || event.isComposing || this.#list.hidden) {
      return;
    }
    const count = this.#shown.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.#active = (this.#active + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.#mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#choose(this.#shown[this.#active]);
    } else if (event.key === "Escape") {
      this.#closedAt = this.#typed?.from ?? -1;
      this.#close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #choose(reply) {
    const typed = this.#typed;
    this.#close();
    if (!reply || !typed) {
      return;
    }
    this.#replace(typed.from, typed.to, reply.macro ? "" : reply.text);
    if (reply.macro) {
      this.#ask(reply);
    }
  }

  /** Replaces only the shortcut. As typed text, so that the browser's undo takes it back. */
  #replace(from, to, text) {
    this.#text.focus({ preventScroll: true });
    this.#text.setSelectionRange(from, to);
    const isDone = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!isDone) {
      this.#text.setRangeText(text, from, to, "end");
      this.#text.dispatchEvent(new Event("input"));
    }
  }

  #ask(reply) {
    this.#macro = reply;
    setText(byId("macro-title"), this.#texts.say("macro.question", { name: plainName(reply.name) }));
    const text = byId("macro-text");
    setText(text, reply.text ?? "");
    show(text, Boolean(reply.text));
    byId("macro-steps").replaceChildren(...macroSteps(reply.macro, this.#texts).map((step) => element("li", { dir: "auto", text: step })));
    this.#dialog.showModal();
    byId("macro-confirm").focus();
  }

  #close() {
    if (this.#isOpen) {
      this.#isOpen = false;
      show(this.#list, false);
      this.#text.removeAttribute("aria-activedescendant");
      setText(byId("replies-count"), "");
    }
  }
}

/**
 * What a macro does besides writing, in words.
 *
 * @param {Object} macro
 * @param {import("./i18n.js").Texts} texts
 * @returns {string[]}
 */
export function macroSteps({ status, priority, tags, queue, note, ends }, texts) {
  return [
    status && texts.say("macro.status", { status: texts.name("case.status", status) }),
    priority && texts.say("macro.priority", { priority: texts.name("case.priority", priority) }),
    tags.length > 0 && texts.say("macro.tags", { tags: tags.join(", ") }),
    queue && texts.say("macro.queue", { queue }),
    note && texts.say("macro.note", { note }),
    ends && texts.say("macro.ends"),
  ].filter(Boolean);
}
