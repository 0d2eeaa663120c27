/**
 * Saved replies and macros where the agent writes: "/" opens the list.
 * @module desk-replies
 */

import { closingBeside } from "./menu.js";
import { useLayoutEffect, useRef } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Suggestions } from "./suggestions.js";
import { html } from "./ui.js";

/** A slash at the beginning or after a space, and what was typed behind it up to the cursor. */
const TYPED = /(?:^|\s)\/([\p{L}\p{N}-]*)$/u;
const MOST_SHOWN = 50;

/**
 * What a macro does besides writing.
 *
 * @typedef {Object} Macro
 * @property {string|null} [status]
 * @property {string|null} [priority]
 * @property {string[]} tags
 * @property {string|null} [queue]
 * @property {string|null} [note]
 * @property {boolean} [ends] whether it ends the conversation
 */

/**
 * A saved reply with its placeholders filled for a conversation.
 *
 * @typedef {Object} SavedReply
 * @property {string} id
 * @property {string} name
 * @property {string} shortcut
 * @property {string} [text]
 * @property {Macro|null} [macro]
 */

/**
 * The list above the composer.
 *
 * @param {Object} properties
 * @param {{current: HTMLTextAreaElement|null}} properties.field where the agent writes
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {string} properties.conversation its id
 * @param {function(SavedReply): void} properties.askMacro called when a macro was chosen
 */
export function ReplyList({ field, api, texts, conversation, askMacro }) {
  /** @type {import("./suggestions.js").Offer<SavedReply>} */
  const offer = {
    typed: TYPED,
    load: async () => (await api.get(`saved-replies?conversation=${conversation}`)).items,
    find: fitting,
    shown: (reply) => html`
      <span class="reply__head">
        <strong dir="auto">${plainName(reply.name)}</strong>
        <code class="reply__shortcut">/${reply.shortcut}</code>
        ${reply.macro && html`<span class="badge badge--accent">${texts.say("replies.macro")}</span>`}
      </span>
      <span class="reply__text muted small" dir="auto">${reply.text ?? ""}</span>
    `,
    text: (reply) => (reply.macro ? "" : (reply.text ?? "")),
    chosen: (reply) => reply.macro && askMacro(reply),
    counted: (amount) => texts.say("replies.found", { amount }),
  };
  return html`<${Suggestions} field=${field} id="replies" label=${texts.say("replies.title")} offer=${offer} />`;
}

/**
 * The replies whose shortcut begins with the words, then those whose name has them.
 *
 * @param {SavedReply[]} replies
 * @param {string} words
 */
function fitting(replies, words) {
  const begins = (/** @type {SavedReply} */ reply) => reply.shortcut.startsWith(words);
  return replies
    .filter((reply) => begins(reply) || plainName(reply.name).toLowerCase().includes(words))
    .sort((one, other) => Number(begins(other)) - Number(begins(one)))
    .slice(0, MOST_SHOWN);
}

/**
 * The question before a macro; closed unless there is one.
 *
 * @param {Object} properties
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {SavedReply|null} properties.reply
 * @param {function(SavedReply): void} properties.apply
 * @param {function(): void} properties.closed called after an answer, also if the dialog was dismissed
 */
export function MacroQuestion({ texts, reply, apply, closed }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    if (reply) {
      dialog.current?.showModal();
      /** @type {HTMLElement} */ (dialog.current?.querySelector("#macro-confirm")).focus();
    }
  }, [reply]);
  const close = () => dialog.current?.close();
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    close();
    if (reply) {
      apply(reply);
    }
  };
  return html`
    <dialog class="dialog" ref=${dialog} id="macro-dialog" aria-labelledby="macro-title" onClose=${closed} onClick=${closingBeside(close)}>
      ${reply?.macro &&
      html`<form class="dialog__body" id="macro-form" method="dialog" onSubmit=${submit}>
        <h2 id="macro-title">${texts.say("macro.question", { name: plainName(reply.name) })}</h2>
        ${reply.text && html`<p class="macro-text" id="macro-text" dir="auto">${reply.text}</p>`}
        <ul class="macro-steps" id="macro-steps">${macroSteps(reply.macro, texts).map((step) => html`<li key=${step} dir="auto">${step}</li>`)}</ul>
        <div class="form__actions">
          <button type="button" class="button button--secondary" onClick=${close}>${texts.say("action.cancel")}</button>
          <button type="submit" class="button button--primary" id="macro-confirm">${texts.say("macro.apply")}</button>
        </div>
      </form>`}
    </dialog>
  `;
}

/**
 * What a macro does besides writing, in words.
 *
 * @param {Macro} macro
 * @param {import("./i18n.js").Texts} texts
 * @returns {string[]}
 */
export function macroSteps({ status, priority, tags, queue, note, ends }, texts) {
  const steps = [
    status && texts.say("macro.status", { status: texts.name("case.status", status) }),
    priority && texts.say("macro.priority", { priority: texts.name("case.priority", priority) }),
    tags.length > 0 && texts.say("macro.tags", { tags: tags.join(", ") }),
    queue && texts.say("macro.queue", { queue }),
    note && texts.say("macro.note", { note }),
    ends && texts.say("macro.ends"),
  ];
  return steps.flatMap((step) => step || []);
}

/**
 * Checks whether a macro tells the customer something.
 *
 * @param {SavedReply} reply
 */
export function tellsCustomer({ text, macro }) {
  return Boolean(text || macro?.status || macro?.ends);
}
