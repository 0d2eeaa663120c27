/**
 * The dialog that merges duplicates, cases about the same matter and customers who are the same, and that blocks customers. Loaded when it is
 * first opened; see desk-merge-button.js. It is in front of the page, so that what happens meanwhile does not disturb what is typed.
 * @module desk-part-merge
 */

import { blockWords } from "./desk-merge-button.js";
import { MERGE_TEXTS } from "./desk-merge-texts.js";
import { element } from "./dom.js";
import { Texts } from "./i18n.js";
import { render } from "./preact.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { reasonOf } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

const LONGEST_REASON = 500;
const FINAL = ["CLOSED", "MERGED"];

/**
 * What the dialog is about.
 *
 * @typedef {Object} About
 * @property {import("./api.js").Api} api
 * @property {*} shown the case; null if there is none
 * @property {*} customer
 * @property {function(*): void} changed receives what the server has answered to a change
 * @property {Texts} words the words of the page
 */

/** Who stands for a customer. */
function headOf(/** @type {*} */ customer) {
  return customer.mergedInto ?? customer.id;
}

/** For how long and why a customer is blocked; empty if they are not. */
function blockOf(/** @type {About} */ about, /** @type {*} */ customer) {
  return blockWords(about.words, customer);
}

/** Whether a customer is blocked, in a few words. */
function stateOf(/** @type {About} */ about, /** @type {Texts} */ texts, /** @type {*} */ customer) {
  const state = blockOf(about, customer);
  return state ? texts.say("block.now", { state }) : texts.say("block.not");
}

/** A name and where it is from. */
function Who(/** @type {{customer: *, about: About}} */ { customer, about }) {
  const { words } = about;
  const name = plainName(customer.displayName, words.say("customer.unnamed"));
  return html`<strong dir="auto">${name}</strong><span class="muted"> · ${words.name("channel", customer.channel)}</span>`;
}

/**
 * A field with its label.
 *
 * @param {{id: string, label: string, maxlength?: number, type?: string, required?: boolean, changed?: function(): void}} properties
 */
