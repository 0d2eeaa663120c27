/**
 * The forms of an account and of a queue. They send only what was changed, so that two admins do not undo each other's changes.
 * @module desk-accounts-forms
 */

import { byId } from "./dom.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { reasonOf } from "./question.js";
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
      setFailure(reasonOf(texts, reason));
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
 * @param {{id: string, legend: string, hint?: string, options: [string, string][], chosen: Set<string>, choose: function(Set<string>): void}} properties
 */
function Boxes({ id, legend, hint, options, chosen, choose }) {
  const toggle = (/** @type {string} */ value) => {
    const next = new Set(chosen);
    if (!next.delete(value)) {
      next.add(value);
    }
    choose(next);
  };
  return html`<fieldset class="field boxes" id=${id}>
    <legend>${legend}</legend>
    ${options.map(
      ([value, words]) => html`<label key=${value} class="check"><input type="checkbox" value=${value} checked=${chosen.has(value)} onChange=${() => toggle(value)} /><bdi>${words}</bdi></label>`,
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
 * @param {Partial<Account>} properties.agent empty for a new one
 * @param {TeamQueue[]} properties.queues
 * @param {function(string): void} properties.stored
 * @param {function({name: string, path: string}): void} properties.showLink
 * @param {function(): void} properties.close
 */
export function AgentForm({ api, texts, agent, queues, stored, showLink, close }) {
  const isNew = agent.username === undefined;
  const before = new Set(queues.filter((queue) => queue.members.includes(agent.username ?? "")).map((queue) => queue.name));
  const [username, setUsername] = useState(agent.username ?? "");
  const shownName = agent.displayName === agent.username ? "" : (agent.displayName ?? "");
  const [displayName, setDisplayName] = useState(shownName);
  const [role, setRole] = useState(agent.role ?? "agent");
  const [capacity, setCapacity] = useState(String(agent.capacity ?? 5));
  const [disabled, setDisabled] = useState(agent.disabled ?? false);
  const [chosen, setChosen] = useState(before);
  const name = displayName.trim() || username;
  /** The account is stored once, even if its queues are refused. */
  const isAdded = useRef(false);
  const save = async () => {
    const fields = /** @type {[string, *, *][]} */ ([
      ["displayName", name, shownName || agent.username],
      ["role", role, agent.role],
      ["capacity", Number(capacity), agent.capacity],
    ]);
    const changes = Object.fromEntries(fields.filter(([, now, old]) => now !== old).map(([field, now]) => [field, now]));
    if (isNew && !isAdded.current) {
      const added = await api.post("agents", { username, ...changes });
      isAdded.current = true;
      showLink({ name, path: added.passwordLink });
    } else {
      await api.patch(`agents/${username}`, { ...changes, ...(disabled !== agent.disabled ? { disabled } : {}) });
    }
    for (const queue of queues.filter((one) => before.has(one.name) !== chosen.has(one.name))) {
      await api.patch(`queues/${encodeURIComponent(queue.name)}`, { [chosen.has(queue.name) ? "addMembers" : "removeMembers"]: [username] });
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
  return html`<${FormDialog} id="agent-form" title=${isNew ? texts.say("accounts.addAgent") : plainName(shownName, username)} texts=${texts} save=${save} close=${close} actions=${actions}>
    ${isNew &&
    html`<div class="field">
      <label for="agent-username">${texts.say("accounts.username")}</label>
      <input class="input" id="agent-username" type="text" required maxlength="50" pattern="[a-z0-9._\\-]+" autocapitalize="none" spellcheck=${false} aria-describedby="agent-username-hint" value=${username} onInput=${typed(setUsername)} />
      <p class="muted small" id="agent-username-hint">${texts.say("accounts.usernameHint")}</p>
    </div>`}
    <div class="field">
      <label for="agent-display-name">${texts.say("accounts.displayName")}</label>
      <input class="input" id="agent-display-name" type="text" dir="auto" maxlength="100" aria-describedby="agent-name-hint" value=${displayName} onInput=${typed(setDisplayName)} />
      <p class="muted small" id="agent-name-hint">${texts.say("accounts.displayNameHint")}</p>
    </div>
    <${Select} id="agent-role" label=${texts.say("accounts.role")} options=${ROLES.map((one) => [one, texts.name("accounts.role", one)])} value=${role} choose=${setRole} />
    <div class="field"><label for="agent-capacity">${texts.say("accounts.capacity")}</label><input class="input" id="agent-capacity" type="number" required min="1" max="100" value=${capacity} onInput=${typed(setCapacity)} /></div>
    <${Boxes} id="agent-queues" legend=${texts.say("accounts.inQueues")} hint=${texts.say("accounts.inQueuesHint")} options=${queues.map((one) => [one.name, plainName(one.name)])} chosen=${chosen} choose=${setChosen} />
    ${!isNew && html`<label class="check"><input type="checkbox" id="agent-disabled" checked=${disabled} onChange=${() => setDisabled(!disabled)} /><span>${texts.say("accounts.disabled")}</span></label>`}
    ${linkFailure && html`<p class="form-error" role="alert">${linkFailure}</p>`}
  <//>`;
}

