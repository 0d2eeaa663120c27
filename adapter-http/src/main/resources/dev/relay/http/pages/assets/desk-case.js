/**
 * One case: its fields, notes and history. Used beside a conversation and on the page of cases.
 * @module desk-case
 */

import { query } from "./api.js";
import { CaseEdits, valueOf } from "./desk-case-edits.js";
import { CaseRow } from "./desk-customer.js";
import { FollowUp } from "./desk-follow-up.js";
import { MergeButton, blockWords } from "./desk-merge-button.js";
import { MentionList } from "./desk-mention-menu.js";
import { conversationAddress } from "./desk-routes.js";
import { changeLast, sendFirst } from "./desk-sending.js";
import { CaseTimeline } from "./desk-timeline.js";
import { waitOrUndo } from "./desk-undo.js";
import { byId, growWithText } from "./dom.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { render } from "./preact.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, html, useEvents } from "./ui.js";

const KINDS = ["SUPPORT", "BUG", "FEATURE_REQUEST"];
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];
/** Fields whose values have words of their own. @type {Object<string, string>} */
const NAMED = { status: "case.status", kind: "case.kind", priority: "case.priority" };
/** Fields whose changes have another name in the history. @type {Object<string, string>} */
const HISTORY_NAMES = { snoozedUntil: "snoozed" };
const MOST_OTHERS = 10;

/**
 * What surrounds a panel.
 *
 * @typedef {Object} Handlers
 * @property {import("./desk-drafts.js").Drafts} drafts
 * @property {boolean} hasRoom whether the history is open from the beginning
 * @property {function(): boolean} mayUndo whether a change of the status waits for a moment in which it can be taken back
 * @property {function(import("./desk-types.js").SupportCase): void} changed receives the case after a change
 * @property {function(import("./desk-types.js").Customer): void} followUp receives the customer for whom to open a case
 * @property {function(string): void} [wrote] receives the conversation in which the agent wrote to the customer; without it the panel has no
 *     place to write
 */

/**
 * What the parts of a panel share.
 *
 * @typedef {Object} Shared
 * @property {import("./api.js").Api} api
 * @property {import("./i18n.js").Texts} texts
 * @property {import("./desk-types.js").Me} me who is logged in
 * @property {boolean} mayChange whether they may change cases; viewers only read them
 * @property {CaseEdits} edits
 * @property {import("./desk-types.js").SupportCase} shown
 * @property {function(string): string} id makes ids that are unique on the page, which can hold two panels
 * @property {Handlers} handlers
 */

/** Shows a case and saves each change at once. */
export class CasePanel {
  #edits;

  /**
   * @param {HTMLElement} place the element to show it in
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {import("./desk-types.js").Me} me who is logged in
   * @param {Handlers} handlers
   */
  constructor(place, api, texts, me, handlers) {
    const mayChange = me.role !== "viewer";
    const edits = new CaseEdits(api, {
      saved: (changed) => {
        tellSuccess(texts, texts.say("case.saved"));
        handlers.changed(changed);
      },
      failed: (failure) => tellFailure(texts, failure),
      mayTell: async (number, status) => {
        const isBefore = (/** @type {import("./desk-sending.js").Outgoing} */ message) => message.caseNumber === number;
        const words = texts.say("case.statusSoon", { number, status: texts.name("case.status", status) });
        const leave = () => changeLast(api, "cases/bulk", { numbers: [number], status }, isBefore);
        return (!handlers.mayUndo() || (await waitOrUndo({ texts, words, leave }))) && sendFirst(texts, isBefore);
      },
    }, mayChange ? handlers.drafts : null);
    this.#edits = edits;
    const id = (/** @type {string} */ part) => `${place.id}-${part}`;
    render(html`<${Panel} ...${{ api, texts, me, mayChange, edits, id, handlers }} />`, place);
  }

  /**
   * Shows the case of that number, or nothing.
   *
   * @param {string|null} number
   */
  show(number) {
    return this.#edits.show(number);
  }

