/**
 * Signing in.
 * @module desk-login
 */

import { byId, element, icon, show } from "./dom.js";
import { reasonOf } from "./question.js";

/** The form with user name and password. */
export class Login {
  #api;
  #texts;
  #done;
  #username = byId("username", HTMLInputElement);
  #password = byId("password", HTMLInputElement);
  #button = byId("login-submit", HTMLButtonElement);
  /** Where the form is unless it covers the desk. */
  #place = byId("login").parentElement;
  #over = byId("login-over", HTMLDialogElement);

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {function(any): void} done receives the agent who has logged in
   */
  constructor(api, texts, done) {
    this.#api = api;
    this.#texts = texts;
    this.#done = done;
    this.#over.addEventListener("cancel", (event) => event.preventDefault());
    byId("login-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(/** @type {HTMLFormElement} */ (event.target));
    });
  }

  /**
   * Shows the form.
   *
   * @param {string} [username] whose session has expired: the reason is told, and the page behind is kept
   */
  show(username = "") {
    if (!byId("login").hidden) {
      return;
    }
    show(byId("login"), true);
    const isWriting = document.activeElement instanceof HTMLTextAreaElement || document.activeElement instanceof HTMLInputElement;
    if (username) {
      // A modal dialog is the only thing in front of the dialogs that are open, which stay as they are.
      this.#over.append(byId("login"));
      this.#over.showModal();
      this.#username.value = username;
      this.#say(this.#texts.say("login.expired"));
    }
    if (username && isWriting) {
      // What somebody is just typing must not end in the field of the password, nor its Enter send that.
      this.#over.tabIndex = -1;
      this.#over.focus();
    } else {
      (this.#username.value ? this.#password : this.#username).focus();
    }
  }

  /** @param {HTMLFormElement} form */
  async #submit(form) {
    this.#button.disabled = true;
    this.#say("");
    try {
      const me = await this.#api.post("agents/login", {
        username: this.#username.value.trim().toLowerCase(),
        password: this.#password.value,
      });
      form.reset();
      show(byId("login"), false);
      if (this.#over.open) {
        // The focus returns to where it was.
        this.#over.close();
        this.#place?.prepend(byId("login"));
      }
      this.#say("");
      this.#done(me);
    } catch (failure) {
      this.#say(this.#reason(failure));
      this.#password.value = "";
      this.#password.focus();
    }
    this.#button.disabled = false;
  }

  /** @param {*} failure */
  #reason(failure) {
    if (failure.status === 401) {
      return this.#texts.say("login.failed");
    }
    if (failure.status === 429 && failure.retryAfterSeconds) {
      return this.#texts.say("login.tooMany", { seconds: failure.retryAfterSeconds });
    }
    return reasonOf(this.#texts, failure);
  }

  /** @param {string} words */
  #say(words) {
    const place = byId("login-error");
    place.replaceChildren(icon("alert"), element("p", { text: words }));
    show(place, words !== "");
  }
}
