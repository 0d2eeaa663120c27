/**
 * Passing a conversation on: to a colleague, who has it at once, or to a queue, with a note.
 * @module desk-pass-on
 */

import { closingBeside } from "./menu.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { areSent } from "./desk-sending.js";
import { reasonOf } from "./question.js";
import { plainName } from "./safe-text.js";
import { Select, html } from "./ui.js";

const LONGEST_NOTE = 4_000;

/**
 * The conversation that is passed on.
 *
 * @typedef {Object} Conversation
 * @property {string} id
 * @property {string} queue
 * @property {{username: string}|null} agent
 */

/**
 * What the dialog needs.
 *
 * @typedef {Object} PassOnProperties
 * @property {import("./api.js").Api} api
 * @property {import("./i18n.js").Texts} texts
 * @property {import("./desk-drafts.js").Drafts} drafts
 * @property {Conversation|null} conversation
 * @property {function(Conversation, string): void} passed receives the conversation and to whom it went
 * @property {function(): void} close
 */

/**
 * The dialog; closed unless there is a conversation.
 *
 * @param {PassOnProperties} properties
 */
export function PassOn({ api, texts, drafts, conversation, passed, close }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useLayoutEffect(() => {
    const shown = /** @type {HTMLDialogElement} */ (dialog.current);
    if (conversation && !shown.open) {
      shown.showModal();
    } else if (!conversation && shown.open) {
      shown.close();
    }
  }, [conversation]);
  return html`
    <dialog class="dialog" ref=${dialog} id="pass-on" aria-labelledby="pass-on-title" onClose=${close} onClick=${closingBeside(close)}>
      <div class="dialog__head"><h2 id="pass-on-title">${texts.say("passOn.title")}</h2></div>
      ${conversation && html`<${Form} key=${conversation.id} ...${{ api, texts, drafts, conversation, passed, close }} />`}
    </dialog>
  `;
}

/**
 * Who can get it, and why.
 *
 * @param {PassOnProperties & {conversation: Conversation}} properties
 */
function Form({ api, texts, drafts, conversation, passed, close }) {
  const subject = `forms/pass-on-${conversation.id}`;
  const [options, setOptions] = useState(/** @type {[string, string][]|null} */ (null));
  const [target, setTarget] = useState("");
  const [note, setNote] = useState(() => String(drafts.form(subject).note ?? ""));
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    // What the agent has begun in another browser, unless something is written here.
    drafts.takeForm(subject).then((begun) => setNote((now) => now || String(begun.note ?? "")));
    Promise.all([api.get(`conversations/${conversation.id}/colleagues`), api.get("queues")]).then(
      ([colleagues, queues]) => {
        const agents = colleagues.items
          .filter((/** @type {import("./desk-mention-menu.js").Colleague} */ one) => one.works && one.username !== conversation.agent?.username)
          .map((/** @type {import("./desk-mention-menu.js").Colleague} */ one) => [`agent:${one.username}`, texts.say("passOn.agent", { agent: plainName(one.displayName, one.username) })]);
        const others = queues.items
          .filter((/** @type {{name: string}} */ one) => one.name !== conversation.queue)
          .map((/** @type {{name: string}} */ one) => [`queue:${one.name}`, texts.say("passOn.queue", { queue: plainName(one.name) })]);
        setOptions([["", texts.say("passOn.choose")], ...agents, ...others]);
      },
      (failure) => setError(reasonOf(texts, failure)),
    );
  }, []);
  const write = (/** @type {string} */ text) => {
    setNote(text);
    drafts.changeForm(subject, text.trim() ? { note: text } : {});
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!target) {
      setError(texts.say("passOn.missing"));
      return;
    }
    const [kind, name] = [target.slice(0, 5), target.slice(6)];
    setBusy(true);
    if (!(await areSent((message) => message.conversation === conversation.id))) {
      setError(texts.say("delivery.first"));
      setBusy(false);
      return;
    }
    try {
      const answer = await api.post(`conversations/${conversation.id}/transfer`, { [kind]: name, ...(note.trim() ? { note: note.trim() } : {}) });
      drafts.changeForm(subject, {});
      passed(answer, options?.find(([value]) => value === target)?.[1] ?? name);
      close();
    } catch (failure) {
      // What was typed stays: the dialog is still open.
      setError(reasonOf(texts, failure));
      setBusy(false);
    }
  };
  return html`
    <form class="dialog__body form" id="pass-on-form" onSubmit=${submit}>
      ${error && html`<p class="form-error" role="alert">${error}</p>`}
      <${Select} id="pass-on-target" label=${texts.say("passOn.to")} options=${options ?? [["", texts.say(error ? "passOn.choose" : "desk.loading")]]} value=${target} choose=${setTarget} />
      <div class="field">
        <label for="pass-on-note">${texts.say("passOn.note")}</label>
        <textarea class="input" id="pass-on-note" rows="3" maxlength=${LONGEST_NOTE} dir="auto" value=${note} onInput=${(/** @type {any} */ event) => write(event.target.value)} aria-describedby="pass-on-hint"></textarea>
        <p class="field__hint" id="pass-on-hint">${texts.say("passOn.noteHint")}</p>
      </div>
      <div class="form__actions">
        <button type="button" class="button button--secondary" onClick=${close}>${texts.say("action.cancel")}</button>
        <button type="submit" class="button button--primary" id="pass-on-confirm" disabled=${isBusy || !options}>${texts.say("passOn.confirm")}</button>
      </div>
    </form>
  `;
}