  /**
   * Checks whether the case is about a conversation, or about what is known of its customer.
   *
   * @param {import("./desk-types.js").ConversationItem} conversation
   */
  concerns(conversation) {
    const { number, shown } = this.#edits;
    return (
      conversation.caseNumber === number ||
      Boolean(shown?.conversations.includes(conversation.id)) ||
      (Boolean(shown?.customer) && shown?.customer?.id === conversation.customer?.id)
    );
  }
}

/** @param {Omit<Shared, "shown">} properties */
function Panel({ edits, ...rest }) {
  useEvents(edits, "case");
  const { texts, handlers } = rest;
  const { number, shown, failure } = edits;
  if (number === null) {
    return null;
  }
  if (shown === null) {
    return failure === null
      ? html`<p class="loading">${texts.say("desk.loading")}</p>`
      : html`<div class="empty">
          <${Icon} name="alert" />
          <p>${reasonOf(texts, failure)}</p>
          <button type="button" class="button button--secondary" onClick=${() => edits.show(number)}><${Icon} name="retry" /><span>${texts.say("desk.retryLoad")}</span></button>
        </div>`;
  }
  const shared = { ...rest, edits, shown };
  return html`
    <${Head} key=${`head-${number}`} ...${shared} />
    ${handlers.hasRoom && shown.customer && html`<${People} key=${`people-${number}`} ...${shared} customer=${shown.customer} />`}
    <${Fields} key=${`fields-${number}`} ...${shared} />
    <${Description} key=${`description-${number}`} ...${shared} />
    ${
      // What is written about a merged case belongs to the one that remains.
      !shown.merge &&
      handlers.wrote &&
      html`<${FollowUp} key=${`follow-up-${number}`} ...${shared} drafts=${handlers.drafts} wrote=${handlers.wrote} />`
    }
    ${handlers.hasRoom && html`<${CaseTimeline} key=${`timeline-${number}`} ...${shared} changeText=${(/** @type {import("./desk-types.js").CaseChange} */ change) => changeText(change, texts)} />`}
    <${Notes} key=${`notes-${number}`} ...${shared} />
    <${History} key=${`history-${number}`} ...${shared} />
  `;
}

/** @param {Shared} properties */
function Head({ texts, mayChange, shown, handlers }) {
  const { followUpOf, merge, status, customer } = shown;
  return html`<div class="case-head">
    <h3 class="case-head__number">${texts.say("case.number", { number: shown.number })}</h3>
    <p class="muted small">${texts.say("case.created", { at: texts.moment(shown.createdAt) })}</p>
    ${followUpOf && html`<a class="link small" href=${`#/cases/${followUpOf}`}>${texts.say("case.followUpOf", { number: followUpOf })}</a>`}
    ${merge &&
    html`<p data-part="merged">
      <a class="link" href=${`#/cases/${merge.into}`}>${texts.say("case.merged", { number: merge.into })}</a>
      <span class="muted small"> · <bdi>${plainName(merge.by)}</bdi>: <bdi>${merge.reason}</bdi></span>
    </p>`}
    ${status === "CLOSED" && html`<p class="muted small">${texts.say("case.final")}</p>`}
    ${mayChange &&
    status === "CLOSED" &&
    customer &&
    html`<button type="button" class="button button--secondary" onClick=${() => handlers.followUp(customer)}><${Icon} name="plus" /><span>${texts.say("case.followUp")}</span></button>`}
  </div>`;
}

/**
 * Whom the case is about, and what was said; beside a conversation both are on the page already.
 *
 * @param {Shared & {customer: import("./desk-types.js").Customer}} properties
 */
