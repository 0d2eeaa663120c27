/**
 * Accounts and queues: admins change them, supervisors read them.
 * @module desk-accounts
 */

import { AgentForm, LinkOnce, QueueForm } from "./desk-accounts-forms.js";
import { byId } from "./dom.js";
import { useEffect, useRef, useState } from "./preact-hooks.js";
import { reasonOf, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Badge, Icon, html } from "./ui.js";

/**
 * @typedef {import("./i18n.js").Texts} Texts
 * @typedef {{username: string, displayName: string, role: string, capacity: number, disabled: boolean, hasPassword: boolean, version: string}} Account
 * @typedef {{desk: string|null, hours: {zone: string, days: Object<string, string[]>}|null, open: boolean, opensAt: string|null, waitSeconds: number}} Configured
 * @typedef {{name: string, assignment: string, acceptSeconds: number, members: string[], configured: Configured, version: string}} TeamQueue
 */

const TONES = /** @type {Object<string, string>} */ ({ active: "success", disabled: "danger", invited: "warning" });

/**
 * The page.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").Store} properties.store
 * @param {Texts} properties.texts
 * @param {number} properties.shown another number whenever the page is opened
 */
export function Accounts({ store, texts, shown }) {
  const isAdmin = store.me.role === "admin";
  const [agents, setAgents] = useState(/** @type {Account[]|null} */ (null));
  const [queues, setQueues] = useState(/** @type {TeamQueue[]} */ ([]));
  const [failure, setFailure] = useState("");
  const [agent, setAgent] = useState(/** @type {Partial<Account>|null} */ (null));
  const [queue, setQueue] = useState(/** @type {Partial<TeamQueue>|null} */ (null));
  /** An older answer must not replace a newer one. */
  const asked = useRef(0);
  const [link, setLink] = useState(/** @type {{name: string, path: string}|null} */ (null));
  const readNow = async () => {
    const mine = ++asked.current;
    const [known, all] = await Promise.all([store.api.get("agents"), store.api.get("queues")]);
    if (mine === asked.current) {
      setAgents(known.items);
      setQueues(all.items);
      setFailure("");
    }
    return { agents: known.items, queues: all.items };
  };
  const read = async () => {
    try {
      await readNow();
    } catch (reason) {
      setFailure(reasonOf(texts, reason));
    }
  };
  useEffect(() => {
    read();
  }, [shown]);
  useEffect(() => store.follow(["agents", "queues"], () => byId("view-accounts").checkVisibility() && read()), []);
  const stored = (/** @type {string} */ words) => {
    tellSuccess(texts, words);
    read();
  };
  return html`
    <p class="muted">${texts.say("accounts.about")}${!isAdmin && html` ${texts.say("accounts.readOnly")}`}</p>
    ${failure && html`<p class="form-error" role="alert"><${Icon} name="alert" /><span>${failure}</span></p>`}
    ${agents === null && !failure && html`<p class="loading">${texts.say("desk.loading")}</p>`}
    ${link && html`<${LinkOnce} link=${link} texts=${texts} />`}
    ${agents !== null &&
    html`<section class="card">
        <h2 id="accounts-agents">${texts.say("accounts.agents")}</h2>
        <${AgentTable} agents=${agents} queues=${queues} texts=${texts} isAdmin=${isAdmin} edit=${setAgent} />
        ${isAdmin && html`<div class="form__actions"><button type="button" class="button button--secondary" id="add-agent" onClick=${() => setAgent({})}>${texts.say("accounts.addAgent")}</button></div>`}
      </section>
      <section class="card">
        <h2 id="accounts-queues">${texts.say("queues.title")}</h2>
        <${QueueTable} agents=${agents} queues=${queues} texts=${texts} isAdmin=${isAdmin} edit=${setQueue} />
        ${isAdmin && html`<div class="form__actions"><button type="button" class="button button--secondary" id="add-queue" onClick=${() => setQueue({})}>${texts.say("accounts.addQueue")}</button></div>`}
      </section>`}
    ${agent &&
    html`<${AgentForm} api=${store.api} texts=${texts} agent=${agents?.find((one) => one.username === agent.username) ?? agent} queues=${queues} readNow=${readNow} stored=${stored} showLink=${setLink} close=${() => setAgent(null)} />`}
    ${queue && html`<${QueueForm} api=${store.api} texts=${texts} queue=${queues.find((one) => one.name === queue.name) ?? queue} agents=${agents ?? []} readNow=${readNow} stored=${stored} close=${() => setQueue(null)} />`}
  `;
}

