/**
 * Internal messages: whom the agent writes to, and the form for colleagues. Its text is another one than the answer to the customer, so
 * that a change between the two sends neither in place of the other.
 * @module desk-internal
 */

import { MentionList } from "./desk-mention-menu.js";
import { growWithText } from "./dom.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { Icon, html } from "./ui.js";

const LONGEST_TEXT = 4_000;

/**
 * The choice of whom the agent writes to.
 *
 * @param {Object} properties
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {"answer"|"internal"} properties.mode
 * @param {function("answer"|"internal"): void} properties.choose
 */
export function ModeSwitch({ texts, mode, choose }) {
  const option = (/** @type {"answer"|"internal"} */ name, /** @type {string} */ icon) => html`
    <label class=${`mode mode--${name}`}>
      <input type="radio" name="composer-mode" id=${`mode-${name}`} checked=${mode === name} onChange=${() => choose(name)} />
      <${Icon} name=${icon} />
      <span>${texts.say(`mode.${name}`)}</span>
    </label>
  `;
  return html`<div class="modes" role="radiogroup" aria-label=${texts.say("mode.label")}>${option("answer", "chat")}${option("internal", "key")}</div>`;
}

/**
 * The form for an internal message.
 *
 * @param {Object} properties
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {import("./desk-drafts.js").Drafts} properties.drafts
 * @param {string} properties.subject the conversation, as a subject of drafts
 * @param {function(): Promise<import("./desk-mention-menu.js").Colleague[]>} properties.colleagues reads who can be mentioned
 * @param {function(string): void} properties.send
 */
export function InternalComposer({ texts, drafts, subject, colleagues, send }) {
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const [error, setError] = useState("");
  useLayoutEffect(() => {
    const area = /** @type {HTMLTextAreaElement} */ (field.current);
    growWithText(area);
    area.value = drafts.of(subject).note;
    drafts.fillNote(subject, area);
  }, []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const area = /** @type {HTMLTextAreaElement} */ (field.current);
    const text = area.value.trim();
    if (text.length > LONGEST_TEXT) {
      setError(texts.say("internal.tooLong", { length: text.length }));
    } else if (text) {
      send(text);
      area.value = "";
      area.dispatchEvent(new Event("input"));
      drafts.change(subject, { note: "" });
      drafts.save(subject);
    }
    area.focus();
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.defaultPrevented) {
      submit(event);
    }
  };
  const typed = () => {
    setError("");
    drafts.change(subject, { note: /** @type {HTMLTextAreaElement} */ (field.current).value });
  };
  return html`
    <form class="composer composer--internal" id="internal" autocomplete="off" onSubmit=${submit}>
      <p class="composer__internal"><${Icon} name="key" /><strong>${texts.say("internal.label")}</strong> <span>${texts.say("internal.hint")}</span></p>
      <div class="composer__row">
        <label class="visually-hidden" for="internal-text">${texts.say("internal.label")}</label>
        <div class="composer__field">
          <textarea class="composer__text" id="internal-text" ref=${field} rows="1" dir="auto" enterkeyhint="send" placeholder=${texts.say("internal.placeholder")} onInput=${typed} onKeyDown=${pressed}></textarea>
          <${MentionList} field=${field} id="internal-text-mentions" label=${texts.say("mention.list")} load=${colleagues} />
        </div>
        <button type="submit" class="button button--internal" id="internal-send"><${Icon} name="send" /><span>${texts.say("internal.send")}</span></button>
      </div>
      ${error && html`<p class="form-error" role="alert">${error}</p>`}
    </form>
  `;
}
