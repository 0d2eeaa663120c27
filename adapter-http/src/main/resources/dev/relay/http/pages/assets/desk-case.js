/**
 * One case: its fields, notes and history. Used beside a conversation and on the page of cases.
 * @module desk-case
 */

import { Problem, isSignedOut, query } from "./api.js";
import { caseRow } from "./desk-customer.js";
import { FollowUp, instantOf, localTime } from "./desk-follow-up.js";
import { blockWords, mergeButton } from "./desk-merge-button.js";
import { offerMentions } from "./desk-mention-menu.js";
import { conversationAddress } from "./desk-routes.js";
import { CaseTimeline } from "./desk-timeline.js";
import { button, byId, element, growWithText, icon } from "./dom.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

const KINDS = ["SUPPORT", "BUG", "FEATURE_REQUEST"];
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];
/** Fields whose values have words of their own. */
const NAMED = { status: "case.status", kind: "case.kind", priority: "case.priority" };

/** Fields whose changes have another name in the history. */
const HISTORY_NAMES = { snoozedUntil: "snoozed" };
const OUTDATED = "urn:relay:problem:outdated";
/** How often a change is saved again because somebody else has changed something else at the same time. */
const MOST_ATTEMPTS = 3;

/** Shows a case and saves each change at once. */
export class CasePanel {
  #place;
  #api;
  #texts;
  #me;
  #handlers;
  #drafts;
  #number = null;
  #shown = null;
  #followUp = null;
  #timeline = null;
  /** Where the other cases of the customer are shown. */
  #others = null;
  /** The values that the agent wanted for fields that somebody else has changed meanwhile, by field. */
  #conflicts = new Map();

  /**
   * @param {HTMLElement} place the element to show it in
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {{username: string}} me who is logged in
   * @param {Object} handlers
   * @param {import("./desk-drafts.js").Drafts} handlers.drafts
   * @param {boolean} handlers.hasRoom whether the history is open from the beginning
   * @param {function(Object): void} handlers.changed receives the case after a change
   * @param {function(Object): void} handlers.followUp receives the customer for whom to open a case
   * @param {function(string): void} [handlers.wrote] receives the conversation in which the agent wrote to the customer; without it
   *     the panel has no place to write
   */
  constructor(place, api, texts, me, handlers) {
    this.#place = place;
    this.#api = api;
    this.#texts = texts;
    this.#me = me;
    this.#handlers = handlers;
    if (handlers.wrote) {
      this.#followUp = new FollowUp(api, texts, (part) => this.#id(part), handlers.wrote, handlers.drafts);
    }
    if (handlers.hasRoom) {
      this.#timeline = new CaseTimeline(api, texts, me, (change) => this.#change(change).map((part) => part.textContent ?? part).join(""));
    }
    this.#drafts = handlers.drafts;
  }

