/**
 * The page of cases: search, filters, the chosen case; and the dialog that opens a new one.
 * @module desk-cases
 */

import { conversationAddress } from "./desk-routes.js";
import { query } from "./api.js";
import { CasePanel } from "./desk-case.js";
import { button, byId, element, icon, show } from "./dom.js";
import { KeyedList } from "./keyed-list.js";
import { prepareDialog } from "./menu.js";
import { reasonOf, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

const PAUSE_MILLISECONDS = 250;
const UNSOLVED = ["NEW", "OPEN", "PENDING"];
const STATUSES = ["NEW", "OPEN", "PENDING", "SOLVED", "CLOSED", "MERGED"];
const KINDS = ["SUPPORT", "BUG", "FEATURE_REQUEST"];
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];

/** Searches cases and shows one of them. */
export class DeskCases {
  #store;
  #texts;
  #panel;
  #rows;
  #items = [];
  #next = null;
  #selected = null;
  #timer = null;
  #asked = 0;
  #newCustomer = null;

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(store, texts, drafts) {
    this.#store = store;
    this.#texts = texts;
    this.#rows = new KeyedList(byId("case-rows"), (model) => this.#row(model));
    this.#panel = new CasePanel(byId("case-detail"), store.api, texts, store.me, {
      hasRoom: true,
      drafts,
      changed: (changed) => this.#takeChange(changed),
      followUp: (customer) => this.openDialog(customer),
      wrote: (conversation) => {
        location.hash = conversationAddress("mine", conversation);
      },
    });
    store.addEventListener("arrival", ({ detail: { now } }) => {
      if (this.#selected !== null && this.#panel.concerns(now)) {
        this.#panel.show(this.#selected);
      }
    });
    this.#prepareFilters();
    this.#prepareDialog();
  }

  /** Shows the page, with a case or without. */
  show(number) {
    this.#selected = number;
    show(byId("no-case"), number === null);
    show(byId("case-detail"), number !== null);
    this.#panel.show(number);
    this.#search();
  }

  /** Puts the cursor into the search. */
  focusSearch() {
    byId("case-query").select();
    byId("case-query").focus();
  }

  /** Asks for a new case of that customer. */
  openDialog(customer) {
    this.#newCustomer = customer;
    byId("new-case-form").reset();
    byId("new-case-priority").value = "NORMAL";
    show(byId("new-case-error"), false);
    byId("new-case-customer").textContent = plainName(customer.displayName, this.#texts.say("customer.unnamed"));
    byId("new-case").showModal();
  }

  #prepareFilters() {
    const option = (value, text) => element("option", { value, text });
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
      this.#timer = setTimeout(() => this.#search(), PAUSE_MILLISECONDS);
    });
    byId("case-filters").addEventListener("change", () => this.#search());
    byId("case-filters").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search();
    });
  }

  #prepareDialog() {
    const fill = (id, group, values) =>
      byId(id).append(...values.map((value) => element("option", { value, text: this.#texts.say(`${group}.${value}`) })));
    fill("new-case-kind", "case.kind", KINDS);
    fill("new-case-priority", "case.priority", PRIORITIES);
    prepareDialog(byId("new-case"));
    byId("new-case-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#open(new FormData(event.target));
    });
  }

  async #open(form) {
    const words = byId("new-case-error");
    try {
      const opened = await this.#store.api.post("cases", {
        customerId: this.#newCustomer.id,
        kind: form.get("kind"),
        priority: form.get("priority"),
        subject: form.get("subject").trim(),
        description: form.get("description").trim(),
        tags: form.get("tags").split(",").map((tag) => tag.trim()).filter(Boolean),
      });
      byId("new-case").close();
      tellSuccess(this.#texts, this.#texts.say("case.added", { number: opened.number }));
      window.location.hash = `#/cases/${opened.number}`;
    } catch (failure) {
      words.replaceChildren(icon("alert"), element("p", { text: reasonOf(this.#texts, failure) }));
      show(words, true);
    }
  }

  async #search(after = null) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const status = byId("case-filter-status").value;
    const statuses = status === "unsolved" ? UNSOLVED : status ? [status] : [];
    const rest = query({ q: byId("case-query").value.trim(), kind: byId("case-filter-kind").value, after, limit: 50 });
    const parameters = statuses.map((one) => `&status=${one}`).join("");
    try {
      const page = await this.#store.api.get(`cases${rest}${parameters}`);
      if (asked === this.#asked) {
        this.#items = after ? [...this.#items, ...page.items] : page.items;
        this.#next = page.next;
        this.#draw();
      }
    } catch (failure) {
      if (asked === this.#asked) {
        this.#rows.show([]);
        byId("case-rest").replaceChildren(
          element("div", { class: "empty" }, icon("alert"), element("p", { text: reasonOf(this.#texts, failure) })),
        );
      }
    }
  }

  #takeChange(changed) {
    const at = this.#items.findIndex((item) => item.number === changed.number);
    if (at >= 0) {
      this.#items[at] = { ...this.#items[at], ...changed };
      this.#draw();
    }
  }

  #draw() {
    this.#rows.show(
      this.#items.map((item) => ({
        key: item.number,
        subject: plainName(item.subject),
        status: item.status,
        kind: item.kind,
        priority: item.priority,
        customer: plainName(item.customer?.displayName, this.#texts.say("customer.unnamed")),
        assignee: plainName(item.assignee?.displayName),
        updated: this.#texts.since(item.updatedAt),
        isCurrent: item.number === this.#selected,
      })),
    );
    const rest = byId("case-rest");
    rest.replaceChildren();
    if (this.#items.length === 0) {
      rest.append(
        element(
          "div",
          { class: "empty" },
          icon("case"),
          element("h3", { text: this.#texts.say("cases.empty") }),
          element("p", { class: "small", text: this.#texts.say("cases.emptyText") }),
        ),
      );
    } else if (this.#next) {
      rest.append(button({ label: this.#texts.say("desk.showMore"), press: () => this.#search(this.#next) }));
    }
  }

  #row(model) {
    const tone = { NEW: "accent", OPEN: "accent", PENDING: "warning", SOLVED: "success" }[model.status] ?? "neutral";
    const isUrgent = model.priority === "HIGH" || model.priority === "URGENT";
    return element(
      "li",
      {},
      element(
        "a",
        {
          class: "conversation-row",
          href: `#/cases/${model.key}`,
          "aria-current": model.isCurrent ? "true" : null,
          data: { focus: "row" },
        },
        element(
          "span",
          { class: "conversation-row__body" },
          element(
            "span",
            { class: "conversation-row__top" },
            element("span", { class: "conversation-row__name", dir: "auto", text: model.subject }),
            element("span", { class: "conversation-row__time", text: model.updated }),
          ),
          element("span", { class: "conversation-row__text", dir: "auto", text: model.customer }),
          element(
            "span",
            { class: "conversation-row__facts" },
            element("span", { class: `badge badge--${tone}`, text: this.#texts.name("case.status", model.status) }),
            isUrgent && element("span", { class: "badge badge--danger", text: this.#texts.name("case.priority", model.priority) }),
            element("span", { text: `#${model.key}` }),
            element("span", { text: this.#texts.name("case.kind", model.kind) }),
            model.assignee && element("bdi", { text: model.assignee }),
          ),
        ),
      ),
    );
  }
}