function Field({ id, label, maxlength = LONGEST_REASON, type = "text", required = true, changed }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input class="input" id=${id} name=${id} type=${type} dir="auto" autocomplete="off" maxlength=${maxlength} required=${required} onInput=${changed} />
  </div>`;
}

/** Returns what a form holds, without spaces around it. */
function valuesOf(/** @type {Event} */ event) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
  return (/** @type {string} */ name) => String(form.get(name) ?? "").trim();
}

/**
 * Merges the case into another one, which is shown first.
 *
 * @param {{about: About, texts: Texts, isBusy: boolean, run: function(function(): Promise<*>): Promise<*>, done: function(*): void}} properties
 */
function MergeCase({ about, texts, isBusy, run, done }) {
  const { api, shown, customer } = about;
  const [other, setOther] = useState(/** @type {*} */ (null));
  const isTheirs = other !== null && headOf(other.customer ?? {}) === headOf(customer ?? {});
  const submit = async (/** @type {Event} */ event) => {
    const value = valuesOf(event);
    if (isTheirs) {
      const merged = await run(() => api.post(`cases/${shown.number}/merge`, { into: other.number, reason: value("merge-reason") }));
      merged && done(merged);
      return;
    }
    const found = await run(async () => {
      const named = await api.get(`cases/${encodeURIComponent(numberIn(value("merge-into")))}`);
      return named.merge ? api.get(`cases/${named.merge.into}`) : named;
    });
    setOther(found);
  };
  return html`<form class="form" id="merge-case" onSubmit=${submit}>
    <h3>${texts.say("merge.case", shown)}</h3>
    <${Field} id="merge-into" label=${texts.say("merge.number")} maxlength=${20} changed=${() => setOther(null)} />
    <${Field} id="merge-reason" label=${texts.say("merge.reason")} />
    <div id="merge-case-preview" role="status">
      ${other && html`<p><strong>#${other.number}</strong>${" "}<bdi>${plainName(other.subject)}</bdi> · <${Who} customer=${other.customer ?? {}} about=${about} /></p>
        <p>${texts.say(isTheirs ? "merge.caseFinal" : "merge.othersCase", { one: shown.number, other: other.number })}</p>`}
    </div>
    <div class="form__actions">
      <button type="submit" class="button button--secondary" disabled=${isBusy}>${texts.say(isTheirs ? "merge.confirm" : "merge.check")}</button>
    </div>
  </form>`;
}

function numberIn(/** @type {string} */ text) {
  return text.replace(/^#/, "");
}

/**
 * Blocks the customer, or unblocks them.
 *
 * @param {{about: About, texts: Texts, customer: *, isBusy: boolean, run: function(function(): Promise<*>): Promise<*>, done: function(*): void}} properties
 */
function Block({ about, texts, customer, isBusy, run, done }) {
  const path = `customers/${customer.id}/block`;
  const isBlocked = blockOf(about, customer) !== "";
  /** What will be sent once the agent has confirmed it; null while it is written. */
  const [block, setBlock] = useState(/** @type {Object|null} */ (null));
  const confirm = useRef(/** @type {HTMLButtonElement|null} */ (null));
  useLayoutEffect(() => confirm.current?.focus(), [block]);
  useLayoutEffect(() => {
    if (document.activeElement === document.body) {
      // The button that was pressed is gone with the state before: the one that takes the change back is next.
      document.getElementById(isBlocked ? "unblock" : "block-reason")?.focus();
    }
  }, []);
  const change = async (/** @type {function(): Promise<*>} */ call) => {
    const changed = await run(call);
    changed && done(changed);
  };
  const submit = (/** @type {Event} */ event) => {
    const value = valuesOf(event);
    const until = value("block-until");
    setBlock({ reason: value("block-reason"), ...(until && { until: new Date(until).toISOString() }) });
  };
  const cancel = () => {
    setBlock(null);
    document.getElementById("block-reason")?.focus();
  };
  const question = html`<div class="form__actions" role="group" aria-labelledby="block-question">
    <p id="block-question">${texts.say("block.question", { name: plainName(customer.displayName, about.words.say("customer.unnamed")) })}</p>
    <button type="button" class="button button--secondary" onClick=${cancel}>${about.words.say("action.cancel")}</button>
    <button type="button" class="button button--danger" id="block-confirm" ref=${confirm} disabled=${isBusy} onClick=${() => block && change(() => about.api.put(path, block))}>${texts.say("block.begin")}</button>
  </div>`;
  return html`<section>
    <h3>${texts.say("block.title")}</h3>
    <p id="block-state" role="status">${stateOf(about, texts, customer)}</p>
    ${isBlocked
      ? html`<button type="button" class="button button--secondary" id="unblock" disabled=${isBusy} onClick=${() => change(() => about.api.delete(path))}>
          ${texts.say("block.end")}
        </button>`
      : html`<form class="form" id="block" onSubmit=${submit} onInput=${() => setBlock(null)}>
          <${Field} id="block-reason" label=${texts.say("merge.reason")} />
          <${Field} id="block-until" label=${texts.say("block.until")} type="datetime-local" required=${false} />
          ${block ? question : html`<div class="form__actions"><button type="submit" class="button button--danger" disabled=${isBusy}>${texts.say("block.begin")}</button></div>`}
        </form>`}
  </section>`;
}

/**
 * Merges the customer with another one, who is shown first: an agent knows them by a case or by name.
 *
 * @param {{about: About, texts: Texts, customer: *, isBusy: boolean, run: function(function(): Promise<*>): Promise<*>, done: function(*): void}} properties
 */
function MergeCustomer({ about, texts, customer, isBusy, run, done }) {
  const { api } = about;
  const [found, setFound] = useState(/** @type {*[]|null} */ (null));
  const [chosen, setChosen] = useState(/** @type {*} */ (null));
  const find = async (/** @type {string} */ words) => {
    if (/^#?\d+$/.test(words)) {
      const { customer: theirs } = await api.get(`cases/${numberIn(words)}`);
      return theirs ? [theirs] : [];
    }
    const { groups } = await api.get(`search?q=${encodeURIComponent(words)}&in=customers`);
    return groups.flatMap((/** @type {*} */ group) => group.items.map((/** @type {*} */ hit) => hit.customer)).filter(Boolean);
  };
  const submit = async (/** @type {Event} */ event) => {
    const value = valuesOf(event);
    if (chosen) {
      const merged = await run(() => api.post(`customers/${customer.id}/merge`, { into: headOf(chosen), reason: value("same-reason") }));
      merged && done(merged.customer);
      return;
    }
    const all = await run(() => find(value("same-as")));
    const others = all?.filter((/** @type {*} */ one) => headOf(one) !== headOf(customer)) ?? null;
    setFound(others);
    setChosen(others?.length === 1 ? others[0] : null);
  };
  const forget = () => {
    setFound(null);
    setChosen(null);
  };
  return html`<form class="form" id="merge-customer" onSubmit=${submit}>
    <h3>${texts.say("merge.customer")}</h3>
    <${Field} id="same-as" label=${texts.say("merge.theirCase")} maxlength=${200} changed=${forget} />
    ${found?.length === 0 && html`<p role="status">${texts.say("merge.nobody")}</p>`}
    ${found && found.length > 1 && html`<fieldset class="field">
      <legend class="field__label">${texts.say("merge.which")}</legend>
      ${found.map(
        (one) => html`<label class="check" key=${one.id}>
          <input type="radio" name="same-customer" checked=${chosen === one} onChange=${() => setChosen(one)} /><span><${Who} customer=${one} about=${about} /></span>
        </label>`,
      )}
    </fieldset>`}
    <${Field} id="same-reason" label=${texts.say("merge.reason")} />
    <div id="merge-customer-preview" role="status">
      ${chosen && html`<ul>
          ${[customer, chosen].map((one) => html`<li key=${one.id}><${Who} customer=${one} about=${about} /> · ${stateOf(about, texts, one)}</li>`)}
        </ul>
        <p>${texts.say(blockOf(about, customer) || blockOf(about, chosen) ? "merge.bothBlocked" : "merge.becomeOne")}</p>`}
    </div>
    <div class="form__actions">
      <button type="submit" class="button button--secondary" disabled=${isBusy}>${texts.say(chosen ? "merge.confirm" : "merge.check")}</button>
    </div>
  </form>`;
}

/**
 * The dialog's content.
 *
 * @param {{about: About, texts: Texts, close: function(): void}} properties
 */
function Merge({ about, texts, close }) {
  const { api, shown } = about;
  const [customer, setCustomer] = useState(about.customer);
  const [same, setSame] = useState(/** @type {*[]} */ ([]));
  const [state, setState] = useState({ isBusy: false, failure: "" });
  const head = useRef(/** @type {HTMLElement|null} */ (null));

  /** Makes a call; returns null if that did not work, which is told. */
  const run = async (/** @type {function(): Promise<*>} */ call) => {
    setState({ isBusy: true, failure: "" });
    try {
      const answer = await call();
      setState({ isBusy: false, failure: "" });
      return answer;
    } catch (failure) {
      setState({ isBusy: false, failure: reasonOf(about.words, failure) });
      return null;
    }
  };
  const read = async () => {
    const found = await run(() => api.get(`customers/${customer.id}`));
    if (found) {
      setCustomer(found.customer);
      setSame(found.merged);
    }
  };
  const changedCustomer = (/** @type {*} */ result) => {
    about.changed(result);
    read();
  };
  const separate = async (/** @type {string} */ id) => {
    const separated = await run(() => api.post(`customers/${id}/separate`));
    separated && changedCustomer(separated.customer);
  };
  useLayoutEffect(() => {
    head.current?.focus();
    if (customer) {
      read();
    }
  }, []);

  useLayoutEffect(() => {
    if (document.activeElement === document.body) {
      head.current?.focus();
    }
  }, [same.length]);

  const tools = { about, texts, run, isBusy: state.isBusy };
  return html`<div class="dialog__head">
      <h2 id="merge-title" tabindex="-1" ref=${head}>${texts.say("merge.title")}</h2>
      <button type="button" class="button button--quiet button--icon" id="merge-close" aria-label=${texts.say("action.close")} onClick=${close}><${Icon} name="close" /></button>
    </div>
    <div class="dialog__body">
      ${state.failure && html`<p class="form-error" role="alert" id="merge-failure">${state.failure}</p>`}
      ${shown && !FINAL.includes(shown.status) && html`<${MergeCase} ...${tools} done=${(/** @type {*} */ merged) => {
        close();
        about.changed(merged);
      }} />`}
      ${customer && html`<${Block} key=${`block-${blockOf(about, customer)}`} ...${tools} customer=${customer} done=${changedCustomer} />
        <${MergeCustomer} key=${`same-${same.length}`} ...${tools} customer=${customer} done=${changedCustomer} />`}
      ${same.length > 0 && html`<section id="same-customers">
        <h3>${texts.say("merge.same")}</h3>
        <ul>${same.map(
          ({ customer: one, merge }) => html`<li key=${one.id}>
            <${Who} customer=${one} about=${about} />${" · "}<bdi>${merge.by}</bdi>: <bdi>${merge.reason}</bdi>${" "}
            <button type="button" class="button button--secondary button--small" disabled=${state.isBusy} onClick=${() => separate(one.id)}>${texts.say("merge.separate")}</button>
          </li>`,
        )}</ul>
      </section>`}
    </div>`;
}

const dialog = element("dialog", { class: "dialog", id: "merge", "aria-labelledby": "merge-title" });
dialog.addEventListener("close", () => render(null, dialog));
// What it is about belongs to the place that is left.
window.addEventListener("hashchange", () => dialog.close());
document.body.append(dialog);

/** Opens the dialog. */
export function openMerge(/** @type {About} */ about) {
  const texts = new Texts(MERGE_TEXTS, about.words.language);
  // Shown first: closing it then returns the focus to where it was before.
  dialog.showModal();
  render(html`<${Merge} about=${about} texts=${texts} close=${() => dialog.close()} />`, dialog);
}
