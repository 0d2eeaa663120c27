/**
 * The forms of an account and of a queue. They send only what was changed, so that two admins do not undo each other's changes; what another admin
 * changes meanwhile is shown.
 * @module desk-accounts-forms
 */

import { Problem } from "./api.js";
import { byId } from "./dom.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { reasonOf, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, Select, html } from "./ui.js";

/**
 * @typedef {import("./i18n.js").Texts} Texts
 * @typedef {import("./api.js").Api} Api
 * @typedef {import("./desk-accounts.js").Account} Account
 * @typedef {import("./desk-accounts.js").TeamQueue} TeamQueue
 */

const ROLES = ["viewer", "agent", "supervisor", "admin"];
const ASSIGNMENTS = ["pull", "round_robin", "least_busy"];
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
/** How often a change is tried if others change the same account at the same time. */
const ATTEMPTS = 3;

/** Thrown if somebody else has just changed what would be replaced: the form shows it now. */
class ChangedMeanwhile extends Error {}

/**
 * Reads and changes something again if somebody else has changed it between the two: the form shows what they changed, or both changes
 * are kept.
 *
 * @template T
 * @param {function(): Promise<T>} change
 * @returns {Promise<T>}
 */
async function unlessChanged(change) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (reason) {
      if (!(reason instanceof Problem) || reason.code !== "changed-meanwhile" || attempt === ATTEMPTS) {
        throw reason;
      }
    }
  }
}

/**
 * The values of a form over those that the server has: what was not touched follows the changes of others.
 *
 * @template {Object<string, *>} T
 * @param {T} now what the server has, as last read
 */
function useEdited(now) {
  const [mine, setMine] = useState(/** @type {Object<string, {value: *, base: *}>} */ ({}));
  /** What replaces another value than the agent has seen beside it. */
  const isOutdated = (/** @type {string} */ field, /** @type {T} */ fresh, /** @type {*} */ base) => field in mine && fresh[field] !== base && fresh[field] !== mine[field].value;
  return {
    /** What the field shows. */
    value: (/** @type {string} */ field) => (field in mine ? mine[field].value : now[field]),
    set: (/** @type {string} */ field, /** @type {*} */ value) => setMine((before) => ({ ...before, [field]: { value, base: field in before ? before[field].base : now[field] } })),
    /** What to send. */
    changes: (/** @type {T} */ fresh) => Object.fromEntries(Object.entries(mine).filter(([field, { value }]) => value !== fresh[field]).map(([field, { value }]) => [field, value])),
    /** What others have made meanwhile of a field that was changed here; undefined if nothing. */
    other: (/** @type {string} */ field) => (isOutdated(field, now, mine[field]?.base) ? now[field] : undefined),
    /** Throws if others have made something of it that is not on the page yet. */
    check: (/** @type {T} */ fresh) => {
      if (Object.keys(mine).some((field) => isOutdated(field, fresh, now[field]))) {
        throw new ChangedMeanwhile();
      }
    },
  };
}

/**
 * What somebody else has made of a field meanwhile.
 *
 * @param {{id: string, texts: Texts, value: string|undefined}} properties
 */
function Meanwhile({ id, texts, value }) {
  return value === undefined ? null : html`<p class="form-error" id=${`${id}-meanwhile`} role="status"><${Icon} name="alert" /><span>${texts.say("accounts.meanwhile", { value })}</span></p>`;
}

/**
 * A dialog with a form: its fields, why it could not be stored, and the button that stores it.
 *
 * @param {Object} properties
 * @param {string} properties.id
 * @param {string} properties.title
 * @param {Texts} properties.texts
 * @param {function(): Promise<void>} properties.save
 * @param {function(): void} properties.close
 * @param {*} [properties.actions] further buttons
 * @param {*} [properties.children]
 */
function FormDialog({ id, title, texts, save, close, actions, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const [failure, setFailure] = useState("");
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setFailure("");
    try {
      await save();
      // The focus returns to where it was before.
      dialog.current?.close();
    } catch (reason) {
      setFailure(reason instanceof ChangedMeanwhile ? texts.say("accounts.changedMeanwhile") : reasonOf(texts, reason));
      setBusy(false);
    }
  };
  return html`<dialog class="dialog" id=${id} ref=${dialog} aria-labelledby=${`${id}-title`} onClose=${close}>
    <form class="dialog__body form" autocomplete="off" onSubmit=${submit}>
      <h2 id=${`${id}-title`}>${title}</h2>
      ${children}
      ${failure && html`<p class="form-error" id=${`${id}-error`} role="alert"><${Icon} name="alert" /><span>${failure}</span></p>`}
      <div class="form__actions">
        ${actions}
        <button type="button" class="button button--secondary" onClick=${() => dialog.current?.close()}>${texts.say("action.cancel")}</button>
        <button type="submit" class="button button--primary" id=${`${id}-save`} disabled=${isBusy}>${texts.say("accounts.save")}</button>
      </div>
    </form>
  </dialog>`;
}

