/**
 * The page of cases: search, filters, the chosen case; and the dialog that opens a new one.
 * @module desk-cases
 */

import { conversationAddress } from "./desk-routes.js";
import { query } from "./api.js";
import { CasePanel } from "./desk-case.js";
import { BulkPlace, RowBox, Selection } from "./desk-selection.js";
import { byId, element, icon, show } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { render } from "./preact.js";
import { reasonOf, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Badge, Icon, html, useEvents } from "./ui.js";

const PAUSE_MILLISECONDS = 250;
const PAGE = 50;
const UNSOLVED = ["NEW", "OPEN", "PENDING"];
const STATUSES = ["NEW", "OPEN", "PENDING", "SOLVED", "CLOSED", "MERGED"];
const KINDS = ["SUPPORT", "BUG", "FEATURE_REQUEST"];
/** @type {Object<string, string>} */
const TONES = { NEW: "accent", OPEN: "accent", PENDING: "warning", SOLVED: "success" };
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];

/**
 * @typedef {import("./desk-types.js").SupportCase & {updatedAt: string}} FoundCase
 * @typedef {import("./desk-types.js").Customer} Customer
 * @typedef {Object<string, string>} DialogValues what is written in the dialog, by the names of its fields
 */

/** Searches cases and shows one of them. */
export class DeskCases extends EventTarget {
  #store;
  #texts;
  #panel;
  #selection;
  /** The cases that were found. @type {FoundCase[]} */
  items = [];
  /** The place of the next ones; null if these are all. @type {string|null} */
  next = null;
  /** Why the search failed. @type {any} */
  failure = null;
  isLoaded = false;
  /** @type {string|null} */
  selected = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #asked = 0;
  /** @type {Customer|null} */
  #newCustomer = null;
  #drafts;

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(store, texts, drafts) {
    super();
    this.#store = store;
    this.#texts = texts;
    this.#drafts = drafts;
    const selection = new Selection(store.me.role !== "viewer");
    this.#selection = selection;
    render(html`<${List} cases=${this} texts=${texts} selection=${selection} />`, byId("case-list"));
    const row = (/** @type {string} */ number) => ({ name: `#${number}`, caseNumber: number });
    const searchAgain = () => {
      this.#readAgain();
      this.#panel.show(this.selected);
    };
    render(html`<${BulkPlace} store=${store} texts=${texts} selection=${selection} prefix="case" areCases=${true} row=${row} done=${searchAgain} />`, byId("case-bulk"));
    this.#panel = new CasePanel(byId("case-detail"), store.api, texts, store.me, {
      hasRoom: true,
      drafts,
      mayUndo: () => store.settings.undo,
      changed: (changed) => this.#takeChange(changed),
      followUp: (customer) => this.openDialog(customer),
      wrote: (conversation) => {
        location.hash = conversationAddress("mine", conversation);
      },
    });
    store.addEventListener("arrival", (event) => {
      const { now } = /** @type {CustomEvent} */ (event).detail;
      if (this.selected !== null && this.#panel.concerns(now)) {
        this.#panel.show(this.selected);
      }
      if (byId("case-list").checkVisibility()) {
        this.#searchIfListed(now.caseNumber);
      }
    });
    store.addEventListener("refresh", () => {
      if (this.selected !== null) {
        this.#panel.show(this.selected);
      }
      if (this.isLoaded) {
        this.#readAgain();
      }
    });
    store.addEventListener("case", (event) => this.#caseChanged(/** @type {CustomEvent} */ (event).detail.number));
    this.#prepareFilters();
    this.#prepareDialog();
  }

  /**
   * Follows a change in another window, also of a case without a conversation. Many changes at once are read once.
   *
   * @param {string} number
   */
  #caseChanged(number) {
    if (number === this.selected) {
      this.#panel.show(number);
    }
    this.#searchIfListed(number);
  }

  /**
   * A customer's message may have reopened the case.
   *
   * @param {string|null} number
   */
  #searchIfListed(number) {
    if (this.items.some((item) => item.number === number)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#readAgain(), PAUSE_MILLISECONDS);
    }
  }

  /**
   * Shows the page, with a case or without.
   *
   * @param {string|null} number
   */
  show(number) {
    this.selected = number;
    show(byId("no-case"), number === null);
    show(byId("case-detail"), number !== null);
    this.#panel.show(number);
    this.#readAgain();
  }

  /** Puts the cursor into the search. */
  focusSearch() {
    byId("case-query", HTMLInputElement).select();
    byId("case-query").focus();
  }

  /**
   * Asks for a new case of that customer.
   *
   * @param {Customer} customer
   */
  openDialog(customer) {
    this.#newCustomer = customer;
    byId("new-case-form", HTMLFormElement).reset();
    byId("new-case-priority", HTMLSelectElement).value = "NORMAL";
    this.#fillDialog(this.#drafts.form(this.#dialogDraft));
    this.#takeDialogDraft();
    show(byId("new-case-error"), false);
    byId("new-case-customer").textContent = plainName(customer.displayName, this.#texts.say("customer.unnamed"));
    byId("new-case", HTMLDialogElement).showModal();
  }

  get #dialogDraft() {
    return `forms/new-case-${this.#newCustomer?.id}`;
  }

  /** What is written in the dialog; nothing as long as there are no words. */
  get #dialogValues() {
    const values = /** @type {DialogValues} */ (Object.fromEntries(new FormData(byId("new-case-form", HTMLFormElement))));
    return ["subject", "description", "tags"].some((name) => values[name].trim()) ? values : {};
  }

  /** @param {DialogValues} values */
  #fillDialog(values) {
    const elements = /** @type {Object<string, any>} */ (byId("new-case-form", HTMLFormElement).elements);
    Object.entries(values).forEach(([name, value]) => elements[name] && (elements[name].value = value));
  }

  /** Takes what was begun in another browser, unless something is written here. */
  async #takeDialogDraft() {
    const subject = this.#dialogDraft;
    const begun = await this.#drafts.takeForm(subject);
    if (subject === this.#dialogDraft && Object.keys(this.#dialogValues).length === 0) {
      this.#fillDialog(begun);
    }
  }

  #prepareFilters() {
    const option = (/** @type {string} */ value, /** @type {string} */ text) => element("option", { value, text });
    byId("case-filter-status").append(
      option("unsolved", this.#texts.say("cases.unsolved")),
      option("", this.#texts.say("cases.any")),
      ...STATUSES.map((status) => option(status, this.#texts.say(`case.status.${status}`))),
    );
    byId("case-filter-kind").append(
      option("", this.#texts.say("cases.any")),
      ...KINDS.map((kind) => option(kind, this.#texts.say(`case.kind.${kind}`))),
    );
    byId("case-query").addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.search(), PAUSE_MILLISECONDS);
    });
    byId("case-filters").addEventListener("change", () => this.search());
    byId("case-filters").addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
  }

  #prepareDialog() {
    const fill = (/** @type {string} */ id, /** @type {string} */ group, /** @type {string[]} */ values) =>
      byId(id).append(...values.map((value) => element("option", { value, text: this.#texts.say(`${group}.${value}`) })));
    fill("new-case-kind", "case.kind", KINDS);
    fill("new-case-priority", "case.priority", PRIORITIES);
    prepareDialog(byId("new-case", HTMLDialogElement));
    byId("new-case-form").addEventListener("input", () => this.#drafts.changeForm(this.#dialogDraft, this.#dialogValues));
    byId("new-case-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#open(/** @type {DialogValues} */ (Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)))));
    });
  }

  /** @param {DialogValues} form */
  async #open(form) {
    const words = byId("new-case-error");
    try {
      const opened = await this.#store.api.post("cases", {
        customerId: this.#newCustomer?.id,
        kind: form.kind,
        priority: form.priority,
        subject: form.subject.trim(),
        description: form.description.trim(),
        tags: form.tags.split(",").map((tag) => tag.trim()).filter(Boolean),
      });
      this.#drafts.changeForm(this.#dialogDraft, {});
      byId("new-case", HTMLDialogElement).close();
      tellSuccess(this.#texts, this.#texts.say("case.added", { number: opened.number }));
      window.location.hash = `#/cases/${opened.number}`;
    } catch (failure) {
      words.replaceChildren(icon("alert"), element("p", { text: reasonOf(this.#texts, failure) }));
      show(words, true);
    }
  }

  /** Reads as many cases as are shown: whoever has gone far down the list stays there. */
  #readAgain() {
    return this.search(null, this.items.length);
  }

  /**
   * Searches by what the filters say.
   *
   * @param {string|null} [after] the place of the next ones, to add them
   * @param {number} [least] how many cases to show at least, if there are so many
   */
  async search(after = null, least = 0) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const status = byId("case-filter-status", HTMLSelectElement).value;
    const statuses = status === "unsolved" ? UNSOLVED : status ? [status] : [];
    const wanted = { q: byId("case-query", HTMLInputElement).value.trim(), kind: byId("case-filter-kind", HTMLSelectElement).value };
    const parameters = statuses.map((one) => `&status=${one}`).join("");
    const read = (/** @type {string|null} */ place) => this.#store.api.get(`cases${query({ ...wanted, after: place, limit: PAGE })}${parameters}`);
    try {
      const found = after ? [...this.items] : [];
      let page = await read(after);
      found.push(...page.items);
      while (found.length < least && page.next && asked === this.#asked) {
        page = await read(page.next);
        found.push(...page.items);
      }
      if (asked === this.#asked) {
        // A case that changes while the pages are read can be on two of them.
        this.items = [...new Map(found.map((item) => [item.number, item])).values()];
        this.next = page.next;
        this.failure = null;
        this.isLoaded = true;
      }
    } catch (failure) {
      if (asked === this.#asked) {
        this.items = [];
        this.next = null;
        this.failure = failure;
      }
    }
    this.#changed();
  }

  /**
   * Chooses the row that has the focus or is open, or no longer; with a range, all rows since the last one.
   *
   * @param {boolean} isRange
   */
  choose(isRange) {
    const id = document.activeElement?.closest("#case-rows [data-key]")?.getAttribute("data-key") ?? this.selected;
    if (id) {
      this.#selection.toggle(id, isRange, this.items.map((item) => item.number));
    }
  }

  /** @param {import("./desk-types.js").SupportCase} changed */
  #takeChange(changed) {
    this.items = this.items.map((item) => (item.number === changed.number ? { ...item, ...changed } : item));
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("cases"));
  }
}

/** @param {{cases: DeskCases, texts: import("./i18n.js").Texts, selection: Selection}} properties */
function List({ cases, texts, selection }) {
  useEvents(cases, "cases");
  const { items, failure, next, selected } = cases;
  const order = () => cases.items.map((item) => item.number);
  return html`
    <ul class="rows" id="case-rows">
      ${items.map((item) => html`<${Row} key=${item.number} item=${item} isCurrent=${item.number === selected} texts=${texts} selection=${selection} order=${order} />`)}
    </ul>
    <div class="rows__rest" id="case-rest">
      ${failure && html`<div class="empty"><${Icon} name="alert" /><p>${reasonOf(texts, failure)}</p></div>`}
      ${!failure && cases.isLoaded && items.length === 0 && html`<div class="empty"><${Icon} name="case" /><h3>${texts.say("cases.empty")}</h3><p class="small">${texts.say("cases.emptyText")}</p></div>`}
      ${next && html`<button type="button" class="button button--secondary" onClick=${() => cases.search(next)}>${texts.say("desk.showMore")}</button>`}
    </div>
  `;
}

/** @param {{item: FoundCase, isCurrent: boolean, texts: import("./i18n.js").Texts, selection: Selection, order: function(): string[]}} properties */
function Row({ item, isCurrent, texts, selection, order }) {
  const isUrgent = item.priority === "HIGH" || item.priority === "URGENT";
  const assignee = plainName(item.assignee?.displayName);
  return html`<li data-key=${item.number}>
    <${RowBox} id=${item.number} name=${`#${item.number}`} texts=${texts} selection=${selection} order=${order} />
    <a class="conversation-row" href=${`#/cases/${item.number}`} aria-current=${isCurrent ? "true" : null}>
      <span class="conversation-row__body">
        <span class="conversation-row__top">
          <span class="conversation-row__name" dir="auto">${plainName(item.subject)}</span>
          <span class="conversation-row__time">${texts.since(item.updatedAt)}</span>
        </span>
        <span class="conversation-row__text" dir="auto">${plainName(item.customer?.displayName, texts.say("customer.unnamed"))}</span>
        <span class="conversation-row__facts">
          <${Badge} tone=${TONES[item.status] ?? "neutral"}>${texts.name("case.status", item.status)}<//>
          ${isUrgent && html`<${Badge} tone="danger">${texts.name("case.priority", item.priority)}<//>`}
          <span>#${item.number}</span>
          <span>${texts.name("case.kind", item.kind)}</span>
          ${assignee && html`<bdi>${assignee}</bdi>`}
        </span>
      </span>
    </a>
  </li>`;
}
