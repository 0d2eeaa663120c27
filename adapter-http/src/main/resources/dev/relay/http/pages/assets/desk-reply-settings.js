/**
 * The agent's saved replies and macros, among the settings.
 * @module desk-reply-settings
 */

import { macroSteps } from "./desk-replies.js";
import { button, byId, element, show } from "./dom.js";
import { prepareDialog } from "./menu.js";
import { tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";

const LANGUAGES = ["en", "es"];
const SUPERVISORS = ["supervisor", "admin"];

/**
 * A saved reply as it is written.
 *
 * @typedef {Object} WrittenReply
 * @property {string} id
 * @property {number} version
 * @property {string} name
 * @property {string} shortcut
 * @property {boolean} shared
 * @property {Object<string, string>} texts by language
 * @property {string|null} queue
 * @property {import("./desk-replies.js").Macro|null} macro
 */

/** The list of saved replies and the dialog in which one is written. */
export class ReplySettings {
  #api;
  #texts;
  #ask;
  #mayShare;
  #mayChange;
  #dialog = byId("reply-dialog", HTMLDialogElement);
  #form = byId("reply-form", HTMLFormElement);
  /** @type {WrittenReply|null} */
  #edited = null;
  /** While a change is sent, what is read may be that change. */
  #isSaving = false;
  /** An older answer must not replace a newer one. */
  #asked = 0;
  /** What the list shows: the same again is not drawn, so that the focus and a button that is being pressed stay. */
  #drawn = "";

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {{role: string}} me who is logged in
   * @param {function(string, function(): void): void} ask asks before something that cannot be taken back
   */
  constructor(api, texts, me, ask) {
    this.#api = api;
    this.#texts = texts;
    this.#ask = ask;
    this.#mayShare = SUPERVISORS.includes(me.role);
    this.#mayChange = me.role !== "viewer";
    show(byId("reply-new"), this.#mayChange);
    prepareDialog(this.#dialog);
    byId("reply-new").addEventListener("click", () => this.#open(null));
    byId("reply-is-macro").addEventListener("change", () => this.#drawMacro());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  /** Reads the list again, if it is shown: somebody else may have changed it. */
  follow() {
    if (byId("reply-list").checkVisibility()) {
      this.show();
    }
  }

  /** Reads the list. */
  async show() {
    const asked = ++this.#asked;
    try {
      const { items } = await this.#api.get("saved-replies");
      if (asked !== this.#asked) {
        return;
      }
      const drawn = JSON.stringify(items);
      if (drawn !== this.#drawn) {
        this.#drawn = drawn;
        const none = element("li", { class: "muted small", text: this.#texts.say("replies.none") });
        byId("reply-list").replaceChildren(...(items.length > 0 ? items.map((/** @type {WrittenReply} */ reply) => this.#row(reply)) : [none]));
      }
      this.#followInDialog(items);
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  /** @param {WrittenReply} reply */
  #row(reply) {
    const name = plainName(reply.name);
    const mayChange = this.#mayChange && (!reply.shared || this.#mayShare);
    const steps = reply.macro ? macroSteps(reply.macro, this.#texts).join(" · ") : "";
    const remove = () =>
      this.#ask("replies.delete", async () => {
        await this.#done(() => this.#api.delete(`saved-replies/${reply.id}`), "replies.deleted");
      });
    const edit = button({
      label: this.#texts.say("replies.edit"),
      attributes: { "aria-label": this.#texts.say("replies.editLabel", { name }) },
      press: () => this.#open(reply),
    });
    const erase = button({
      label: this.#texts.say("replies.delete"),
      kind: "danger",
      attributes: { "aria-label": this.#texts.say("replies.deleteLabel", { name }) },
      press: remove,
    });
    [edit, erase].forEach((one) => one.classList.add("button--small"));
    return element(
      "li",
      { class: "token-item" },
      element(
        "div",
        {},
        element("p", { dir: "auto" }, element("strong", { text: name }), " ", element("code", { text: `/${reply.shortcut}` })),
        element("p", { class: "muted small", text: this.#texts.say(reply.shared ? "replies.shared" : "replies.personal") }),
        steps && element("p", { class: "muted small", dir: "auto", text: steps }),
      ),
      mayChange && element("div", { class: "reply-actions" }, edit, erase),
    );
  }

  /**
   * The fields of the form.
   *
   * @returns {Object<string, any>}
   */
  get #fields() {
    return this.#form.elements;
  }

  /** @param {WrittenReply|null} reply */
  #open(reply) {
    this.#edited = reply;
    this.#form.reset();
    show(byId("reply-shared-field"), this.#mayShare);
    show(byId("reply-meanwhile"), false);
    this.#fill(valuesOf(reply), []);
    this.#dialog.showModal();
  }

  /**
   * Fills the form, but for some fields.
   *
   * @param {Object<string, string|boolean>} values
   * @param {string[]} kept
   */
  #fill(values, kept) {
    const elements = this.#fields;
    for (const [name, value] of Object.entries(values).filter(([name]) => !kept.includes(name))) {
      elements[name][typeof value === "boolean" ? "checked" : "value"] = value;
    }
    this.#drawMacro();
  }

  /**
   * The fields of the form that differ from values.
   *
   * @param {Object<string, string|boolean>} values
   */
  #changed(values) {
    const elements = this.#fields;
    return Object.keys(values).filter((name) => elements[name][typeof values[name] === "boolean" ? "checked" : "value"] !== values[name]);
  }

  /**
   * Shows in the open dialog what somebody else has made of the reply meanwhile: in the fields that were not touched here, and in words for the
   * others.
   *
   * @param {WrittenReply[]} items
   */
  #followInDialog(items) {
    const before = this.#edited;
    if (!before || this.#isSaving || !this.#dialog.open) {
      return;
    }
    const now = items.find((one) => one.id === before.id) ?? null;
    if (now?.version === before.version) {
      return;
    }
    this.#edited = now;
    let words = this.#texts.say("replies.goneMeanwhile");
    if (now !== null) {
      const theirs = valuesOf(now);
      const mine = this.#changed(valuesOf(before)).filter((name) => this.#changed(theirs).includes(name));
      this.#fill(theirs, mine);
      const labels = mine.map((name) => this.#fields[name].labels[0].textContent.trim());
      words = labels.length > 0 ? this.#texts.say("replies.changedMeanwhile", { fields: labels.join(", ") }) : this.#texts.say("replies.followed");
    }
    byId("reply-meanwhile").textContent = words;
    show(byId("reply-meanwhile"), true);
  }

  #drawMacro() {
    show(byId("reply-macro-fields"), byId("reply-is-macro", HTMLInputElement).checked);
  }

  async #save() {
    const elements = this.#fields;
    const texts = /** @type {Object<string, string>} */ ({ ...this.#edited?.texts });
    for (const language of LANGUAGES) {
      const text = elements[`text-${language}`].value.trim();
      delete texts[language];
      if (text) {
        texts[language] = text;
      }
    }
    const macro = {
      status: elements.status.value || null,
      priority: elements.priority.value || null,
      tags: elements.tags.value.split(",").map((/** @type {string} */ tag) => tag.trim()).filter(Boolean),
      queue: elements.macroQueue.value.trim() || null,
      note: elements.note.value.trim() || null,
      ends: elements.ends.checked,
    };
    const reply = {
      name: elements.name.value.trim(),
      shortcut: elements.shortcut.value.trim().replace(/^\//, "").toLowerCase(),
      shared: elements.shared.checked,
      texts,
      queue: elements.queue.value.trim() || null,
      macro: elements.macro.checked ? macro : null,
    };
    const edited = this.#edited;
    const call = edited
      ? () => this.#api.patch(`saved-replies/${edited.id}`, { ...reply, version: edited.version })
      : () => this.#api.post("saved-replies", reply);
    if (await this.#done(call, "replies.saved")) {
      this.#dialog.close();
    }
  }

  /**
   * What was typed stays in the dialog if the server refuses it.
   *
   * @param {function(): Promise<unknown>} call
   * @param {string} words the key of what is said if that worked
   */
  async #done(call, words) {
    this.#isSaving = true;
    try {
      await call();
    } catch (failure) {
      this.#isSaving = false;
      tellFailure(this.#texts, failure);
      // It may be another one by now: the dialog then shows that, and what was typed can be saved over it.
      this.show();
      return false;
    }
    this.#isSaving = false;
    this.#edited = null;
    tellSuccess(this.#texts, this.#texts.say(words));
    this.show();
    return true;
  }
}

/**
 * What the form shows of a reply; of a new one, if there is none.
 *
 * @param {WrittenReply|null} reply
 * @returns {Object<string, string|boolean>}
 */
function valuesOf(reply) {
  const macro = reply?.macro;
  return {
    name: reply?.name ?? "",
    shortcut: reply?.shortcut ?? "",
    shared: reply?.shared ?? false,
    ...Object.fromEntries(LANGUAGES.map((language) => [`text-${language}`, reply?.texts[language] ?? ""])),
    queue: reply?.queue ?? "",
    macro: Boolean(macro),
    status: macro?.status ?? "",
    priority: macro?.priority ?? "",
    tags: macro?.tags.join(", ") ?? "",
    macroQueue: macro?.queue ?? "",
    note: macro?.note ?? "",
    ends: macro?.ends ?? false,
  };
}