function People({ api, texts, mayChange, edits, shown, customer, id }) {
  const [others, setOthers] = useState(/** @type {import("./desk-types.js").CaseSummary[]} */ ([]));
  useEffect(() => {
    let isOutdated = false;
    api.get(`cases${query({ customer: customer.id, limit: MOST_OTHERS + 1 })}`).then(
      (/** @type {{items: import("./desk-types.js").CaseSummary[]}} */ { items }) =>
        isOutdated || setOthers(items.filter((one) => one.number !== shown.number).slice(0, MOST_OTHERS)),
      () => {
        // The customer's own page has them too.
      },
    );
    return () => {
      isOutdated = true;
    };
    // Each reading of the case may follow a merge of its customer with another one.
  }, [shown]);
  const merged = (/** @type {{number?: string}} */ result) => {
    // Goes on with the case that remains, or shows the customer as they are now.
    if (result.number) {
      window.location.hash = `#/cases/${result.number}`;
    } else {
      edits.show(shown.number);
    }
  };
  const block = blockWords(texts, customer);
  return html`<section class="panel-part" data-part="customer">
    <h4>${texts.say("customer.title")}</h4>
    <p class="customer__name"><bdi>${plainName(customer.displayName, texts.say("customer.unnamed"))}</bdi></p>
    ${block && html`<p class="small" data-part="block">${texts.say("customer.blocked")}: ${block}</p>`}
    ${[...shown.conversations].reverse().map(
      (one) => html`<p key=${one}><a class="link" href=${conversationAddress("open", one)}>${texts.say("case.openConversation", { number: one })}</a></p>`,
    )}
    <div>
      ${others.length > 0 &&
      html`<h4>${texts.say("customer.cases")}</h4>
        <ul class="links">${others.map((one) => html`<${CaseRow} key=${one.number} item=${one} texts=${texts} />`)}</ul>`}
    </div>
    ${mayChange && html`<${MergeButton} texts=${texts} id=${id("merge")} api=${api} shown=${shown} customer=${customer} changed=${merged} />`}
  </section>`;
}

/** @param {Shared} properties */
function Fields({ texts, me, mayChange, edits, shown, id }) {
  const disabled = !mayChange || shown.nextStatuses.length === 0;
  const shared = { texts, edits, shown, id, disabled };
  const assign = !disabled && shown.assignee?.username !== me.username;
  return html`<div class="case-fields">
    <${TextField} ...${shared} field="subject" maxlength=${200} />
    <${Choice} ...${shared} field="status" values=${[shown.status, ...shown.nextStatuses]} />
    <${Choice} ...${shared} field="priority" values=${PRIORITIES} />
    <${Choice} ...${shared} field="kind" values=${KINDS} />
    <${TextField} ...${shared} field="queue" maxlength=${50} />
    <${TextField} ...${shared} field="assignee" maxlength=${50} hint="case.assigneeHint">
      ${assign &&
      html`<button type="button" class="button button--secondary button--small" onClick=${() => edits.set("assignee", me.username)}><span>${texts.say("case.assign")}</span></button>`}
    <//>
    <${TextField} ...${shared} field="tags" maxlength=${1000} hint="case.tagsHint" />
    <${Snooze} ...${shared} disabled=${disabled || shown.status === "SOLVED"} />
  </div>`;
}

/**
 * What all fields have.
 *
 * @typedef {Object} FieldProperties
 * @property {import("./i18n.js").Texts} texts
 * @property {CaseEdits} edits
 * @property {import("./desk-types.js").SupportCase} shown
 * @property {function(string): string} id
 * @property {boolean} disabled
 * @property {import("./desk-case-edits.js").Field} field
 */

/** @param {FieldProperties & {maxlength: number, hint?: string, children?: *}} properties */
function TextField({ maxlength, hint, children, ...rest }) {
  const { texts, edits, id, disabled, field } = rest;
  const commit = () => !edits.isInConflict(field) && edits.commit(field);
  return html`<${Labelled} ...${rest}>
    <input
      class="input"
      id=${id(field)}
      type="text"
      dir="auto"
      maxlength=${maxlength}
      disabled=${disabled}
      data-field=${field}
      aria-describedby=${hint ? id(`${field}-hint`) : null}
      value=${edits.text(field)}
      onInput=${(/** @type {{target: HTMLInputElement}} */ { target }) => edits.type(field, target.value)}
      onChange=${commit}
      onBlur=${commit}
    />
    ${hint && html`<p class="field__hint" id=${id(`${field}-hint`)}>${texts.say(hint)}</p>`}
    ${children}
  <//>`;
}