  /** Shows the case of that number, or nothing. */
  async show(number) {
    if (number !== this.#number) {
      this.#number = number;
      this.#shown = null;
      this.#conflicts.clear();
      this.#place.replaceChildren();
    }
    if (number === null) {
      return;
    }
    if (!this.#shown) {
      this.#place.replaceChildren(element("p", { class: "loading", text: this.#texts.say("desk.loading") }));
    }
    try {
      const read = await this.#api.get(`cases/${number}`);
      if (this.#number !== number) {
        return;
      }
      if (JSON.stringify(read) !== JSON.stringify(this.#shown)) {
        this.#draw(read);
      } else if (this.#others && read.customer) {
        // The case is the same, but its customer may have been merged with another one.
        this.#readOthers(read.customer);
      }
    } catch (failure) {
      if (this.#number === number && !this.#shown) {
        this.#place.replaceChildren(this.#failure(failure, () => this.show(number)));
      }
    }
  }

  /** Checks whether the case is about a conversation, or about what is known of its customer. */
  concerns(conversation) {
    const { conversations = [], customer = null } = this.#shown ?? {};
    return (
      conversation.caseNumber === this.#number ||
      conversations.includes(conversation.id) ||
      (customer !== null && customer.id === conversation.customer?.id)
    );
  }

  #failure(failure, again) {
    return element(
      "div",
      { class: "empty" },
      icon("alert"),
      element("p", { text: reasonOf(this.#texts, failure) }),
      button({ label: this.#texts.say("desk.retryLoad"), icon: "retry", press: again }),
    );
  }

  /**
   * Draws the case anew. What is being typed into its fields stays, but for the field that was just saved.
   *
   * @param {Object} shown
   * @param {string|null} [saved]
   */
  #draw(shown, saved = null) {
    const focus = this.#place.contains(document.activeElement) ? document.activeElement.id : null;
    const typing = [...this.#place.querySelectorAll("input[data-field]")].filter(
      (input) => this.#shown?.number === shown.number && input.value !== input.dataset.shown && input.dataset.field !== saved,
    );
    const isFirst = this.#shown === null;
    for (const input of typing) {
      const { field } = input.dataset;
      // Somebody else has saved another value while this one was typed: saving it now would overwrite theirs unseen.
      if (!this.#conflicts.has(field) && !isSame(valueOf(this.#shown, field), valueOf(shown, field))) {
        this.#conflicts.set(field, this.#read(field, input));
      }
    }
    const typed =
      this.#place.querySelector(`#${CSS.escape(this.#id("note"))}`)?.value ?? this.#drafts.of(this.#subject).note;
    this.#shown = shown;
    const parts = [
      this.#head(shown),
      this.#people(shown) ?? "",
      this.#fields(shown),
      this.#description(shown),
      // What is written about a merged case belongs to the one that remains.
      !shown.merge && this.#followUp?.of(shown),
      this.#timeline?.of(shown),
      this.#notes(shown, typed),
      this.#history(shown),
    ];
    this.#place.replaceChildren(...parts.filter(Boolean));
    typing.filter((input) => !this.#conflicts.has(input.dataset.field)).forEach((input) => (byId(input.id).value = input.value));
    if (isFirst && !shown.merge) {
      this.#drafts.fillNote(this.#subject, byId(this.#id("note")));
    }
    if (focus) {
      this.#place.querySelector(`#${CSS.escape(focus)}`)?.focus();
    }
  }

  #head(shown) {
    const texts = this.#texts;
    return element(
      "div",
      { class: "case-head" },
      element("h3", { class: "case-head__number", text: texts.say("case.number", shown) }),
      element("p", { class: "muted small", text: texts.say("case.created", { at: texts.moment(shown.createdAt) }) }),
      shown.followUpOf &&
        element("a", {
          class: "link small",
          href: `#/cases/${shown.followUpOf}`,
          text: texts.say("case.followUpOf", { number: shown.followUpOf }),
        }),
      shown.merge &&
        element(
          "p",
          { data: { part: "merged" } },
          element("a", { class: "link", href: `#/cases/${shown.merge.into}`, text: texts.say("case.merged", { number: shown.merge.into }) }),
          element("span", { class: "muted small" }, " · ", element("bdi", { text: plainName(shown.merge.by) }), ": ", element("bdi", { text: shown.merge.reason })),
        ),
      shown.status === "CLOSED" && element("p", { class: "muted small", text: texts.say("case.final") }),
      shown.status === "CLOSED" &&
        button({
          label: texts.say("case.followUp"),
          icon: "plus",
          press: () => this.#handlers.followUp(shown.customer),
        }),
    );
  }

  /** Whom the case is about, and what was said; beside a conversation both are on the page already. */
  #people(shown) {
    const { customer, conversations } = shown;
    if (!this.#handlers.hasRoom || !customer) {
      return null;
    }
    const texts = this.#texts;
    const block = blockWords(texts, customer);
    this.#others = element("div");
    this.#readOthers(customer);
    const links = [...conversations].reverse().map((id) =>
      element("a", { class: "link", href: conversationAddress("open", id), text: texts.say("case.openConversation", { number: id }) }),
    );
    return element(
      "section",
      { class: "panel-part", data: { part: "customer" } },
      element("h4", { text: texts.say("customer.title") }),
      element("p", { class: "customer__name" }, element("bdi", { text: plainName(customer.displayName, texts.say("customer.unnamed")) })),
      block && element("p", { class: "small", data: { part: "block" }, text: `${texts.say("customer.blocked")}: ${block}` }),
      ...links.map((link) => element("p", {}, link)),
      this.#others,
      this.#me.role !== "viewer" &&
        mergeButton(texts, { id: this.#id("merge"), api: this.#api, shown, customer, changed: (result) => this.#merged(result) }),
    );
  }

  /** Shows links to the other cases of the customer, and of those who are the same. */
  async #readOthers(customer) {
    const number = this.#number;
    const place = this.#others;
    try {
      const { items } = await this.#api.get(`cases${query({ customer: customer.id, limit: 11 })}`);
      const others = items.filter((one) => one.number !== number).slice(0, 10);
      place.replaceChildren();
      if (others.length > 0) {
        place.append(element("h4", { text: this.#texts.say("customer.cases") }), element("ul", { class: "links" }, ...others.map((one) => caseRow(one, this.#texts))));
      }
    } catch {
      // The customer's own page has them too.
    }
  }

  #fields(shown) {
    const isFinal = shown.nextStatuses.length === 0;
    const assign = button({ label: this.#texts.say("case.assign"), press: () => this.#save({ assignee: this.#me.username }) });
    assign.classList.add("button--small");
    return element(
      "div",
      { class: "case-fields" },
      this.#text("subject", shown.subject, 200, isFinal),
      this.#choice("status", [shown.status, ...shown.nextStatuses], shown.status, isFinal),
      this.#choice("priority", PRIORITIES, shown.priority, isFinal),
      this.#choice("kind", KINDS, shown.kind, isFinal),
      this.#text("queue", shown.queue, 50, isFinal),
      this.#text("assignee", shown.assignee?.username ?? "", 50, isFinal, {
        hint: "case.assigneeHint",
        value: (text) => text || null,
        more: !isFinal && shown.assignee?.username !== this.#me.username ? assign : null,
      }),
      this.#text("tags", shown.tags.join(", "), 1000, isFinal, { hint: "case.tagsHint", value: tagsOf }),
      this.#snooze(shown),
    );
  }

  /** The page can hold two panels: each has ids of its own. */
  #id(part) {
    return `${this.#place.id}-${part}`;
  }

  #choice(field, values, current, disabled) {
    const select = element("select", { class: "input", id: this.#id(field), disabled });
    const wanted = this.#conflicts.get(field) ?? current;
    select.replaceChildren(
      ...[...new Set([...values, wanted])].map((value) =>
        element("option", { value, selected: value === wanted, text: this.#texts.name(NAMED[field], value) }),
      ),
    );
    select.addEventListener("change", () => this.#save({ [field]: select.value }));
    return this.#labelled(field, select);
  }

  #text(field, current, maxlength, disabled, { hint = null, value = (text) => text, more = null } = {}) {
    const input = element("input", { class: "input", id: this.#id(field), type: "text", dir: "auto", maxlength, disabled, data: { field, shown: current } });
    const wanted = this.#conflicts.get(field);
    input.value = this.#conflicts.has(field) ? (Array.isArray(wanted) ? wanted.join(", ") : (wanted ?? "")) : current;
    if (hint) {
      input.setAttribute("aria-describedby", this.#id(`${field}-hint`));
    }
    const commit = () => {
      if (input.value === input.dataset.shown || this.#conflicts.has(field)) {
        return;
      }
      if (field === "subject" && !input.value.trim()) {
        input.value = current;
      } else {
        input.dataset.shown = input.value;
        this.#save({ [field]: value(input.value.trim()) });
      }
    };
    input.addEventListener("change", commit);
    // What was typed before the panel was drawn anew is no change for the browser.
    input.addEventListener("blur", commit);
    const words = hint && element("p", { class: "field__hint", id: this.#id(`${field}-hint`), text: this.#texts.say(hint) });
    return this.#labelled(field, input, words, more);
  }

  /** Until when the case is put aside; an empty time brings it back. */
  #snooze(shown) {
    const input = element("input", {
      class: "input",
      id: this.#id("snoozedUntil"),
      type: "datetime-local",
      disabled: shown.nextStatuses.length === 0 || shown.status === "SOLVED",
    });
    input.value = localTime(shown.snoozedUntil);
    // Not on each change: a time that is typed part by part would be saved half finished.
    input.addEventListener("blur", () => {
      if (input.value !== localTime(this.#shown.snoozedUntil)) {
        this.#save({ snoozedUntil: instantOf(input.value) });
      }
    });
    return this.#labelled("snoozedUntil", input);
  }

  #labelled(field, control, ...more) {
    const label = element("label", { for: control.id, text: this.#texts.say(`case.${field}`) });
    return element("div", { class: `field field--${field}` }, label, control, ...more, this.#conflict(field, control));
  }

  /** What somebody else has made of a field meanwhile, beside what the agent wanted. */
  #conflict(field, control) {
    if (!this.#conflicts.has(field)) {
      return null;
    }
    const texts = this.#texts;
    const name = HISTORY_NAMES[field] ?? field;
    const last = this.#shown.history.findLast((change) => change.field === name);
    const value = valueOf(this.#shown, field);
    const theirs = NAMED[field] ? texts.name(NAMED[field], value) : [value ?? []].flat().join(", ");
    const finish = (change) => {
      this.#conflicts.delete(field);
      if (change) {
        this.#save(change);
      } else {
        this.#draw(this.#shown, field);
      }
      byId(control.id).focus();
    };
    const mine = button({ label: texts.say("case.conflictMine"), press: () => finish({ [field]: this.#read(field, control) }) });
    const other = button({ label: texts.say("case.conflictTheirs"), press: () => finish(null) });
    [mine, other].forEach((one) => one.classList.add("button--small"));
    return element(
      "div",
      { class: "conflict", role: "alert", data: { conflict: field } },
      element("p", { text: texts.say("case.conflict", { name: plainName(last?.actor, texts.say("author.agent")), value: plainName(theirs, "–") }) }),
      element("div", { class: "form__actions" }, other, mine),
    );
  }

  /** The value of a field as the interface takes it. */
  #read(field, control) {
    const text = control.value.trim();
    const special = { tags: () => tagsOf(text), assignee: () => text || null, snoozedUntil: () => instantOf(control.value) }[field];
    return special ? special() : text;
  }

  #description(shown) {
    const facts = Object.entries(shown.fields).flatMap(([name, value]) => [
      element("dt", { dir: "auto", text: name }),
      element("dd", { dir: "auto", text: value }),
    ]);
    if (!shown.description && facts.length === 0) {
      return null;
    }
    return element(
      "section",
      { class: "panel-part" },
      element("h4", { text: this.#texts.say("case.description") }),
      shown.description && element("p", { class: "prose", dir: "auto", text: shown.description }),
      facts.length > 0 && element("dl", { class: "facts" }, ...facts),
    );
  }

  #notes(shown, typed) {
    const rows = shown.notes.map((note) =>
      element(
        "li",
        { class: "note" },
        element("p", { class: "note__head small" }, element("bdi", { text: plainName(note.author) }), ` · ${this.#texts.moment(note.at)}`),
        element("p", { class: "prose", dir: "auto", text: note.text }),
      ),
    );
    const area = element("textarea", {
      class: "input",
      id: this.#id("note"),
      rows: 2,
      maxlength: 16000,
      dir: "auto",
      placeholder: this.#texts.say("case.noteHint"),
    });
    area.value = typed;
    growWithText(area);
    const number = this.#number;
    area.addEventListener("input", () => this.#drafts.change(`cases/${number}`, { note: area.value }));
    const field = element("div", { class: "mention-field" }, area);
    offerMentions(area, this.#texts.say("mention.list"), async () => (await this.#api.get(`cases/${number}/colleagues`)).items);
    const form = element(
      "form",
      { class: "field", on: { submit: (event) => this.#addNote(event, area) } },
      element("label", { for: this.#id("note"), text: this.#texts.say("case.note") }),
      field,
      element(
        "div",
        { class: "form__actions" },
        element("button", { type: "submit", class: "button button--secondary button--small", text: this.#texts.say("case.noteAdd") }),
      ),
    );
    return element(
      "section",
      { class: "panel-part" },
      element("h4", { text: this.#texts.say("case.notes") }),
      rows.length > 0
        ? element("ul", { class: "notes" }, ...rows)
        : element("p", { class: "muted small", text: this.#texts.say("case.notesEmpty") }),
      !shown.merge && form,
    );
  }

  #history(shown) {
    const rows = [...shown.history].reverse().map((change) =>
      element(
        "li",
        { class: "change" },
        element("p", { dir: "auto" }, ...this.#change(change)),
        element("p", { class: "muted small" }, element("bdi", { text: plainName(change.actor) }), ` · ${this.#texts.moment(change.at)}`),
      ),
    );
    return element(
      "details",
      { class: "panel-part", open: this.#handlers.hasRoom },
      element("summary", {}, element("h4", { text: this.#texts.say("case.history") }), element("span", { class: "badge", text: String(rows.length) })),
      rows.length > 0
        ? element("ol", { class: "changes" }, ...rows)
        : element("p", { class: "muted small", text: this.#texts.say("case.historyEmpty") }),
    );
  }

  #change({ field, before, after }) {
    const value = (text) => (NAMED[field] ? this.#texts.name(NAMED[field], text) : plainName(text).slice(0, 200));
    if (field === "created") {
      return [element("strong", { text: this.#texts.say("case.change.created", { kind: this.#texts.name(NAMED.kind, after) }) })];
    }
    if (field === "note") {
      return [element("strong", { text: this.#texts.say("case.change.note") })];
    }
    const parts = [element("strong", { text: `${this.#texts.name("case.change", field)}: ` })];
    if (before) {
      parts.push(element("bdi", { text: value(before) }), " → ");
    }
    parts.push(element("bdi", { text: after ? value(after) : "–" }));
    return parts;
  }

  async #save(change, attempts = MOST_ATTEMPTS) {
    const number = this.#number;
    const before = this.#shown;
    const [field] = Object.keys(change);
    try {
      const changed = await this.#api.patch(`cases/${number}`, { ...change, version: before.version });
      this.#conflicts.delete(field);
      if (this.#number === number) {
        this.#draw(changed, field);
      }
      tellSuccess(this.#texts, this.#texts.say("case.saved"));
      this.#handlers.changed(changed);
    } catch (failure) {
      if (failure instanceof Problem && failure.body.type === OUTDATED && attempts > 0) {
        await this.#outdated(number, change, before, attempts);
        return;
      }
      tellFailure(this.#texts, failure);
      if (!isSignedOut(failure)) {
        // The fields have to show again what is true; what waits for a new sign-in stays as it was typed.
        this.#shown = null;
        this.show(number);
      }
    }
  }

  /** Saves again if somebody else has changed another field; otherwise shows both values. */
  async #outdated(number, change, before, attempts) {
    const [field, wanted] = Object.entries(change)[0];
    let now = null;
    try {
      now = await this.#api.get(`cases/${number}`);
    } catch (failure) {
      tellFailure(this.#texts, failure);
      return;
    }
    if (this.#number !== number) {
      return;
    }
    if (isSame(valueOf(before, field), valueOf(now, field))) {
      this.#shown = now;
      await this.#save(change, attempts - 1);
    } else {
      if (!isSame(wanted, valueOf(now, field))) {
        this.#conflicts.set(field, wanted);
      }
      this.#shown = now;
      this.#draw(now, field);
    }
  }

  get #subject() {
    return `cases/${this.#number}`;
  }

  /** Goes on with the case that remains, or shows the customer as they are now. */
  #merged(result) {
    if (result.number) {
      window.location.hash = `#/cases/${result.number}`;
    } else {
      this.show(this.#number);
    }
  }

  async #addNote(event, area) {
    event.preventDefault();
    const text = area.value.trim();
    if (!text) {
      area.focus();
      return;
    }
    const number = this.#number;
    try {
      await this.#api.post(`cases/${number}/notes`, { text });
      area.value = "";
      this.#drafts.change(`cases/${number}`, { note: "" });
      this.#drafts.save(`cases/${number}`);
      this.show(this.#number);
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }
}

function tagsOf(text) {
  return [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))];
}

/** The value of a field as the interface takes it. */
function valueOf(shown, field) {
  return field === "assignee" ? (shown.assignee?.username ?? null) : shown[field];
}

function isSame(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