/**
 * The agents.
 *
 * @param {{agents: Account[], queues: TeamQueue[], texts: Texts, isAdmin: boolean, edit: function(Account): void}} properties
 */
function AgentTable({ agents, queues, texts, isAdmin, edit }) {
  const queuesOf = (/** @type {Account} */ one) =>
    one.role === "supervisor" || one.role === "admin"
      ? texts.say("accounts.allQueues")
      : queues
          .filter((queue) => queue.members.length === 0 || queue.members.includes(one.username))
          .map((queue) => plainName(queue.name))
          .join(", ");
  return html`<div class="table-scroll" tabindex="0" role="region" aria-labelledby="accounts-agents">
    <table class="table" id="agent-rows">
      <thead>
        <tr>
          <th scope="col">${texts.say("accounts.agent")}</th>
          <th scope="col">${texts.say("accounts.role")}</th>
          <th scope="col">${texts.say("accounts.inQueues")}</th>
          <th scope="col">${texts.say("accounts.capacityShort")}</th>
          <th scope="col">${texts.say("accounts.state")}</th>
          ${isAdmin && html`<td></td>`}
        </tr>
      </thead>
      <tbody>
        ${agents.map((one) => {
          const state = one.disabled ? "disabled" : one.hasPassword ? "active" : "invited";
          return html`<tr key=${one.username} data-agent=${one.username}>
            <th scope="row"><bdi>${plainName(one.displayName, one.username)}</bdi>${one.displayName !== one.username && html` <span class="muted small">${one.username}</span>`}</th>
            <td>${texts.name("accounts.role", one.role)}</td>
            <td>${queuesOf(one)}</td>
            <td>${one.capacity}</td>
            <td><${Badge} tone=${TONES[state]}>${texts.name("accounts.state", state)}<//></td>
            ${isAdmin && html`<td><${EditButton} name=${plainName(one.displayName, one.username)} texts=${texts} press=${() => edit(one)} /></td>`}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

/**
 * The queues.
 *
 * @param {{queues: TeamQueue[], agents: Account[], texts: Texts, isAdmin: boolean, edit: function(TeamQueue): void}} properties
 */
function QueueTable({ queues, agents, texts, isAdmin, edit }) {
  const nameOf = (/** @type {string} */ username) => plainName(agents.find((one) => one.username === username)?.displayName, username);
  return html`<div class="table-scroll" tabindex="0" role="region" aria-labelledby="accounts-queues">
    <table class="table" id="queue-rows">
      <thead>
        <tr>
          ${["queues.queue", "queues.members", "queues.assignment", "queues.hours"].map((key) => html`<th key=${key} scope="col">${texts.say(key)}</th>`)}
          ${isAdmin && html`<td></td>`}
        </tr>
      </thead>
      <tbody>
        ${queues.map(
          (one) => html`<tr key=${one.name} data-queue=${one.name}>
            <th scope="row"><bdi>${plainName(one.name)}</bdi></th>
            <td>${one.members.length === 0 ? texts.say("queues.everybody") : one.members.map(nameOf).join(", ")}</td>
            <td>${texts.name("queues.assignment", one.assignment)}</td>
            <td>${openWords(one.configured, texts)}</td>
            ${isAdmin && html`<td><${EditButton} name=${plainName(one.name)} texts=${texts} press=${() => edit(one)} /></td>`}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** @param {{name: string, texts: Texts, press: function(): void}} properties */
function EditButton({ name, texts, press }) {
  return html`<button type="button" class="button button--secondary button--small" aria-label=${texts.say("accounts.editLabel", { name })} onClick=${press}>${texts.say("accounts.edit")}</button>`;
}

/**
 * Whether a queue is open now.
 *
 * @param {Configured} configured
 * @param {Texts} texts
 */
function openWords({ hours, open, opensAt }, texts) {
  if (hours === null) {
    return texts.say("queues.always");
  }
  return open ? texts.say("queues.open") : `${texts.say("queues.closed")}${opensAt ? ` · ${texts.say("queues.opens", { time: texts.moment(opensAt) })}` : ""}`;
}
