/**
 * One case while it is edited: what the server has, what is typed, what is being saved, and what somebody else has changed meanwhile.
 * @module desk-case-edits
 */

import { Problem, isSignedOut } from "./api.js";
import { instantOf, localTime } from "./local-time.js";
import { InTurn } from "./in-turn.js";

const OUTDATED = "urn:relay:problem:outdated";
/** How often a change is saved again because somebody else has changed something else at the same time. */
const MOST_ATTEMPTS = 3;
/** The fields that are typed; choices are saved at once. @type {Field[]} */
const TYPED = ["subject", "queue", "assignee", "tags", "snoozedUntil"];

/**
 * A field of a case that is edited.
 *
 * @typedef {"subject"|"status"|"priority"|"kind"|"queue"|"assignee"|"tags"|"snoozedUntil"} Field
 */

/**
 * Returns the value of a field as the interface has it.
 *
 * @param {import("./desk-types.js").SupportCase} shown
 * @param {Field} field
 * @returns {string|string[]|null}
 */
export function valueOf(shown, field) {
  return field === "assignee" ? (shown.assignee?.username ?? null) : shown[field];
}

/**
 * Returns a value as its control shows it.
 *
 * @param {Field} field
 * @param {string|string[]|null} value
 * @returns {string}
 */
function textOf(field, value) {
  return field === "snoozedUntil" ? localTime(/** @type {string|null} */ (value)) : [value ?? []].flat().join(", ");
}

/**
 * Returns the value that a text in the control means.
 *
 * @param {Field} field
 * @param {string} text
 * @returns {string|string[]|null}
 */
function meant(field, text) {
  if (field === "tags") {
    return [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))];
  }
  if (field === "snoozedUntil") {
    return instantOf(text);
  }
  return field === "assignee" ? text.trim() || null : text.trim();
}

/**
 * The draft of what is typed in the fields of a case.
 *
 * @param {string} number
 */
function draftOf(number) {
  return `forms/case-${number}`;
}

/**
 * @param {*} one
 * @param {*} other
 */
