/**
 * The bar that changes many cases or conversations at once. Loaded when a row is first chosen; see desk-later.js.
 * @module desk-bulk
 */

import { newKey } from "./api.js";
import { useEffect, useRef, useState } from "./preact-hooks.js";
import { problemWords } from "./problem-texts.js";
import { changeLast, sendFirst } from "./desk-sending.js";
import { waitOrUndo } from "./desk-undo.js";
import { reasonOf } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, html, useEvents } from "./ui.js";

/**
 * @typedef {import("./desk-types.js").Store} Store
 * @typedef {import("./i18n.js").Texts} Texts
 * @typedef {{id: string, problem?: {type?: string, field?: string}}} Result
 */

/** As many as one request may have. */
const MOST = 100;
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];
const STATUSES = ["OPEN", "PENDING", "SOLVED", "CLOSED"];
/** The value that takes cases away from their agents; no user name has a space. */
const NOBODY = " nobody";
const ACTIONS = ["assign", "queue", "priority", "tag", "status"];

/**
 * The bar above a list, while rows are chosen: what to do with them, and what became of each.
 *
 * @param {import("./desk-selection.js").BulkParts} properties
 */
export function BulkBar({ store, texts, selection, prefix, row, areCases, done }) {
  useEvents(selection, "selection");
  const [action, setAction] = useState("assign");
  const [value, setValue] = useState("");
  const [queues, setQueues] = useState(/** @type {string[]} */ ([]));
  const [team, setTeam] = useState(/** @type {[string, string][]} */ ([]));
  const [outcome, setOutcome] = useState(/** @type {{words: string, refused: {id: string, words: string}[]}|null} */ (null));
  const [isBusy, setBusy] = useState(false);
  /** The same key as long as the answer to the same request is not known. */
  const attempt = useRef({ request: "", key: "" });
  const { size } = selection;
  const isShown = size > 0;
  useEffect(() => {
    if (isShown && queues.length === 0) {
      readQueues(store, setQueues);
      readTeam(store, setTeam);
    }
  }, [isShown]);

  const choose = (/** @type {string} */ name) => {
    setAction(name);
    setValue(defaults(name, store, queues));
  };
  const shownValue = value || defaults(action, store, queues);
  const apply = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setOutcome(null);
    const ids = selection.ids.slice(0, MOST);
    const { known } = numbersOf(ids, areCases, row);
    const isBefore = (/** @type {import("./desk-sending.js").Outgoing} */ message) =>
      known.some((number) => number === message.caseNumber) || (!areCases && ids.includes(message.conversation));
    if ((action === "status" && store.settings.undo && !(await mayTell(ids, known, isBefore))) || !(await sendFirst(texts, isBefore))) {
      setBusy(false);
      return;
    }
    try {
      const results = await change({ ids, action, value: shownValue, store, row, areCases, attempt: attempt.current });
      const refused = results.filter((result) => result.problem);
      selection.keepOnly([...refused.map((result) => result.id), ...selection.ids.slice(MOST)]);
      setOutcome({
        words: texts.say("bulk.outcome", { done: results.length - refused.length, refused: refused.length }),
        refused: refused.map((result) => ({ id: result.id, words: `${row(result.id).name}: ${result.problem?.type === "no-case" ? texts.say("bulk.noCase") : problemWords(texts, result.problem)}` })),
      });
      done();
    } catch (failure) {
      setOutcome({ words: reasonOf(texts, failure), refused: [] });
    }
    setBusy(false);
  };

  /** The customers may be told of another status: for a moment it can be taken back. */
  const mayTell = (/** @type {string[]} */ ids, /** @type {(string|null)[]} */ numbers, /** @type {function(import("./desk-sending.js").Outgoing): boolean} */ isBefore) =>
    waitOrUndo({
      texts,
      words: texts.say("bulk.soon", { count: ids.length, status: texts.name("case.status", shownValue) }),
      leave: () => changeLast(store.api, "cases/bulk", { numbers, status: shownValue }, isBefore),
    });

  return html`
    ${isShown &&
    html`<form class="bulk" id=${`${prefix}-bulk-form`} aria-label=${texts.say("bulk.title")} onSubmit=${apply}>
      <p class="bulk__count" id=${`${prefix}-bulk-count`}>${texts.say("bulk.count", { count: size })}${size > MOST ? ` ${texts.say("bulk.most", { most: MOST })}` : ""}</p>
      <select class="input input--small" id=${`${prefix}-bulk-action`} aria-label=${texts.say("bulk.action")} value=${action} onChange=${(/** @type {{target: HTMLSelectElement}} */ changed) => choose(changed.target.value)}>
        ${ACTIONS.map((name) => html`<option key=${name} value=${name} selected=${name === action}>${texts.say(`bulk.${name}`)}</option>`)}
      </select>
      <${Value} id=${`${prefix}-bulk-value`} action=${action} value=${shownValue} texts=${texts} queues=${queues} team=${areCases ? [...team, [NOBODY, texts.say("bulk.nobody")]] : team} change=${setValue} />
      <button type="submit" class="button button--primary button--small" id=${`${prefix}-bulk-apply`} disabled=${isBusy}>${texts.say("bulk.apply")}</button>
      <button type="button" class="button button--quiet button--small" id=${`${prefix}-bulk-clear`} onClick=${() => selection.keepOnly([])}>${texts.say("bulk.clear")}</button>
    </form>`}
    <div role="status" id=${`${prefix}-bulk-outcome`}>
      ${outcome &&
      html`<div class="bulk__outcome">
        <p>${outcome.words}</p>
        ${outcome.refused.length > 0 && html`<ul>${outcome.refused.map((each) => html`<li key=${each.id} dir="auto">${each.words}</li>`)}</ul>`}
        <button type="button" class="button button--quiet button--icon button--small" aria-label=${texts.say("action.dismiss")} onClick=${() => setOutcome(null)}><${Icon} name="close" /></button>
      </div>`}
    </div>
  `;
}