/**
 * Boxes of which any number is chosen.
 *
 * @param {{id: string, legend: string, hint?: string, options: [string, string][], chosen: Set<string>, choose: function(string, boolean): void}} properties
 */
function Boxes({ id, legend, hint, options, chosen, choose }) {
  return html`<fieldset class="field boxes" id=${id}>
    <legend>${legend}</legend>
    ${options.map(
      ([value, words]) => html`<label key=${value} class="check"><input type="checkbox" value=${value} checked=${chosen.has(value)} onChange=${() => choose(value, !chosen.has(value))} /><bdi>${words}</bdi></label>`,
    )}
    ${hint && html`<p class="muted small">${hint}</p>`}
  </fieldset>`;
}

/**
 * An account, or a new one.
 *
 * @param {Object} properties
 * @param {Api} properties.api
 * @param {Texts} properties.texts
 * @param {Partial<Account>} properties.agent as last read; empty for a new one
 * @param {TeamQueue[]} properties.queues
 * @param {function(): Promise<{agents: Account[], queues: TeamQueue[]}>} properties.readNow
 * @param {function(string): void} properties.stored
 * @param {function({name: string, path: string}): void} properties.showLink
 * @param {function(): void} properties.close
 */
export function AgentForm({ api, texts, agent, queues, readNow, stored, showLink, close }) {
  const isNew = useRef(agent.username === undefined).current;
  const [username, setUsername] = useState(agent.username ?? "");
  const fieldsOf = (/** @type {Partial<Account>} */ one) => ({
    displayName: one.displayName === one.username ? "" : (one.displayName ?? ""),
    role: one.role ?? "agent",
    capacity: String(one.capacity ?? 5),
    disabled: one.disabled ?? false,
  });
  const edited = useEdited(fieldsOf(agent));
  const displayName = edited.value("displayName");
  const name = displayName.trim() || username;
  const worksIn = (/** @type {TeamQueue} */ queue) => queue.members.includes(username);
  /** The queues in which the agent is to work, or no longer. */
  const [wanted, setWanted] = useState(/** @type {Map<string, boolean>} */ (new Map()));
  const chosen = new Set(queues.filter((one) => wanted.get(one.name) ?? (!isNew && worksIn(one))).map((one) => one.name));
  /** The account is stored once, even if its queues are refused. */
  const isAdded = useRef(false);
  const bodyOf = (/** @type {Object<string, *>} */ changes) => ({
    ...changes,
    ...("displayName" in changes ? { displayName: changes.displayName.trim() || username } : {}),
    ...("capacity" in changes ? { capacity: Number(changes.capacity) } : {}),
  });
  /** Changes the account as it is now, and returns the queues. */
  const change = async () => {
    const fresh = await readNow();
    const read = fresh.agents.find((one) => one.username === username) ?? agent;
    const now = fieldsOf(read);
    edited.check(now);
    await api.patch(`agents/${username}`, { ...bodyOf(edited.changes(now)), version: read.version });
    return fresh.queues;
  };
  const save = async () => {
    let known = queues;
    if (isNew && !isAdded.current) {
      const added = await api.post("agents", { username, ...bodyOf(edited.changes(fieldsOf({ username }))) });
      isAdded.current = true;
      showLink({ name, path: added.passwordLink });
    } else {
      known = await unlessChanged(change);
    }
    for (const queue of known.filter((one) => (wanted.get(one.name) ?? worksIn(one)) !== worksIn(one))) {
      await api.patch(`queues/${encodeURIComponent(queue.name)}`, { [wanted.get(queue.name) ? "addMembers" : "removeMembers"]: [username] });
    }
    stored(texts.say(isNew ? "accounts.added" : "accounts.saved", { name: plainName(name) }));
  };
  const newLink = async () => {
    const made = await api.post(`agents/${username}/password-link`);
    showLink({ name, path: made.passwordLink });
    // The focus returns to where it was before.
    byId("agent-form", HTMLDialogElement).close();
  };
  const [linkFailure, setLinkFailure] = useState("");
  const typed = (/** @type {function(string): void} */ set) => (/** @type {{target: HTMLInputElement}} */ event) => set(event.target.value);
  const actions =
    !isNew &&
    html`<button type="button" class="button button--secondary" id="agent-link" onClick=${() => newLink().catch((reason) => setLinkFailure(reasonOf(texts, reason)))}>${texts.say("accounts.newLink")}</button>`;
  return html`<${FormDialog} id="agent-form" title=${isNew ? texts.say("accounts.addAgent") : plainName(fieldsOf(agent).displayName, username)} texts=${texts} save=${save} close=${close} actions=${actions}>
    ${isNew &&
    html`<div class="field">
      <label for="agent-username">${texts.say("accounts.username")}</label>
      <input class="input" id="agent-username" type="text" required maxlength="50" pattern="[a-z0-9._\\-]+" autocapitalize="none" spellcheck=${false} aria-describedby="agent-username-hint" value=${username} onInput=${typed(setUsername)} />
      <p class="muted small" id="agent-username-hint">${texts.say("accounts.usernameHint")}</p>
    </div>`}
    <div class="field">
      <label for="agent-display-name">${texts.say("accounts.displayName")}</label>
      <input class="input" id="agent-display-name" type="text" dir="auto" maxlength="100" aria-describedby="agent-name-hint" value=${displayName} onInput=${typed((value) => edited.set("displayName", value))} />
      <p class="muted small" id="agent-name-hint">${texts.say("accounts.displayNameHint")}</p>
      <${Meanwhile} id="agent-display-name" texts=${texts} value=${edited.other("displayName")} />
    </div>
    <${Select} id="agent-role" label=${texts.say("accounts.role")} options=${ROLES.map((one) => [one, texts.name("accounts.role", one)])} value=${edited.value("role")} choose=${(/** @type {string} */ value) => edited.set("role", value)} />
    <${Meanwhile} id="agent-role" texts=${texts} value=${edited.other("role") && texts.name("accounts.role", edited.other("role"))} />
    <div class="field"><label for="agent-capacity">${texts.say("accounts.capacity")}</label><input class="input" id="agent-capacity" type="number" required min="1" max="100" value=${edited.value("capacity")} onInput=${typed((value) => edited.set("capacity", value))} /><${Meanwhile} id="agent-capacity" texts=${texts} value=${edited.other("capacity")} /></div>
    <${Boxes} id="agent-queues" legend=${texts.say("accounts.inQueues")} hint=${texts.say("accounts.inQueuesHint")} options=${queues.map((one) => [one.name, plainName(one.name)])} chosen=${chosen} choose=${(/** @type {string} */ queue, /** @type {boolean} */ isIn) => setWanted(new Map(wanted).set(queue, isIn))} />
    ${!isNew && html`<label class="check"><input type="checkbox" id="agent-disabled" checked=${edited.value("disabled")} onChange=${() => edited.set("disabled", !edited.value("disabled"))} /><span>${texts.say("accounts.disabled")}</span></label>`}
    ${linkFailure && html`<p class="form-error" role="alert">${linkFailure}</p>`}
  <//>`;
}

