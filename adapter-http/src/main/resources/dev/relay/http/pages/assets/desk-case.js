/**
 * One case: its fields, notes and history. Used beside a conversation and on the page of cases.
 * @module desk-case
 */

import { Problem, isSignedOut } from "./api.js";
import { FollowUp, instantOf, localTime } from "./desk-follow-up.js";
import { MentionMenu } from "./desk-mention-menu.js";
import { button, byId, element, growWithText, icon, toast } from "./dom.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

const KINDS = ["SUPPORT", "BUG", "FEATURE_REQUEST"];
const PRIORITIES = ["LOW", "NORMAL", "HIGH", "URGENT"];
/** Fields whose values have words of their own. */
const NAMED = { status: "case.status", kind: "case.kind", priority: "case.priority" };

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
      this.#followUp = new FollowUp(api, texts, (part) => this.#id(part), handlers.wrote);
    }
    this.#drafts = handlers.drafts;
  }

  /** Shows the case of that number, or nothing. */
  async show(number) {
    if (number !== this.#number) {
      this.#number = number;
      this.#shown = null;
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
      if (this.#number === number && JSON.stringify(read) !== JSON.stringify(this.#shown)) {
        this.#draw(read);
      }
    } catch (failure) {
      if (this.#number === number && !this.#shown) {
        this.#place.replaceChildren(this.#failure(failure, () => this.show(number)));
      }
    }
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

  #draw(shown) {
    const focus = this.#place.contains(document.activeElement) ? document.activeElement.id : null;
    const isFirst = this.#shown === null;
    const typed =
      this.#place.querySelector(`#${CSS.escape(this.#id("note"))}`)?.value ?? this.#drafts.of(this.#subject).note;
    this.#shown = shown;
    const parts = [
      this.#head(shown),
      this.#people(shown) ?? "",
      this.#fields(shown),
      this.#description(shown),
      this.#followUp?.of(shown),
      this.#notes(shown, typed),
      this.#history(shown),
    ];
    this.#place.replaceChildren(...parts.filter(Boolean));
    if (isFirst) {
      this.#takeDraft(byId(this.#id("note")));
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
  #people({ customer, conversations }) {
    if (!this.#handlers.hasRoom || !customer) {
      return null;
    }
    const texts = this.#texts;
    const links = [...conversations].reverse().map((id) =>
      element("a", { class: "link", href: `#/conversations/open/${id}`, text: texts.say("case.openConversation", { number: id }) }),
    );
    return element(
      "section",
      { class: "panel-part", data: { part: "customer" } },
      element("h4", { text: texts.say("customer.title") }),
      element("p", { class: "customer__name" }, element("bdi", { text: plainName(customer.displayName, texts.say("customer.unnamed")) })),
      ...links.map((link) => element("p", {}, link)),
    );
  }

  #fields(shown) {
    const isFinal = shown.status === "CLOSED";
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
    select.append(
      ...values.map((value) =>
        element("option", { value, selected: value === current, text: this.#texts.name(NAMED[field], value) }),
      ),
    );
    select.addEventListener("change", () => this.#save({ [field]: select.value }));
    return this.#labelled(field, select);
  }

  #text(field, current, maxlength, disabled, { hint = null, value = (text) => text, more = null } = {}) {
    const input = element("input", { class: "input", id: this.#id(field), type: "text", dir: "auto", maxlength, disabled });
    input.value = current;
    if (hint) {
      input.setAttribute("aria-describedby", this.#id(`${field}-hint`));
    }
    input.addEventListener("change", () => {
      if (field === "subject" && !input.value.trim()) {
        input.value = current;
      } else {
        this.#save({ [field]: value(input.value.trim()) });
      }
    });
    const words = hint && element("p", { class: "field__hint", id: this.#id(`${field}-hint`), text: this.#texts.say(hint) });
    return this.#labelled(field, input, words, more);
  }

  /** Until when the case is put aside; an empty time brings it back. */
  #snooze(shown) {
    const input = element("input", {
      class: "input",
      id: this.#id("snoozedUntil"),
      type: "datetime-local",
      disabled: shown.status === "CLOSED" || shown.status === "SOLVED",
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
    return element("div", { class: `field field--${field}` }, label, control, ...more);
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
    new MentionMenu(area, this.#texts.say("mention.list"), async () => (await this.#api.get(`cases/${number}/colleagues`)).items);
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
      form,
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

  async #save(change) {
    const number = this.#number;
    try {
      const changed = await this.#api.patch(`cases/${number}`, { ...change, version: this.#shown.version });
      if (this.#number === number) {
        this.#draw(changed);
      }
      tellSuccess(this.#texts, this.#texts.say("case.saved"));
      this.#handlers.changed(changed);
    } catch (failure) {
      const isConflict = failure instanceof Problem && failure.status === 409;
      const words = isConflict ? this.#texts.say("case.changedMeanwhile") : reasonOf(this.#texts, failure);
      toast(words, "danger", this.#texts.say("action.dismiss"));
      if (!isSignedOut(failure)) {
        // The fields have to show again what is true; what waits for a new sign-in stays as it was typed.
        this.#shown = null;
        this.show(number);
      }
    }
  }

  get #subject() {
    return `cases/${this.#number}`;
  }

  /** Takes the note that the agent has begun in another browser, unless something is written here. */
  async #takeDraft(area) {
    const { note } = await this.#drafts.take(this.#subject);
    if (area.isConnected && !area.value && note) {
      area.value = note;
      area.dispatchEvent(new Event("input"));
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
