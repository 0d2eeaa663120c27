/**
 * Saved replies and macros where the agent writes: "/" opens the list.
 * @module desk-replies
 */

import { byId, element, setText, show } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { plainName } from "./safe-text.js";
import { Suggestions } from "./suggestions.js";

/** A slash at the beginning or after a space, and what was typed behind it up to the cursor. */
const TYPED = /(?:^|\s)\/([\p{L}\p{N}-]*)$/u;
const MOST_SHOWN = 50;

/** The list above the composer, and the question before a macro. */
export class ReplyMenu {
  #texts;
  #apply;
  #dialog = byId("macro-dialog");
  #conversation = null;
  #suggestions;
  #macro = null;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {HTMLTextAreaElement} text where the agent writes
   * @param {function(Object): void} apply applies a macro
   */
  constructor(api, texts, text, apply) {
    this.#texts = texts;
    this.#apply = apply;
    this.#suggestions = new Suggestions(text, byId("replies"), {
      typed: TYPED,
      load: async () => (await api.get(`saved-replies?conversation=${this.#conversation}`)).items,
      find: fitting,
      shown: (reply) => this.#shown(reply),
      text: (reply) => (reply.macro ? "" : reply.text),
      chosen: (reply) => reply.macro && this.#ask(reply),
      counted: (amount) => setText(byId("replies-count"), amount === null ? "" : texts.say("replies.found", { amount })),
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
    this.#suggestions.clear();
  }

  #shown(reply) {
    return [
      element(
        "span",
        { class: "reply__head" },
        element("strong", { dir: "auto", text: plainName(reply.name) }),
        element("code", { class: "reply__shortcut", text: `/${reply.shortcut}` }),
        reply.macro && element("span", { class: "badge badge--accent", text: this.#texts.say("replies.macro") }),
      ),
      element("span", { class: "reply__text muted small", dir: "auto", text: reply.text ?? "" }),
    ];
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
}

/** The replies whose shortcut begins with the words, then those whose name has them. */
function fitting(replies, words) {
  const begins = (reply) => reply.shortcut.startsWith(words);
  return replies
    .filter((reply) => begins(reply) || plainName(reply.name).toLowerCase().includes(words))
    .sort((one, other) => Number(begins(other)) - Number(begins(one)))
    .slice(0, MOST_SHOWN);
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