/** @param {FieldProperties & {values: string[]}} properties */
function Choice({ values, ...rest }) {
  const { texts, edits, id, disabled, field } = rest;
  const wanted = edits.text(field);
  return html`<${Labelled} ...${rest}>
    <select
      class="input"
      id=${id(field)}
      disabled=${disabled}
      value=${wanted}
      onChange=${(/** @type {{target: HTMLSelectElement}} */ { target }) => edits.set(field, target.value)}
    >
      ${[...new Set([...values, wanted])].map((value) => html`<option key=${value} value=${value} selected=${value === wanted}>${texts.name(NAMED[field], value)}</option>`)}
    </select>
  <//>`;
}

/**
 * Until when the case is put aside; an empty time brings it back.
 *
 * @param {Omit<FieldProperties, "field">} properties
 */
function Snooze(properties) {
  const { texts, edits, id, disabled } = properties;
  const field = "snoozedUntil";
  const commit = () => !edits.isInConflict(field) && edits.commit(field);
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      commit();
    }
  };
  return html`<${Labelled} ...${properties} field=${field}>
    <input
      class="input"
      id=${id(field)}
      type="datetime-local"
      disabled=${disabled}
      value=${edits.text(field)}
      onInput=${(/** @type {{target: HTMLInputElement}} */ { target }) => edits.type(field, target.value)}
      onKeyDown=${pressed}
      onBlur=${
        // Not on each change: a time that is typed part by part would be saved half finished.
        commit
      }
    />
    ${!disabled && html`<button type="button" class="button button--secondary button--small" id=${id("snooze-save")} onClick=${commit}>${texts.say("case.snoozeSave")}</button>`}
  <//>`;
}

/** @param {Omit<FieldProperties, "disabled"> & {children?: *}} properties */
function Labelled({ children, ...rest }) {
  const { texts, edits, id, field } = rest;
  return html`<div class=${`field field--${field}`}>
    <label for=${id(field)}>${texts.say(`case.${field}`)}</label>
    ${children} ${edits.isInConflict(field) && html`<${Conflict} ...${rest} />`}
  </div>`;
}

/**
 * What somebody else has made of a field meanwhile, beside what the agent wanted.
 *
 * @param {Omit<FieldProperties, "disabled">} properties
 */
function Conflict({ texts, edits, shown, id, field }) {
  const name = HISTORY_NAMES[field] ?? field;
  const last = shown.history.findLast((change) => change.field === name);
  const value = valueOf(shown, field);
  const theirs = NAMED[field] ? texts.name(NAMED[field], value) : [value ?? []].flat().join(", ");
  const settle = (/** @type {boolean} */ isMine) => {
    edits.settle(field, isMine);
    byId(id(field)).focus();
  };
  const small = "button button--secondary button--small";
  return html`<div class="conflict" role="alert" data-conflict=${field}>
    <p>${texts.say("case.conflict", { name: plainName(last?.actor, texts.say("author.agent")), value: plainName(theirs, "–") })}</p>
    <div class="form__actions">
      <button type="button" class=${small} onClick=${() => settle(false)}><span>${texts.say("case.conflictTheirs")}</span></button>
      <button type="button" class=${small} onClick=${() => settle(true)}><span>${texts.say("case.conflictMine")}</span></button>
    </div>
  </div>`;
}

/** @param {Shared} properties */
function Description({ texts, shown }) {
  const facts = Object.entries(shown.fields);
  if (!shown.description && facts.length === 0) {
    return null;
  }
  return html`<section class="panel-part">
    <h4>${texts.say("case.description")}</h4>
    ${shown.description && html`<p class="prose" dir="auto">${shown.description}</p>`}
    ${facts.length > 0 &&
    html`<dl class="facts">${facts.map(([name, value]) => [html`<dt dir="auto" key=${name}>${name}</dt>`, html`<dd dir="auto" key=${`${name}-value`}>${value}</dd>`])}</dl>`}
  </section>`;
}