/**
 * A queue, or a new one; and what only the configuration says about it.
 *
 * @param {{api: Api, texts: Texts, queue: Partial<TeamQueue>, agents: Account[], readNow: function(): Promise<{queues: TeamQueue[]}>, stored: function(string): void, close: function(): void}} properties
 */
export function QueueForm({ api, texts, queue, agents, readNow, stored, close }) {
  const isNew = useRef(queue.name === undefined).current;
  const [name, setName] = useState(queue.name ?? "");
  const fieldsOf = (/** @type {Partial<TeamQueue>} */ one) => ({ assignment: one.assignment ?? "pull", acceptSeconds: String(one.acceptSeconds ?? 30) });
  const edited = useEdited(fieldsOf(queue));
  /** The agents who are to work in it, or no longer. */
  const [wanted, setWanted] = useState(/** @type {Map<string, boolean>} */ (new Map()));
  const chosen = new Set([...new Set([...(queue.members ?? []), ...wanted.keys()])].filter((one) => wanted.get(one) ?? true));
  /** Changes the queue as it is now. */
  const change = async () => {
    const fresh = await readNow();
    const now = fresh.queues.find((one) => one.name === name) ?? queue;
    edited.check(fieldsOf(now));
    const { acceptSeconds, ...changes } = edited.changes(fieldsOf(now));
    await api.patch(`queues/${encodeURIComponent(name)}`, {
      ...changes,
      ...(acceptSeconds === undefined ? {} : { acceptSeconds: Number(acceptSeconds) }),
      addMembers: [...wanted].filter(([one, isIn]) => isIn && !now.members?.includes(one)).map(([one]) => one),
      removeMembers: [...wanted].filter(([one, isIn]) => !isIn && now.members?.includes(one)).map(([one]) => one),
      version: now.version,
    });
  };
  const save = async () => {
    if (isNew) {
      await api.post("queues", { name: name.trim(), assignment: edited.value("assignment"), acceptSeconds: Number(edited.value("acceptSeconds")), members: [...chosen] });
    } else {
      await unlessChanged(change);
    }
    stored(texts.say("accounts.saved", { name: plainName(name) }));
  };
  const assignment = edited.value("assignment");
  const typed = (/** @type {function(string): void} */ set) => (/** @type {{target: HTMLInputElement}} */ event) => set(event.target.value);
  return html`<${FormDialog} id="queue-form" title=${isNew ? texts.say("accounts.addQueue") : plainName(name)} texts=${texts} save=${save} close=${close}>
    ${isNew && html`<div class="field"><label for="queue-name">${texts.say("queues.name")}</label><input class="input" id="queue-name" type="text" required maxlength="50" pattern="[a-z0-9_\\-]+" autocapitalize="none" spellcheck=${false} aria-describedby="queue-name-hint" value=${name} onInput=${typed(setName)} /><p class="muted small" id="queue-name-hint">${texts.say("queues.nameHint")}</p></div>`}
    <${Boxes} id="queue-members" legend=${texts.say("queues.members")} hint=${texts.say("accounts.inQueuesHint")} options=${agents.map((one) => [one.username, plainName(one.displayName, one.username)])} chosen=${chosen} choose=${(/** @type {string} */ agent, /** @type {boolean} */ isIn) => setWanted(new Map(wanted).set(agent, isIn))} />
    <${Select} id="queue-assignment" label=${texts.say("queues.assignment")} options=${ASSIGNMENTS.map((one) => [one, texts.name("queues.assignment", one)])} value=${assignment} choose=${(/** @type {string} */ value) => edited.set("assignment", value)} />
    <${Meanwhile} id="queue-assignment" texts=${texts} value=${edited.other("assignment") && texts.name("queues.assignment", edited.other("assignment"))} />
    ${assignment !== "pull" && html`<div class="field"><label for="queue-accept">${texts.say("queues.accept")}</label><input class="input" id="queue-accept" type="number" required min="5" max="600" value=${edited.value("acceptSeconds")} onInput=${typed((value) => edited.set("acceptSeconds", value))} /><${Meanwhile} id="queue-accept" texts=${texts} value=${edited.other("acceptSeconds")} /></div>`}
    ${queue.configured && html`<${Settled} configured=${queue.configured} texts=${texts} />`}
  <//>`;
}

