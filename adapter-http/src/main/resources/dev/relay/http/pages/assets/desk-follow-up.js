/**
 * Writing to the customer of a case: now, or at a later time.
 * @module desk-follow-up
 */

import { button, element, growWithText, icon } from "./dom.js";
import { tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

/**
 * Returns a point in time as an input of a local date and time shows it.
 *
 * @param {string|null} instant such as 2026-11-30T10:00:00Z
 * @returns {string} such as 2026-11-30T11:00, or an empty text
 */
export function localTime(instant) {
  if (!instant) {
    return "";
  }
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * Returns the point in time that such an input shows.
 *
 * @param {string} local
 * @returns {string|null} null for an empty or unfinished one
 */
export function instantOf(local) {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** The part of a case's panel in which an agent writes to the customer. Keeps what is typed while the panel is drawn again. */
export class FollowUp {
  #api;
  #texts;
  #id;
  #wrote;
  #drafts;
  #number = null;
  #latest = null;
  #key = newKey();
  #area;
  #when;
  #obstacle;
  #planned;
  #root;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string): string} id makes ids that are unique on the page
   * @param {function(string): void} wrote receives the id of the conversation in which a message was written
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(api, texts, id, wrote, drafts) {
    this.#api = api;
    this.#texts = texts;
    this.#id = id;
    this.#wrote = wrote;
    this.#drafts = drafts;
    this.#root = this.#made();
  }

  /** Returns the element for a case; reads what is planned for it. */
  of(shown) {
    if (this.#number !== shown.number) {
      this.#number = shown.number;
      this.#latest = null;
      this.#area.value = this.#drafts.of(this.#subject).text;
      this.#takeDraft(shown.number);
      this.#when.value = "";
      this.#key = newKey();
      this.#obstacle.hidden = true;
      this.#planned.replaceChildren();
      this.#readPlanned();
    }
    const latest = shown.conversations.at(-1) ?? null;
    if (this.#latest !== latest) {
      this.#latest = latest;
      this.#readReach(latest);
    }
    return this.#root;
  }

  #made() {
    const texts = this.#texts;
    this.#area = element("textarea", {
      class: "input",
      id: this.#id("follow-up"),
      rows: 2,
      maxlength: 16000,
      dir: "auto",
      placeholder: texts.say("followUp.hint"),
    });
    growWithText(this.#area);
    this.#area.addEventListener("input", () => {
      this.#key = newKey();
      this.#drafts.change(this.#subject, { text: this.#area.value });
    });
    this.#when = element("input", { class: "input", id: this.#id("send-at"), type: "datetime-local" });
    this.#when.addEventListener("input", () => (this.#key = newKey()));
    this.#obstacle = element("p", { class: "form-error", role: "status", hidden: true });
    this.#planned = element("ul", { class: "notes", "aria-label": texts.say("followUp.planned") });
    const form = element(
      "form",
      { class: "field", on: { submit: (event) => this.#submitted(event) } },
      element("label", { for: this.#area.id, text: texts.say("followUp.label") }),
      this.#area,
      element("label", { for: this.#when.id, text: texts.say("followUp.when") }),
      this.#when,
      element(
        "div",
        { class: "form__actions" },
        element("button", { type: "submit", class: "button button--primary button--small", id: this.#id("follow-up-send"), text: texts.say("followUp.send") }),
      ),
    );
    return element(
      "section",
      { class: "panel-part" },
      element("h4", { text: texts.say("followUp.title") }),
      this.#obstacle,
      this.#planned,
      form,
    );
  }

  async #submitted(event) {
    event.preventDefault();
    const text = this.#area.value.trim();
    if (!text) {
      this.#area.focus();
      return;
    }
    const number = this.#number;
    const sendAt = instantOf(this.#when.value);
    const message = { text, clientMessageId: this.#key };
    try {
      if (sendAt) {
        const list = await this.#api.post(`cases/${number}/scheduled-messages`, { ...message, sendAt });
        this.#drawPlanned(list.items);
        tellSuccess(this.#texts, this.#texts.say("followUp.plannedFor", { at: this.#texts.moment(sendAt) }));
      } else {
        const written = await this.#api.post(`cases/${number}/messages`, message);
        tellSuccess(this.#texts, this.#texts.say("followUp.sent"));
        this.#wrote(written.conversationId);
      }
      this.#drafts.change(`cases/${number}`, { text: "" });
      this.#drafts.save(`cases/${number}`);
      this.#area.value = "";
      this.#when.value = "";
      this.#key = newKey();
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  get #subject() {
    return `cases/${this.#number}`;
  }

  /** Takes what the agent has begun in another browser, unless something is written here. */
  async #takeDraft(number) {
    const { text } = await this.#drafts.take(`cases/${number}`);
    if (this.#number === number && !this.#area.value) {
      this.#area.value = text;
    }
  }

  async #readReach(conversation) {
    if (!conversation) {
      return;
    }
    try {
      const reach = await this.#api.get(`conversations/${conversation}/reach`);
      if (this.#latest === conversation) {
        const words = reach.open ? "" : this.#texts.say(`reach.${reach.code}`);
        this.#obstacle.replaceChildren(...(words ? [icon("alert"), element("span", { text: words })] : []));
        this.#obstacle.hidden = reach.open;
      }
    } catch {
      // The message itself will say what is wrong.
    }
  }

  async #readPlanned() {
    const number = this.#number;
    try {
      const list = await this.#api.get(`cases/${number}/scheduled-messages`);
      if (this.#number === number) {
        this.#drawPlanned(list.items);
      }
    } catch {
      // The list appears with the next case, or after a message is planned.
    }
  }

  #drawPlanned(items) {
    const texts = this.#texts;
    const rows = items
      .filter((one) => one.state === "waiting" || one.state === "failed")
      .map((one) =>
        element(
          "li",
          { class: "note" },
          element(
            "p",
            { class: "note__head small" },
            element("bdi", { text: plainName(one.agent) }),
            ` · ${texts.say(`followUp.${one.state}`, { at: texts.moment(one.sendAt) })}`,
          ),
          element("p", { class: "prose", dir: "auto", text: one.text }),
          one.state === "waiting" &&
            button({ label: texts.say("followUp.cancel"), icon: "close", press: () => this.#cancel(one) }),
        ),
      );
    this.#planned.replaceChildren(...rows);
  }

  async #cancel(one) {
    try {
      await this.#api.delete(`scheduled-messages/${one.id}`);
      tellSuccess(this.#texts, this.#texts.say("followUp.cancelled"));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
    this.#area.focus();
    this.#readPlanned();
  }
}

/** Returns a key under which a message is written once, however often it is sent; also on pages without a secure context. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
