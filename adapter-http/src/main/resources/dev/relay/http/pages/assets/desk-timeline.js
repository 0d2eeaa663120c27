/**
 * The timeline of a case: what was said in all its conversations, notes and changes, in one order.
 * @module desk-timeline
 */

import { query } from "./api.js";
import { conversationAddress } from "./desk-routes.js";
import { shownTranscript } from "./desk-transcript.js";
import { Day, Message, Notice } from "./message-view.js";
import { useEffect, useMemo, useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

const PAGE = 500;
/** The most pages that are read: a longer case is read in its conversations. */
const MOST_PAGES = 6;
/** How many rows exist at first, and how many more each press shows. */
const STEP = 100;

/**
 * The part of a case's panel that shows the timeline. One for each case: give it the number as its key.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {import("./desk-types.js").Me} properties.me
 * @param {import("./desk-types.js").SupportCase} properties.shown the case with its notes and history
 * @param {function(import("./desk-types.js").CaseChange): string} properties.changeText describes a change of the case
 */
export function CaseTimeline({ api, texts, me, shown, changeText }) {
  const [entries, setEntries] = useState(/** @type {{conversationId: string, entry: any}[]} */ ([]));
  const [most, setMost] = useState(STEP);
  useEffect(() => {
    let isOutdated = false;
    readTimeline(api, shown.number).then(
      (read) => isOutdated || setEntries(read),
      () => {
        // The notes and changes are there; the next change of the case reads again.
      },
    );
    return () => {
      isOutdated = true;
    };
  }, [shown]);
  const all = useMemo(() => models(entries, shown, me, texts), [entries, shown]);
  const part = all.slice(-most);
  return html`<section class="panel-part timeline" data-part="timeline">
    <h4>${texts.say("timeline.title")}</h4>
    ${part.length < all.length &&
    html`<button type="button" class="button button--secondary" onClick=${() => setMost(most + STEP)}><${Icon} name="plus" /><span>${texts.say("timeline.earlier")}</span></button>`}
    ${all.length === 0 && html`<p class="muted small">${texts.say("timeline.empty")}</p>`}
    <ol class="transcript" aria-label=${texts.say("timeline.title")}>
      ${withDays(part).map((model) => html`<${TimelineRow} key=${model.key} model=${model} context=${{ api, path: "attachments", texts }} changeText=${changeText} />`)}
    </ol>
  </section>`;
}

/**
 * @param {import("./api.js").Api} api
 * @param {string} number
 */
async function readTimeline(api, number) {
  const entries = [];
  for (let page = 0, after = null; page === 0 || (after && page < MOST_PAGES); page += 1) {
    const part = await api.get(`cases/${number}/timeline${query({ after, limit: PAGE })}`);
    entries.push(...part.items);
    after = part.next;
  }
  return entries;
}

/** @param {any[]} all */
function withDays(all) {
  let day = "";
  return all.flatMap((model) => {
    const date = new Date(model.at).toDateString();
    const isNew = date !== day;
    day = date;
    return isNew ? [{ key: `day-${date}`, at: model.at, day: true }, model] : [model];
  });
}

/**
 * @param {{conversationId: string, entry: any}[]} entries
 * @param {import("./desk-types.js").SupportCase} shown
 * @param {import("./desk-types.js").Me} me
 * @param {import("./i18n.js").Texts} texts
 * @returns {any[]}
 */
function models(entries, shown, me, texts) {
  const byConversation = new Map();
  for (const { conversationId, entry } of entries) {
    byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), entry]);
  }
  const said = [...byConversation].flatMap(([id, transcript]) => [
    { key: `c-${id}`, at: transcript[0].at, conversation: id },
    ...shownTranscript({ state: "closed", transcript }, [], me, texts).map((model) => ({ ...model, continues: false })),
  ]);
  const notes = shown.notes.map((note, place) => ({ key: `n-${place}`, at: note.at, note }));
  const changes = shown.history.filter((change) => change.field !== "note").map((change, place) => ({ key: `h-${place}`, at: change.at, change }));
  // Stable: what happened at the same moment stays in the order of its kind.
  return [...said, ...notes, ...changes].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/**
 * @param {Object} properties
 * @param {any} properties.model
 * @param {import("./message-view.js").MessageContext} properties.context
 * @param {function(import("./desk-types.js").CaseChange): string} properties.changeText
 */
function TimelineRow({ model, context, changeText }) {
  const { texts } = context;
  const { key, at } = model;
  if (model.day) {
    return html`<${Day} at=${at} texts=${texts} />`;
  }
  if (model.conversation) {
    return html`<li class="notice" data-key=${key} data-author="system">
      <a class="link" href=${conversationAddress("open", model.conversation)}>${texts.say("case.openConversation", { number: model.conversation })}</a>
    </li>`;
  }
  if (model.change) {
    return html`<${Notice} id=${key} text=${`${plainName(model.change.actor, texts.say("customer.unnamed"))} · ${changeText(model.change)}`} at=${at} texts=${texts} />`;
  }
  if (model.notice) {
    return html`<${Notice} id=${key} text=${model.text} at=${at} texts=${texts} />`;
  }
  const message = model.note ? noteMessage(model, texts) : { ...model, delivery: failure(model, texts) };
  return html`<${Message} message=${message} context=${context} />`;
}

/**
 * @param {any} model
 * @param {import("./i18n.js").Texts} texts
 */
function noteMessage({ key, at, note }, texts) {
  return {
    key,
    at,
    side: /** @type {"own"} */ ("own"),
    isMine: false,
    author: /** @type {"agent"} */ ("agent"),
    internal: true,
    name: plainName(note.author, texts.say("author.agent")),
    text: note.text,
    edited: false,
    deleted: false,
    attachments: [],
    articles: [],
    continues: false,
    delivery: null,
  };
}

/**
 * @param {any} model
 * @param {import("./i18n.js").Texts} texts
 */
function failure({ state }, texts) {
  return state === "failed" || state === "held"
    ? { icon: state === "failed" ? "alert" : "clock", tone: state === "failed" ? "danger" : "muted", words: texts.say(`delivery.${state}`) }
    : null;
}