/**
 * The value of an action.
 *
 * @param {{id: string, action: string, value: string, texts: Texts, queues: string[], team: [string, string][], change: function(string): void}} properties
 */
function Value({ id, action, value, texts, queues, team, change }) {
  const label = texts.say("bulk.value");
  const choices = /** @type {Object<string, [string, string][]>} */ ({
    priority: PRIORITIES.map((name) => [name, texts.name("case.priority", name)]),
    status: STATUSES.map((name) => [name, texts.name("case.status", name)]),
    queue: queues.map((name) => [name, plainName(name)]),
    assign: team,
  })[action];
  if (choices) {
    return html`<select class="input input--small" id=${id} aria-label=${label} value=${value} onChange=${(/** @type {{target: HTMLSelectElement}} */ event) => change(event.target.value)}>
      ${choices.map(([name, words]) => html`<option key=${name} value=${name} selected=${name === value}>${words}</option>`)}
    </select>`;
  }
  return html`<input class="input input--small" id=${id} type="text" dir="auto" maxlength="50" required aria-label=${label} placeholder=${texts.say("bulk.tagHint")} value=${value} onInput=${(/** @type {{target: HTMLInputElement}} */ event) => change(event.target.value)} />`;
}

/**
 * @param {string} action
 * @param {Store} store
 * @param {string[]} queues
 */
function defaults(action, store, queues) {
  return { assign: store.me.username, queue: queues[0] ?? "", priority: "HIGH", status: "SOLVED" }[action] ?? "";
}

/**
 * Carries an action out and returns what became of each row.
 *
 * @param {{ids: string[], action: string, value: string, store: Store, areCases: boolean, attempt: {request: string, key: string},
 *     row: function(string): {caseNumber: string|null}}} wanted
 * @returns {Promise<Result[]>}
 */
async function change({ ids, action, value, store, row, areCases, attempt }) {
  if (!areCases && (action === "assign" || action === "queue")) {
    const body = { ids, [action === "assign" ? "agent" : "queue"]: value.trim() };
    const request = JSON.stringify(body);
    if (attempt.request !== request) {
      Object.assign(attempt, { request, key: newKey() });
    }
    const { items } = await store.api.post("conversations/bulk", { ...body, clientActionId: attempt.key });
    attempt.request = "";
    return items;
  }
  const { numbers, known } = numbersOf(ids, areCases, row);
  const fields = { assign: { assignee: value === NOBODY ? null : value.trim() }, queue: { queue: value }, priority: { priority: value }, tag: { addTags: [value.trim()] }, status: { status: value } };
  const { items } = known.length > 0 ? await store.api.post("cases/bulk", { numbers: known, .../** @type {Object<string, Object>} */ (fields)[action] }) : { items: [] };
  const problems = new Map(items.map((/** @type {Result} */ item) => [item.id, item.problem]));
  return ids.map((id) => {
    const number = numbers.get(id);
    return { id, problem: number ? problems.get(number) : { type: "no-case" } };
  });
}

/**
 * The cases of rows: by row, and each once.
 *
 * @param {string[]} ids
 * @param {boolean} areCases
 * @param {function(string): {caseNumber: string|null}} row
 */
function numbersOf(ids, areCases, row) {
  const numbers = new Map(ids.map((id) => [id, areCases ? id : row(id).caseNumber]));
  return { numbers, known: [...new Set([...numbers.values()].filter((number) => number !== null))] };
}

/**
 * @param {Store} store
 * @param {function(string[]): void} show
 */
async function readQueues(store, show) {
  try {
    const { items } = await store.api.get("queues");
    show(items.map((/** @type {{name: string}} */ queue) => queue.name));
  } catch {
    // The other actions work without them; they are read again when rows are chosen anew.
  }
}

/**
 * @param {Store} store
 * @param {function([string, string][]): void} show receives user names and the names that colleagues read
 */
async function readTeam(store, show) {
  const { username, displayName } = store.me;
  try {
    const { items } = await store.api.get("team");
    show(items.map((/** @type {import("./desk-types.js").TeamMember} */ one) => [one.username, plainName(one.displayName, one.username)]));
  } catch {
    // At least the agent who is logged in can be chosen.
    show([[username, plainName(displayName, username)]]);
  }
}