/**
 * A queue, or a new one; and what only the configuration says about it.
 *
 * @param {{api: Api, texts: Texts, queue: Partial<TeamQueue>, agents: Account[], stored: function(string): void, close: function(): void}} properties
 */
export function QueueForm({ api, texts, queue, agents, stored, close }) {
  const isNew = queue.name === undefined;
  const before = new Set(queue.members ?? []);
  const [name, setName] = useState(queue.name ?? "");
  const [assignment, setAssignment] = useState(queue.assignment ?? "pull");
  const [seconds, setSeconds] = useState(String(queue.acceptSeconds ?? 30));
  const [chosen, setChosen] = useState(before);
  const save = async () => {
    if (isNew) {
      await api.post("queues", { name: name.trim(), assignment, acceptSeconds: Number(seconds), members: [...chosen] });
    } else {
      const changes = {
        ...(assignment !== queue.assignment ? { assignment } : {}),
        ...(Number(seconds) !== queue.acceptSeconds ? { acceptSeconds: Number(seconds) } : {}),
        addMembers: [...chosen].filter((one) => !before.has(one)),
        removeMembers: [...before].filter((one) => !chosen.has(one)),
      };
      await api.patch(`queues/${encodeURIComponent(name)}`, changes);
    }
    stored(texts.say("accounts.saved", { name: plainName(name) }));
  };
  const typed = (/** @type {function(string): void} */ set) => (/** @type {{target: HTMLInputElement}} */ event) => set(event.target.value);
  return html`<${FormDialog} id="queue-form" title=${isNew ? texts.say("accounts.addQueue") : plainName(name)} texts=${texts} save=${save} close=${close}>
    ${isNew && html`<div class="field"><label for="queue-name">${texts.say("queues.name")}</label><input class="input" id="queue-name" type="text" required maxlength="50" pattern="[a-z0-9_\\-]+" autocapitalize="none" spellcheck=${false} aria-describedby="queue-name-hint" value=${name} onInput=${typed(setName)} /><p class="muted small" id="queue-name-hint">${texts.say("queues.nameHint")}</p></div>`}
    <${Boxes} id="queue-members" legend=${texts.say("queues.members")} hint=${texts.say("accounts.inQueuesHint")} options=${agents.map((one) => [one.username, plainName(one.displayName, one.username)])} chosen=${chosen} choose=${setChosen} />
    <${Select} id="queue-assignment" label=${texts.say("queues.assignment")} options=${ASSIGNMENTS.map((one) => [one, texts.name("queues.assignment", one)])} value=${assignment} choose=${setAssignment} />
    ${assignment !== "pull" && html`<div class="field"><label for="queue-accept">${texts.say("queues.accept")}</label><input class="input" id="queue-accept" type="number" required min="5" max="600" value=${seconds} onInput=${typed(setSeconds)} /></div>`}
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
  return html`<section class="card" role="status">
    <h2>${texts.say("accounts.link", { name: plainName(link.name) })}</h2>
    <p>${texts.say("accounts.linkText")}</p>
    <input class="input" id="password-link" type="text" readonly aria-label=${texts.say("accounts.link", { name: plainName(link.name) })} value=${address} onFocus=${(/** @type {{target: HTMLInputElement}} */ event) => event.target.select()} />
  </section>`;
}
