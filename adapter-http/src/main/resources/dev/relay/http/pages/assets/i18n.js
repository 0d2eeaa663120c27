/**
 * The page's own words in the reader's language, and times as the reader writes them.
 * @module i18n
 */

import { keep, kept } from "./keep.js";

const CHOICE = "relay.language";

/** The languages shipped, by their own names. */
export const LANGUAGES = { en: "English", es: "Español" };

/** One language's words. */
export class Texts {
  #words;
  #fallback;
  #plurals;
  /** Made once, because to make one costs more than to draw a message. */
  #formats = new Map();

  /**
   * @param {Object<string, Object<string, string>>} dictionaries words by language and key; English has them all
   * @param {string} language a key of {@link LANGUAGES}
   */
  constructor(dictionaries, language) {
    this.language = language;
    this.#words = dictionaries[language];
    this.#fallback = dictionaries.en;
    this.#plurals = new Intl.PluralRules(language);
  }

  /**
   * Adds the words of a part of the page that was loaded later.
   *
   * @param {Object<string, Object<string, string>>} dictionaries words by language and key; English has them all
   */
  add(dictionaries) {
    this.#words = { ...this.#words, ...dictionaries[this.language] };
    this.#fallback = { ...this.#fallback, ...dictionaries.en };
  }

  /**
   * The words of a key, with `{name}` replaced by the argument of that name. Where there is an argument `count`, the key
   * with the ending `.one` or `.other` is taken.
   *
   * @param {string} key
   * @param {Object<string, string|number>} [values]
   * @returns {string}
   */
  say(key, values = {}) {
    const full = "count" in values ? `${key}.${this.#plurals.select(Number(values.count)) === "one" ? "one" : "other"}` : key;
    const pattern = this.#words[full] ?? this.#fallback[full];
    if (pattern === undefined) {
      throw new Error(`There are no words for ${full}`);
    }
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /**
   * Checks whether there is a text for that key.
   *
   * @param {string} key
   */
  has(key) {
    return key in this.#fallback;
  }

  /**
   * What the server calls it, in words; an unknown name stays as it is.
   *
   * @param {string} group
   * @param {any} value
   */
  name(group, value) {
    const key = `${group}.${value}`;
    return this.has(key) ? this.say(key) : String(value ?? "");
  }

  /**
   * Hour and minute.
   *
   * @param {string} at
   */
  time(at) {
    return this.#format("time", { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
  }

  /**
   * The day: today and yesterday by those words.
   *
   * @param {string} at
   */
  day(at) {
    const date = new Date(at);
    const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);
    if (days === 0 || days === 1) {
      return this.say(days === 0 ? "time.today" : "time.yesterday");
    }
    return this.#format("day", { weekday: "long", day: "numeric", month: "long" }).format(date);
  }

  /**
   * A moment within the next days: weekday, hour and minute; today the time only.
   *
   * @param {string} at
   */
  opening(at) {
    const date = new Date(at);
    const isToday = date.toDateString() === new Date().toDateString();
    return date.toLocaleString(this.language, { ...(isToday ? {} : { weekday: "long" }), hour: "2-digit", minute: "2-digit" });
  }

  /**
   * Day and time in short.
   *
   * @param {string} at
   */
  moment(at) {
    return this.#format("moment", { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  }

  /**
   * How long ago, in short: "now", "5 min", "3 h", "2 d".
   *
   * @param {string} at
   */
  since(at) {
    const minutes = Math.floor((Date.now() - new Date(at).getTime()) / 60_000);
    if (minutes < 1) {
      return this.say("time.now");
    }
    if (minutes < 60) {
      return this.say("time.minutes", { amount: minutes });
    }
    if (minutes < 1440) {
      return this.say("time.hours", { amount: Math.floor(minutes / 60) });
    }
    return this.say("time.days", { amount: Math.floor(minutes / 1440) });
  }

  /**
   * @param {string} name
   * @param {Intl.DateTimeFormatOptions} options
   */
  #format(name, options) {
    if (!this.#formats.has(name)) {
      this.#formats.set(name, new Intl.DateTimeFormat(this.language, options));
    }
    return this.#formats.get(name);
  }

  /**
   * A size in bytes, kilobytes or megabytes.
   *
   * @param {number} bytes
   */
  size(bytes) {
    const number = (/** @type {any} */ value) => value.toLocaleString(this.language, { maximumFractionDigits: 1 });
    if (bytes < 1024) {
      return `${number(bytes)} B`;
    }
    return bytes < 1_048_576 ? `${number(bytes / 1024)} KB` : `${number(bytes / 1_048_576)} MB`;
  }
}

/**
 * The language to speak: the one chosen before, else the one that the page knows to be the reader's, else the browser's, else English.
 *
 * @param {string|null} [known]
 * @returns {string}
 */
export function chosenLanguage(known = null) {
  const wanted = [kept(CHOICE), known, ...(navigator.languages ?? [navigator.language])];
  return wanted.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tag && tag in LANGUAGES) ?? "en";
}

/**
 * Speaks another language from the next loading of the page on.
 *
 * @param {string} language
 */
export function chooseLanguage(language) {
  keep(CHOICE, language);
}

/**
 * Inserts the texts that the HTML asks for: `data-text` for the text of an element, `data-label`, `data-tooltip` and
 * `data-placeholder` for its attributes. Leaves out what is inside of elements with `data-later`, whose words come later.
 *
 * @param {Texts} texts
 * @param {ParentNode} root
 */
export function translate(texts, root = document) {
  document.documentElement.lang = texts.language;
  const each = (/** @type {string} */ name, /** @type {function(HTMLElement, string): void} */ apply) => {
    const nodes = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(`[data-${name}]:not(:scope [data-later] *)`));
    nodes.forEach((node) => apply(node, texts.say(node.dataset[name] ?? "")));
  };
  each("text", (/** @type {HTMLElement} */ node, /** @type {string} */ words) => {
    node.textContent = words;
  });
  each("label", (/** @type {HTMLElement} */ node, /** @type {string} */ words) => node.setAttribute("aria-label", words));
  each("tooltip", (/** @type {HTMLElement} */ node, /** @type {string} */ words) => node.setAttribute("title", words));
  each("placeholder", (/** @type {HTMLElement} */ node, /** @type {string} */ words) => node.setAttribute("placeholder", words));
}

/**
 * Fills a list of choices with the languages and speaks the one that is chosen after loading the page again.
 *
 * @param {HTMLSelectElement} select
 * @param {Texts} texts
 * @param {function(string): Promise<void>} [chosen] receives the language before the page is loaded again
 */
export function offerLanguages(select, texts, chosen = async () => {}) {
  for (const [language, name] of Object.entries(LANGUAGES)) {
    const option = document.createElement("option");
    option.value = language;
    option.lang = language;
    option.textContent = name;
    option.selected = language === texts.language;
    select.append(option);
  }
  select.addEventListener("change", async () => {
    chooseLanguage(select.value);
    await chosen(select.value);
    window.location.reload();
  });
}

/** @param {Date} date */
function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