function isSame(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/**
 * The case that a panel shows. The event "case" tells of changes. Reads and saves wait for each other, so that each save has the version that
 * the one before it returned: agents change two fields faster than the server answers.
 */
export class CaseEdits extends EventTarget {
  #api;
  #handlers;
  #inTurn = new InTurn();
  /** @type {string|null} */
  #number = null;
  /** @type {import("./desk-types.js").SupportCase|null} */
  #shown = null;
  /** What is in the controls and not on the server yet. @type {Map<Field, string>} */
  #typed = new Map();
  /** What is being saved, so that leaving a field does not save it twice. @type {Map<Field, {text: string, value: string|string[]|null}>} */
  #saving = new Map();
  /** The values that the agent wanted for fields that somebody else has changed meanwhile. @type {Map<Field, string|string[]|null>} */
  #conflicts = new Map();
  #drafts;
  /** What is kept as a draft, as text, so that the same is not saved again. */
  #kept = "{}";
  /** Why the case could not be read. @type {*} */
  failure = null;

  /**
   * @param {import("./api.js").Api} api
   * @param {Object} handlers
   * @param {function(import("./desk-types.js").SupportCase): void} handlers.saved receives the case after each save
   * @param {function(*): void} handlers.failed receives why a save did not work
   * @param {function(string, string): Promise<boolean>} [handlers.mayTell] receives a case's number and its next status, of which the customer
   *     may be told; returns whether it is still wanted. Without it a status is saved at once
   * @param {import("./desk-drafts.js").Drafts|null} drafts keeps what is typed and not saved yet; null for who may not change cases
   */
  constructor(api, handlers, drafts) {
    super();
    this.#api = api;
    this.#drafts = drafts;
    this.#handlers = handlers;
  }

  /** The number of the case; null if none is shown. */
  get number() {
    return this.#number;
  }

  /** The case as the server has it; null until it is read. */
  get shown() {
    return this.#shown;
  }

  /**
   * Returns what the control of a field shows.
   *
   * @param {Field} field
   * @returns {string}
   */
  text(field) {
    if (this.#conflicts.has(field)) {
      return textOf(field, this.#conflicts.get(field) ?? null);
    }
    return this.#typed.get(field) ?? this.#saving.get(field)?.text ?? this.#saved(field);
  }

  /**
   * Checks whether somebody else has changed what the agent wanted to change.
   *
   * @param {Field} field
   */
  isInConflict(field) {
    return this.#conflicts.has(field);
  }

  /**
   * Shows a case, or reads it again.
   *
   * @param {string|null} number
   */
  async show(number) {
    if (number !== this.#number) {
      this.#number = number;
      this.#shown = null;
      this.#kept = "{}";
      this.failure = null;
      this.#typed.clear();
      this.#saving.clear();
      this.#conflicts.clear();
      this.#tell();
    }
    if (number !== null) {
      await this.#inTurn.run(() => this.#read(number));
    }
  }

  /**
   * Keeps what is typed, without saving it yet.
   *
   * @param {Field} field
   * @param {string} text
   */
  type(field, text) {
    if (this.#conflicts.has(field)) {
      this.#conflicts.set(field, meant(field, text));
    } else {
      this.#typed.set(field, text);
    }
    this.#keep();
  }

  /**
   * Saves what was typed or chosen, unless it is what the server has.
   *
   * @param {Field} field
   */
  commit(field) {
    const text = this.#typed.get(field);
    if (text === undefined) {
      return;
    }
    const isCleared = field === "subject" && !text.trim();
    if (isCleared || text === (this.#saving.get(field)?.text ?? this.#saved(field))) {
      this.#typed.delete(field);
      this.#tell();
    } else {
      this.#save(field, text, meant(field, text));
    }
  }

  /**
   * Saves a value at once.
   *
   * @param {Field} field
   * @param {string} value
   */
  set(field, value) {
    this.type(field, value);
    if (!this.#conflicts.has(field)) {
      this.commit(field);
    }
  }

  /**
   * Ends a conflict.
   *
   * @param {Field} field
   * @param {boolean} isMine whether the agent's own value replaces that of the other
   */
  settle(field, isMine) {
    const wanted = this.#conflicts.get(field) ?? null;
    this.#conflicts.delete(field);
    if (isMine) {
      const text = textOf(field, wanted);
      this.#typed.set(field, text);
      this.#save(field, text, wanted);
    }
    this.#tell();
  }

  /** @param {Field} field */
  #saved(field) {
    return this.#shown ? textOf(field, valueOf(this.#shown, field)) : "";
  }

  /**
   * @param {Field} field
   * @param {string} text
   * @param {string|string[]|null} value
   */
  async #save(field, text, value) {
    const begun = /** @type {import("./desk-types.js").SupportCase} */ (this.#shown);
    const { number } = begun;
    // What the field may have when its turn comes; anything else is somebody else's.
    const expected = [valueOf(begun, field), this.#saving.get(field)?.value ?? valueOf(begun, field)];
    this.#saving.set(field, { text, value });
    if (field === "status" && this.#handlers.mayTell && !(await this.#handlers.mayTell(number, text))) {
      this.#done(number, field, text, true);
      return;
    }
    try {
      const changed = await this.#inTurn.run(() => this.#saveOver(this.#shown?.number === number ? this.#shown : begun, field, value, expected));
      this.#done(number, field, text, true);
      if (changed) {
        this.#handlers.saved(changed);
      }
    } catch (failure) {
      const isRefused = !isSignedOut(/** @type {Problem} */ (failure));
      // The field has to show again what is true; what waits for a new sign-in stays as it was typed.
      this.#done(number, field, text, isRefused);
      this.#handlers.failed(failure);
      if (isRefused && number === this.#number) {
        this.show(number);
      }
    }
  }

  /**
   * Saves, unless somebody else has changed the field since the agent did.
   *
   * @param {import("./desk-types.js").SupportCase} now
   * @param {Field} field
   * @param {string|string[]|null} value
   * @param {(string|string[]|null)[]} expected
   */
  async #saveOver(now, field, value, expected) {
    if (expected.some((one) => isSame(one, valueOf(now, field)))) {
      return this.#patch(now, field, value, MOST_ATTEMPTS);
    }
    this.#differ(now, field, value);
    return null;
  }

  /**
   * Shows both values, if they differ.
   *
   * @param {import("./desk-types.js").SupportCase} now
   * @param {Field} field
   * @param {string|string[]|null} value
   */
  #differ(now, field, value) {
    if (now.number === this.#number && !isSame(value, valueOf(now, field))) {
      this.#typed.delete(field);
      this.#conflicts.set(field, value);
    }
  }

  /**
   * Ends a save. What the agent has typed since then stays.
   *
   * @param {string} number
   * @param {Field} field
   * @param {string} text
   * @param {boolean} isDecided whether what was typed is saved or refused
   */
  #done(number, field, text, isDecided) {
    if (number !== this.#number) {
      return;
    }
    if (this.#saving.get(field)?.text === text) {
      this.#saving.delete(field);
    }
    if (isDecided && this.#typed.get(field) === text) {
      this.#typed.delete(field);
    }
    this.#tell();
  }

  /**
   * Saves; again if somebody else has changed another field; shows both values if they have changed this one.
   *
   * @param {import("./desk-types.js").SupportCase} before
   * @param {Field} field
   * @param {string|string[]|null} value
   * @param {number} attempts
   * @returns {Promise<import("./desk-types.js").SupportCase|null>} null if somebody else has changed the field
   */
  async #patch(before, field, value, attempts) {
    const { number, version } = before;
    try {
      const changed = await this.#api.patch(`cases/${number}`, { [field]: value, version });
      this.#take(changed, field);
      return changed;
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.body.type !== OUTDATED || attempts === 0) {
        throw failure;
      }
    }
    const now = await this.#api.get(`cases/${number}`);
    if (isSame(valueOf(before, field), valueOf(now, field))) {
      this.#take(now, field);
      return this.#patch(now, field, value, attempts - 1);
    }
    this.#differ(now, field, value);
    this.#take(now, field);
    return null;
  }

  /** @param {string} number */
  async #read(number) {
    if (number !== this.#number) {
      return;
    }
    try {
      const read = await this.#api.get(`cases/${number}`);
      this.#take(read, null);
    } catch (failure) {
      if (number === this.#number && !this.#shown) {
        this.failure = failure;
        this.#tell();
      }
    }
  }

  /**
   * Takes a case that the server has answered. If it has another value in a field in which something is typed, saving that would overwrite the
   * other value unseen.
   *
   * @param {import("./desk-types.js").SupportCase} read
   * @param {Field|null} saved the field that is being saved
   */
  #take(read, saved) {
    if (read.number !== this.#number) {
      return;
    }
    for (const [field, text] of this.#typed) {
      if (field !== saved && !this.#saving.has(field) && this.#shown && !isSame(valueOf(this.#shown, field), valueOf(read, field))) {
        this.#typed.delete(field);
        this.#differ(read, field, meant(field, text));
      }
    }
    this.failure = null;
    const isFirst = this.#shown === null;
    this.#shown = read;
    if (isFirst && this.#drafts) {
      const { number } = read;
      this.#restore(this.#drafts.form(draftOf(number)));
      this.#drafts.takeForm(draftOf(number)).then((begun) => {
        if (number === this.#number) {
          this.#restore(begun);
          this.#tell();
        }
      });
    }
    this.#tell();
  }

  /**
   * Puts back what was typed earlier, or in another browser, and never saved. If somebody else has changed the field since then, both values
   * are shown.
   *
   * @param {Object<string, {text: string, base: *}>} begun
   */
  #restore(begun) {
    const shown = /** @type {import("./desk-types.js").SupportCase} */ (this.#shown);
    for (const field of TYPED) {
      const isHere = this.#typed.has(field) || this.#saving.has(field) || this.#conflicts.has(field);
      if (!begun[field] || isHere || shown.nextStatuses.length === 0) {
        continue;
      }
      const { text, base } = begun[field];
      if (isSame(base, valueOf(shown, field))) {
        this.#typed.set(field, text);
      } else {
        this.#differ(shown, field, meant(field, text));
      }
    }
  }

  /** Keeps what is in the controls and not saved, with the values that it is meant to replace. */
  #keep() {
    const shown = this.#shown;
    if (shown === null || this.#drafts === null) {
      return;
    }
    /** @type {Object<string, {text: string, base: *}>} */
    const values = {};
    for (const field of TYPED) {
      const text = this.#typed.get(field);
      if (text !== undefined && text !== this.#saved(field)) {
        values[field] = { text, base: valueOf(shown, field) };
      } else if (this.#conflicts.has(field)) {
        // No value of the server's: it stays a conflict until the agent has decided.
        values[field] = { text: textOf(field, this.#conflicts.get(field) ?? null), base: false };
      }
    }
    const kept = JSON.stringify(values);
    if (kept !== this.#kept) {
      this.#kept = kept;
      this.#drafts.changeForm(draftOf(shown.number), values);
    }
  }

  #tell() {
    this.#keep();
    this.dispatchEvent(new Event("case"));
  }
}
