/**
 * Writing to the customer of a case: now, or at a later time.
 * @module desk-follow-up
 */

import { newKey } from "./api.js";
import { growWithText } from "./dom.js";
import { instantOf, localTimeIn } from "./local-time.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

/** How far ahead a message can be planned, in milliseconds: a day less than the server accepts, whatever the time zone. */
const LONGEST_WAIT = 365 * 24 * 60 * 60_000;

/**
 * What is planned for a case.
 *
 * @typedef {{id: string, agent: string, text: string, sendAt: string, state: string}} Planned
 */

/**
 * The part of a case's panel in which an agent writes to the customer, and everybody reads what is planned. One for each case: give it the
 * number as its key.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {boolean} properties.mayChange whether the agent may write
 * @param {import("./desk-drafts.js").Drafts} properties.drafts
 * @param {import("./desk-types.js").SupportCase} properties.shown
 * @param {function(string): string} properties.id makes ids that are unique on the page
 * @param {function(string): void} properties.wrote receives the id of the conversation in which a message was written
 */
export function FollowUp({ api, texts, mayChange, drafts, shown, id, wrote }) {
  const { number, conversations } = shown;
  const subject = `cases/${number}`;
  const timeDraft = `forms/send-at-${number}`;
  const latest = conversations.at(-1) ?? null;
  const area = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const when = useRef(/** @type {HTMLInputElement|null} */ (null));
  /** Under one key a message is written once, however often it is sent. */
  const key = useRef("");
  const [obstacle, setObstacle] = useState("");
  const [planned, setPlanned] = useState(/** @type {Planned[]} */ ([]));
  const parts = () => ({ text: /** @type {HTMLTextAreaElement} */ (area.current), time: /** @type {HTMLInputElement} */ (when.current) });

  const readPlanned = async () => {
    try {
      setPlanned((await api.get(`${subject}/scheduled-messages`)).items);
    } catch {
      // The list appears with the next case, or after a message is planned.
    }
  };
  useLayoutEffect(() => {
    readPlanned();
    const text = area.current;
    if (!text) {
      return;
    }
    growWithText(text);
    text.value = drafts.of(subject).text;
    const time = parts().time;
    time.value = drafts.form(timeDraft).at ?? "";
    // What the agent has begun in another browser, unless something is written here.
    drafts.take(subject).then((draft) => {
      if (text.isConnected && !text.value && draft.text) {
        text.value = draft.text;
        text.dispatchEvent(new Event("input"));
      }
    });
    drafts.takeForm(timeDraft).then((begun) => {
      if (time.isConnected && !time.value && begun.at) {
        time.value = begun.at;
      }
    });
  }, []);
  // A case that is read anew has changed: what was planned may have been sent meanwhile.
  useEffect(() => {
    readPlanned();
  }, [shown]);
  useEffect(() => {
    if (!latest || !mayChange) {
      return undefined;
    }
    let isOutdated = false;
    api.get(`conversations/${latest}/reach`).then(
      (/** @type {{open: boolean, code: string}} */ reach) => isOutdated || setObstacle(reach.open ? "" : texts.say(`reach.${reach.code}`)),
      () => {
        // The message itself will say what is wrong.
      },
    );
    return () => {
      isOutdated = true;
    };
  }, [latest]);

  const changed = () => {
    key.current = newKey();
    drafts.change(subject, { text: parts().text.value });
  };
  const timeChanged = () => {
    key.current = newKey();
    const at = parts().time.value;
    drafts.changeForm(timeDraft, at ? { at } : {});
  };
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { text: field, time } = parts();
    const text = field.value.trim();
    if (!text) {
      field.focus();
      return;
    }
    const sendAt = instantOf(time.value);
    key.current ||= newKey();
    const message = { text, clientMessageId: key.current };
    try {
      if (sendAt) {
        setPlanned((await api.post(`${subject}/scheduled-messages`, { ...message, sendAt })).items);
        tellSuccess(texts, texts.say("followUp.plannedFor", { at: texts.moment(sendAt) }));
      } else {
        const written = await api.post(`${subject}/messages`, message);
        tellSuccess(texts, texts.say("followUp.sent"));
        wrote(written.conversationId);
      }
      drafts.change(subject, { text: "" });
      drafts.save(subject);
      if (sendAt) {
        drafts.changeForm(timeDraft, {});
      }
      field.value = "";
      time.value = "";
      key.current = newKey();
    } catch (failure) {
      tellFailure(texts, failure);
    }
  };
  const cancel = async (/** @type {Planned} */ one) => {
    try {
      await api.delete(`scheduled-messages/${one.id}`);
      tellSuccess(texts, texts.say("followUp.cancelled"));
    } catch (failure) {
      tellFailure(texts, failure);
    }
    area.current?.focus();
    readPlanned();
  };
  const unsent = planned.filter((one) => one.state === "waiting" || one.state === "failed");
  if (!mayChange && unsent.length === 0) {
    return null;
  }
  return html`<section class="panel-part">
    <h4>${texts.say(mayChange ? "followUp.title" : "followUp.planned")}</h4>
    <p class="form-error" role="status" hidden=${!obstacle}>${obstacle && html`<${Icon} name="alert" /><span>${obstacle}</span>`}</p>
    <ul class="notes" aria-label=${texts.say("followUp.planned")}>
      ${unsent.map(
        (one) => html`<li class="note" key=${one.id}>
          <p class="note__head small"><bdi>${plainName(one.agent)}</bdi> · ${texts.say(`followUp.${one.state}`, { at: texts.moment(one.sendAt) })}</p>
          <p class="prose" dir="auto">${one.text}</p>
          ${mayChange &&
          one.state === "waiting" &&
          html`<button type="button" class="button button--secondary" onClick=${() => cancel(one)}><${Icon} name="close" /><span>${texts.say("followUp.cancel")}</span></button>`}
        </li>`,
      )}
    </ul>
    ${mayChange &&
    html`<form class="field" onSubmit=${submit}>
      <label for=${id("follow-up")}>${texts.say("followUp.label")}</label>
      <textarea class="input" id=${id("follow-up")} ref=${area} rows="2" maxlength="16000" dir="auto" placeholder=${texts.say("followUp.hint")} onInput=${changed}></textarea>
      <label for=${id("send-at")}>${texts.say("followUp.when")}</label>
      <input class="input" id=${id("send-at")} ref=${when} type="datetime-local" min=${localTimeIn(60_000)} max=${localTimeIn(LONGEST_WAIT)} onInput=${timeChanged} />
      <div class="form__actions">
        <button type="submit" class="button button--primary button--small" id=${id("follow-up-send")}>${texts.say("followUp.send")}</button>
      </div>
    </form>`}
  </section>`;
}
