/**
 * Announcements to the community: composed, previewed, published at once or at a time; and those that are planned.
 * @module desk-announce
 */

import { newKey } from "./api.js";
import { instantOf, localTimeIn } from "./local-time.js";
import { markdown } from "./desk-markdown.js";
import { useLayoutEffect, useReducer, useRef, useState } from "./preact-hooks.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName, safeAddress } from "./safe-text.js";
import { Badge, Icon, html } from "./ui.js";

/** @typedef {{id: string, title: string, text: string, url: string|null, author: string, publishAt: string, state: string}} Planned */

const EMPTY = { title: "", text: "", url: "", at: "" };
const TONES = /** @type {Object<string, string>} */ ({ waiting: "accent", published: "success", failed: "danger" });
const IDS = { title: "announce-headline", text: "announce-words", url: "announce-url", at: "announce-at" };
const DRAFT = "forms/announcement";
/** How far ahead an announcement can be planned, in milliseconds: a day less than the server accepts, whatever the time zone. */
const LONGEST_WAIT = 364 * 24 * 60 * 60_000;

/** @param {typeof EMPTY} draft */
function isWritten(draft) {
  return Object.values(draft).some(Boolean);
}

/**
 * The form with its preview, and the list.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {function(string, function(): void): void} properties.ask asks before something that cannot be taken back
 * @param {import("./desk-drafts.js").Drafts} properties.drafts
 * @param {number} properties.shown another number whenever the page is opened
 */
export function Announcements({ api, texts, ask, drafts, shown }) {
  const [draft, setDraft] = useState(() => ({ ...EMPTY, ...drafts.form(DRAFT) }));
  const [items, setItems] = useState(/** @type {Planned[]} */ ([]));
  /** Whether there is a channel; assumed as long as the server has not said that there is none. */
  const [isPossible, setPossible] = useState(true);
  const [failure, setFailure] = useState("");
  const [changes, reload] = useReducer((/** @type {number} */ count) => count + 1, 0);
  /** The same key for each repeat of what may have been stored already. */
  const key = useRef("");
  useLayoutEffect(() => {
    read(api, (list) => {
      setItems(list.items);
      setPossible(list.possible);
    });
  }, [shown, changes]);

  useLayoutEffect(() => {
    // What the agent has begun in another browser, unless something is written here.
    drafts.takeForm(DRAFT).then((begun) => setDraft((now) => (isWritten(now) ? now : { ...EMPTY, ...begun })));
  }, []);

  const change = (/** @type {Partial<typeof EMPTY>} */ changed) => {
    key.current = "";
    const next = { ...draft, ...changed };
    setDraft(next);
    drafts.changeForm(DRAFT, isWritten(next) ? next : {});
  };
  const send = async () => {
    const { title, text, url, at } = draft;
    const body = { title, ...(text ? { text } : {}), ...(url ? { url } : {}) };
    try {
      key.current ||= newKey();
      const clientActionId = key.current;
      if (at) {
        const planned = await api.post("planned-announcements", { ...body, publishAt: instantOf(at), clientActionId });
        tellSuccess(texts, texts.say("announce.planned", { time: texts.moment(planned.publishAt) }));
      } else {
        const { held } = await api.post("announcements", { ...body, clientActionId });
        tellSuccess(texts, held ? texts.say("announce.held", { reason: held }) : texts.say("announce.done"));
      }
      key.current = "";
      setDraft(EMPTY);
      drafts.changeForm(DRAFT, {});
      setFailure("");
      reload();
    } catch (reason) {
      // What was written stays: after logging in again one press sends it.
      setFailure(reasonOf(texts, reason));
    }
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (draft.at) {
      send();
    } else {
      ask("announce.publish", send);
    }
  };
  const cancel = async (/** @type {string} */ id) => {
    try {
      await api.delete(`planned-announcements/${id}`);
      tellSuccess(texts, texts.say("announce.cancelled"));
    } catch (reason) {
      tellFailure(texts, reason);
    }
    reload();
  };
  const field = (/** @type {keyof typeof EMPTY} */ name) => ({
    id: IDS[name],
    class: "input",
    value: draft[name],
    onInput: (/** @type {{target: HTMLInputElement}} */ event) => change({ [name]: event.target.value }),
  });

  return html`
    ${!isPossible && html`<p class="muted" id="announce-impossible">${texts.say("announce.impossible")}</p>`}
    <form class="form" id="announce-form" hidden=${!isPossible} onSubmit=${submit}>
      <div class="field"><label for="announce-headline">${texts.say("announce.headline")}</label><input ...${field("title")} type="text" dir="auto" maxlength="200" required /></div>
      <div class="field"><label for="announce-words">${texts.say("announce.words")}</label><textarea ...${field("text")} dir="auto" rows="4" maxlength="4000"></textarea></div>
      <div class="field"><label for="announce-url">${texts.say("announce.url")}</label><input ...${field("url")} type="url" pattern="https://.*" maxlength="2000" /></div>
      <div class="field"><label for="announce-at">${texts.say("announce.at")}</label><input ...${field("at")} type="datetime-local" min=${localTimeIn(0)} max=${localTimeIn(LONGEST_WAIT)} /></div>
      ${(draft.title || draft.text) && html`<${Preview} draft=${draft} texts=${texts} />`}
      ${failure && html`<p class="form-error" id="announce-error" role="alert"><${Icon} name="alert" /><span>${failure}</span></p>`}
      <div class="form__actions"><button type="submit" class="button button--primary" id="announce-send">${texts.say(draft.at ? "announce.plan" : "announce.publish")}</button></div>
    </form>
    ${items.length > 0 &&
    html`<h3>${texts.say("announce.plannedTitle")}</h3>
      <ul class="tokens" id="planned-announcements">
        ${items.map(
          (item) => html`<li key=${item.id} class="token-item">
            <div>
              <p dir="auto"><strong>${plainName(item.title)}</strong> <${Badge} tone=${TONES[item.state] ?? "neutral"}>${texts.name("announce.state", item.state)}<//></p>
              <p class="muted small">${texts.say("announce.meta", { time: texts.moment(item.publishAt), author: plainName(item.author) })}</p>
            </div>
            ${item.state === "waiting" && html`<button type="button" class="button button--danger button--small" aria-label=${texts.say("announce.cancelLabel", { title: plainName(item.title) })} onClick=${() => cancel(item.id)}>${texts.say("announce.cancel")}</button>`}
          </li>`,
        )}
      </ul>`}
  `;
}

/**
 * An announcement as Discord shows it.
 *
 * @param {{draft: typeof EMPTY, texts: import("./i18n.js").Texts}} properties
 */
function Preview({ draft, texts }) {
  const link = safeAddress(draft.url);
  const title = plainName(draft.title);
  return html`<section class="announcement" id="announce-preview" aria-label=${texts.say("announce.preview")}>
    <p class="muted small">${texts.say("announce.preview")}</p>
    <div class="announcement__card" dir="auto">
      <p class="announcement__title">${link ? html`<a class="link" href=${link} target="_blank" rel="noopener noreferrer nofollow">${title}</a>` : title}</p>
      <div class="markdown">${markdown(draft.text)}</div>
    </div>
  </section>`;
}

/**
 * @param {import("./api.js").Api} api
 * @param {function({items: Planned[], possible: boolean}): void} show
 */
async function read(api, show) {
  try {
    show(await api.get("planned-announcements"));
  } catch {
    // Out of reach: the form works without the list.
  }
}