/**
 * What the configuration says about a queue.
 *
 * @param {{configured: import("./desk-accounts.js").Configured, texts: Texts}} properties
 */
function Settled({ configured, texts }) {
  const { desk, hours, waitSeconds } = configured;
  const nameOf = (/** @type {string} */ day) =>
    new Intl.DateTimeFormat(texts.language, { weekday: "short", timeZone: "UTC" }).format(new Date(MONDAY + DAYS.indexOf(day) * DAY));
  const rows = [
    ["queues.hours", hours === null ? texts.say("queues.always") : `${Object.entries(hours.days).map(([day, spans]) => `${nameOf(day)} ${spans.join(", ")}`).join("; ")} (${hours.zone})`],
    ["queues.outside", texts.say("queues.outsideText")],
    ["queues.wait", texts.say("queues.waitText", { minutes: String(Math.round(waitSeconds / 6) / 10) })],
    ["queues.desk", desk === null ? texts.say("queues.deskDefault") : plainName(desk)],
  ];
  return html`<section id="queue-configured" aria-labelledby="queue-configured-title">
    <h3 id="queue-configured-title">${texts.say("queues.configured")}</h3>
    <p class="muted small">${texts.say("queues.configuredText")}</p>
    <dl class="facts">${rows.map(([key, words]) => html`<dt>${texts.say(key)}</dt><dd>${words}</dd>`)}</dl>
  </section>`;
}

/**
 * The only copy of a password link.
 *
 * @param {{link: {name: string, path: string}, texts: Texts}} properties
 */
export function LinkOnce({ link, texts }) {
  const address = new URL(link.path, window.location.origin).href;
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(address);
      tellSuccess(texts, texts.say("accounts.copied"));
    } catch {
      // Forbidden here, as on a page without https: the link is selected and can be copied by keyboard.
    }
  };
  return html`<section class="card" role="status">
    <h2>${texts.say("accounts.link", { name: plainName(link.name) })}</h2>
    <p>${texts.say("accounts.linkText")}</p>
    <div class="token-row">
      <input class="input" id="password-link" ref=${field} type="text" readonly aria-label=${texts.say("accounts.link", { name: plainName(link.name) })} value=${address} onFocus=${(/** @type {{target: HTMLInputElement}} */ event) => event.target.select()} />
      <button type="button" class="button button--secondary" id="copy-link" onClick=${copy}>${texts.say("accounts.copy")}</button>
    </div>
  </section>`;
}
