/**
 * The agent's own settings: language, password, API tokens; and announcements to the community.
 * @module desk-settings
 */

import { Announcements } from "./desk-announce.js";
import { button, byId, element, icon, show } from "./dom.js";
import { offerLanguages } from "./i18n.js";
import { OwnPicture } from "./desk-own-picture.js";
import { render } from "./preact.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { html } from "./ui.js";

const LIFETIMES = [30, 90, 365];
const DEFAULT_LIFETIME = 90;

/** @typedef {{id: string, label: string, lastUsedAt: string, expiresAt: string}} Token */

/** The page of settings. */
export class DeskSettings {
  #api;
  #texts;
  #picture;
  #ask;
  #shown = 0;
  #drafts;
  #mayAnnounce;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {{displayName: string, username: string, role: string}} me who is logged in
   * @param {function(string, function(): void): void} ask asks before something that cannot be taken back
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(api, texts, me, ask, drafts) {
    this.#drafts = drafts;
    this.#api = api;
    this.#texts = texts;
    this.#ask = ask;
    this.#mayAnnounce = me.role === "supervisor" || me.role === "admin";
    const name = plainName(me.displayName, me.username);
    byId("settings-who").textContent = texts.say("settings.signedInAs", { name, username: me.username });
    byId("password-username", HTMLInputElement).value = me.username;
    this.#picture = new OwnPicture(api, texts, me);
    offerLanguages(byId("language"), texts);
    byId("token-days").append(
      ...LIFETIMES.map((days) =>
        element("option", {
          value: days,
          selected: days === DEFAULT_LIFETIME,
          text: texts.say("settings.days", { amount: days }),
        }),
      ),
    );
    byId("password-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#changePassword(/** @type {HTMLFormElement} */ (event.target));
    });
    byId("token-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#createToken(/** @type {HTMLFormElement} */ (event.target));
    });
  }

  /** Shows the page. */
  async show() {
    this.#picture.show();
    this.#shown++;
    if (this.#mayAnnounce) {
      this.#drawAnnouncements();
    }
    try {
      const { items } = await this.#api.get("agents/tokens");
      this.#drawTokens(items);
    } catch (failure) {
      byId("tokens").replaceChildren(element("li", { class: "form-error" }, icon("alert"), element("p", { text: reasonOf(this.#texts, failure) })));
    }
  }

  /** Reads the planned announcements again, if they are shown: somebody else may have changed them. */
  follow() {
    if (this.#mayAnnounce && byId("announcements").checkVisibility()) {
      this.#shown++;
      this.#drawAnnouncements();
    }
  }

  #drawAnnouncements() {
    render(html`<${Announcements} api=${this.#api} texts=${this.#texts} ask=${this.#ask} drafts=${this.#drafts} shown=${this.#shown} />`, byId("announcements"));
  }

  /** @param {HTMLFormElement} form */
  async #changePassword(form) {
    const data = new FormData(form);
    const isSame = data.get("new") === data.get("repeat");
    if (!isSame) {
      this.#passwordError(this.#texts.say("settings.notAlike"));
      byId("password-repeat").focus();
      return;
    }
    try {
      await this.#api.post("agents/password", { currentPassword: data.get("current"), newPassword: data.get("new") });
      form.reset();
      this.#passwordError("");
      tellSuccess(this.#texts, this.#texts.say("settings.passwordDone"));
    } catch (failure) {
      this.#passwordError(reasonOf(this.#texts, failure));
    }
  }

  /** @param {string} words */
  #passwordError(words) {
    const place = byId("password-error");
    place.replaceChildren(icon("alert"), element("p", { text: words }));
    show(place, words !== "");
  }

  /** @param {HTMLFormElement} form */
  async #createToken(form) {
    const data = new FormData(form);
    try {
      const created = await this.#api.post("agents/tokens", {
        label: String(data.get("label")).trim(),
        expiresInDays: Number(data.get("days")),
      });
      form.reset();
      this.#showOnce(created.token);
      await this.show();
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  /** @param {string} token */
  #showOnce(token) {
    const field = element("input", {
      class: "input token",
      id: "new-token",
      type: "text",
      readonly: true,
      value: token,
      "aria-label": this.#texts.say("settings.tokens"),
    });
    const copy = button({
      label: this.#texts.say("settings.copy"),
      press: async () => {
        field.select();
        try {
          await navigator.clipboard.writeText(token);
          tellSuccess(this.#texts, this.#texts.say("settings.copied"));
        } catch {
          // Forbidden here: the token is selected and can be copied by hand.
        }
      },
    });
    byId("token-once").replaceChildren(
      element("p", { text: this.#texts.say("settings.tokenOnce") }),
      element("div", { class: "token-row" }, field, copy),
    );
    show(byId("token-once"), true);
    field.focus();
    field.select();
  }

  /** @param {Token[]} items */
  #drawTokens(items) {
    const rows = items.map((token) => this.#row(token));
    const none = element("li", { class: "muted small", text: this.#texts.say("settings.tokensEmpty") });
    byId("tokens").replaceChildren(...(rows.length > 0 ? rows : [none]));
  }

  /** @param {Token} token */
  #row(token) {
    const label = plainName(token.label);
    const meta = { used: this.#texts.moment(token.lastUsedAt), until: this.#texts.moment(token.expiresAt) };
    const revoke = button({
      label: this.#texts.say("settings.revoke"),
      kind: "danger",
      attributes: { "aria-label": this.#texts.say("settings.revokeLabel", { label }) },
      press: async () => {
        try {
          await this.#api.delete(`agents/tokens/${encodeURIComponent(token.id)}`);
          tellSuccess(this.#texts, this.#texts.say("settings.revoked"));
        } catch (failure) {
          tellFailure(this.#texts, failure);
        }
        this.show();
      },
    });
    revoke.classList.add("button--small");
    return element(
      "li",
      { class: "token-item" },
      element(
        "div",
        {},
        element("p", { dir: "auto" }, element("strong", { text: label })),
        element("p", { class: "muted small", text: this.#texts.say("settings.tokenMeta", meta) }),
      ),
      revoke,
    );
  }
}
