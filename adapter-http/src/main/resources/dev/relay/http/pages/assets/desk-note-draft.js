/**
 * The internal note that an agent has begun to write about a case: kept in this browser at once, and on the server for others.
 * @module desk-note-draft
 */

import { draftName } from "./desk-composer.js";
import { forget, keep, kept } from "./keep.js";

const SAVE_MILLISECONDS = 800;

/** The drafts of notes, one for each case. */
export class NoteDraft {
  #api;
  #username;
  #saving = null;
  #save = () => {};

  /**
   * @param {import("./api.js").Api} api
   * @param {string} username the agent, whose drafts nobody else sees
   */
  constructor(api, username) {
    this.#api = api;
    this.#username = username;
  }

  /** What was begun about the case in this browser. */
  of(number) {
    return kept(this.#name(number)) ?? "";
  }

  /** Keeps what is typed, here at once and on the server once the agent pauses. */
  typed(number, note) {
    if (note) {
      keep(this.#name(number), note);
    } else {
      forget(this.#name(number));
    }
    this.#later(number, note);
  }

  /** Takes what the agent has begun in another browser, unless something is written here. */
  async take(number, area) {
    if (area.value) {
      return;
    }
    try {
      const { note } = await this.#api.get(`agents/me/drafts/cases/${number}`);
      if (area.isConnected && !area.value && note) {
        area.value = note;
        area.dispatchEvent(new Event("input"));
      }
    } catch {
      // Without an answer the draft of this browser is the one.
    }
  }

  /** Forgets the draft of a note that was added. */
  added(number) {
    forget(this.#name(number));
    this.#later(number, "");
    this.#now();
  }

  #later(number, note) {
    if (this.#saving !== null && this.#saving.number !== number) {
      this.#now();
    }
    clearTimeout(this.#saving?.timer);
    this.#save = () =>
      this.#api.put(`agents/me/drafts/cases/${number}`, { note }).catch(() => {
        // This browser has it; the next change is saved again.
      });
    this.#saving = { number, timer: setTimeout(() => this.#now(), SAVE_MILLISECONDS) };
  }

  #now() {
    if (this.#saving !== null) {
      clearTimeout(this.#saving.timer);
      this.#saving = null;
      this.#save();
    }
  }

  #name(number) {
    return draftName(this.#username, `case.${number}`);
  }
}