/** @param {Shared} properties */
function Notes({ api, texts, mayChange, edits, shown, id, handlers: { drafts } }) {
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const { number, notes, merge } = shown;
  const subject = `cases/${number}`;
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) {
      return;
    }
    growWithText(area);
    area.value = drafts.of(subject).note;
    drafts.fillNote(subject, area);
  }, [Boolean(merge)]);
  const add = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const area = /** @type {HTMLTextAreaElement} */ (field.current);
    const text = area.value.trim();
    if (!text) {
      area.focus();
      return;
    }
    try {
      await api.post(`${subject}/notes`, { text });
      area.value = "";
      drafts.change(subject, { note: "" });
      drafts.save(subject);
      edits.show(edits.number);
    } catch (failure) {
      tellFailure(texts, failure);
    }
  };
  return html`<section class="panel-part">
    <h4>${texts.say("case.notes")}</h4>
    ${notes.length > 0
      ? html`<ul class="notes">
          ${notes.map(
            (note, place) => html`<li class="note" key=${place}>
              <p class="note__head small"><bdi>${plainName(note.author)}</bdi> · ${texts.moment(note.at)}</p>
              <p class="prose" dir="auto">${note.text}</p>
            </li>`,
          )}
        </ul>`
      : html`<p class="muted small">${texts.say("case.notesEmpty")}</p>`}
    ${mayChange &&
    !merge &&
    html`<form class="field" onSubmit=${add}>
      <label for=${id("note")}>${texts.say("case.note")}</label>
      <div class="mention-field">
        <textarea
          class="input"
          id=${id("note")}
          ref=${field}
          rows="2"
          maxlength="16000"
          dir="auto"
          placeholder=${texts.say("case.noteHint")}
          onInput=${() => drafts.change(subject, { note: field.current?.value ?? "" })}
        ></textarea>
        <${MentionList} field=${field} id=${id("note-mentions")} label=${texts.say("mention.list")} load=${async () => (await api.get(`${subject}/colleagues`)).items} />
      </div>
      <div class="form__actions"><button type="submit" class="button button--secondary button--small">${texts.say("case.noteAdd")}</button></div>
    </form>`}
  </section>`;
}

/** @param {Shared} properties */
function History({ texts, shown, handlers }) {
  const changes = [...shown.history].reverse();
  return html`<details class="panel-part" open=${handlers.hasRoom}>
    <summary><h4>${texts.say("case.history")}</h4><span class="badge">${changes.length}</span></summary>
    ${changes.length > 0
      ? html`<ol class="changes">
          ${changes.map(
            (change, place) => html`<li class="change" key=${changes.length - place}>
              <p dir="auto"><${Change} change=${change} texts=${texts} /></p>
              <p class="muted small"><bdi>${plainName(change.actor, texts.say("customer.unnamed"))}</bdi> · ${texts.moment(change.at)}</p>
            </li>`,
          )}
        </ol>`
      : html`<p class="muted small">${texts.say("case.historyEmpty")}</p>`}
  </details>`;
}

/** @param {{change: import("./desk-types.js").CaseChange, texts: import("./i18n.js").Texts}} properties */
function Change({ change, texts }) {
  const { title, before, after } = changeWords(change, texts);
  if (after === null) {
    return html`<strong>${title}</strong>`;
  }
  return html`<strong>${title}: </strong>${before && html`<bdi>${before}</bdi> → `}<bdi>${after}</bdi>`;
}

/**
 * A change in one line.
 *
 * @param {import("./desk-types.js").CaseChange} change
 * @param {import("./i18n.js").Texts} texts
 * @returns {string}
 */
function changeText(change, texts) {
  const { title, before, after } = changeWords(change, texts);
  return after === null ? title : `${title}: ${before ? `${before} → ` : ""}${after}`;
}

/**
 * @param {import("./desk-types.js").CaseChange} change
 * @param {import("./i18n.js").Texts} texts
 * @returns {{title: string, before: string, after: string|null}} `after` is null if the title says all
 */
function changeWords({ field, before, after }, texts) {
  const value = (/** @type {string|null} */ text) => (NAMED[field] ? texts.name(NAMED[field], text) : plainName(text).slice(0, 200));
  if (field === "created") {
    return { title: texts.say("case.change.created", { kind: texts.name("case.kind", after) }), before: "", after: null };
  }
  if (field === "note") {
    return { title: texts.say("case.change.note"), before: "", after: null };
  }
  return { title: texts.name("case.change", field), before: before ? value(before) : "", after: after ? value(after) : "–" };
}
