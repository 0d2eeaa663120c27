/**
 * A transcript on the page, with what can be done about each message.
 * @module message-list
 */

import { show, toast } from "./dom.js";
import { Row } from "./message-row.js";
import { render } from "./preact.js";
import { html } from "./ui.js";

/**
 * @typedef {import("./message-row.js").RowModel} RowModel
 */

/** How near to the end one must be to be taken along when something new arrives, in pixels. */
const NEAR_END = 120;
/** How near to the first or last message that exists on the page one comes before others replace those out of sight, in pixels. */
const NEAR_EDGE = 400;
/** How many messages exist on the page at a time: more than a tall window shows, and few enough to be drawn at once. */
const WINDOW = 60;
/** How many are exchanged at a time: few enough for one frame. */
const STEP = 15;

/**
 * What the reader of a transcript can do.
 *
 * @typedef {Object} MessageActions
 * @property {function(string): void} press presses a choice
 * @property {function(RowModel, number, string=): void} [rate] rates by a score, with a comment
 * @property {function(RowModel): void} [undo] takes a message back that was not sent yet
 * @property {function(RowModel): void} retry
 * @property {function(RowModel): void} discard
 * @property {function(RowModel, string): void} edit
 * @property {function(RowModel): void} remove
 * @property {function(): Promise<*>} earlier reads earlier messages and shows them
 */

/**
 * Shows messages, keeps the reader at the end while they are there, lets authors change their messages. Of a long transcript only the part
 * around the reader exists on the page.
 */
export class MessageList {
  #list;
  #scroll;
  #jump;
  #texts;
  #actions;
  #context;
  #rowActions;
  /** @type {string|null} */
  #editing = null;
  /** @type {RowModel[]} */
  #models = [];
  /** The choice that was pressed, by the message it belongs to. @type {Map<string, string>} */
  #pressed = new Map();
  #isAtEnd = true;
  #lastTop = 0;
  /** The key of the first message that exists on the page; null for the last ones. @type {string|null} */
  #first = null;
  /** The key of the first message that was drawn last. @type {string|undefined} */
  #drawnFirst;
  #isWhole = false;
  #hasEarlier = false;
  #isLoading = false;
  /** The rows as last drawn, by key: the same row is not compared again. @type {Map<string, {signature: string, drawn: *}>} */
  #rows = new Map();

  /**
   * @param {Object} parts
   * @param {HTMLElement} parts.list
   * @param {HTMLElement} parts.scroll what scrolls around the list
   * @param {HTMLButtonElement} parts.jump leads to the end
   * @param {import("./i18n.js").Texts} texts
   * @param {Omit<import("./message-view.js").MessageContext, "texts">} files the client that fetches files, and their path below /api/v1/
   * @param {MessageActions} actions
   */
  constructor({ list, scroll, jump }, texts, files, actions) {
    this.#scroll = scroll;
    this.#jump = jump;
    this.#texts = texts;
    this.#actions = actions;
    this.#context = { ...files, texts };
    this.#list = list;
    this.#rowActions = {
      press: (/** @type {RowModel} */ { key }, /** @type {string} */ name) => {
        this.#pressed.set(key, name);
        this.#draw();
        actions.press(name);
      },
      rate: (/** @type {RowModel} */ model, /** @type {number} */ score, /** @type {string} */ comment) => actions.rate?.(model, score, comment),
      undo: (/** @type {RowModel} */ model) => actions.undo?.(model),
      retry: (/** @type {RowModel} */ model) => actions.retry(model),
      discard: (/** @type {RowModel} */ model) => actions.discard(model),
      remove: (/** @type {RowModel} */ model) => actions.remove(model),
      startEdit: (/** @type {string} */ key) => this.#edit(key),
      finishEdit: (/** @type {RowModel} */ model, /** @type {string|null} */ text) => this.#finishEdit(model, text),
      earlier: () => this.#earlier(),
      ratings: new Map(),
    };
    jump.addEventListener("click", () => this.toEnd());
    scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Pictures and growing fields change the height later: whoever was at the end stays there.
    const resized = new ResizeObserver(() => this.#isAtEnd && this.toEnd());
    resized.observe(list);
    resized.observe(scroll);
    window.addEventListener("beforeprint", () => this.#printing(true));
    window.addEventListener("afterprint", () => this.#printing(false));
    window.addEventListener("keydown", (event) => this.#keyPressed(event));
  }

  /**
   * Shows these messages; stays at the end if the reader was there or wrote the last one.
   *
   * @param {RowModel[]} models
   * @param {boolean} [hasEarlier] whether earlier messages can be read
   */
  show(models, hasEarlier = false) {
    this.#hasEarlier = hasEarlier;
    const isNew = models.length > this.#models.length && models.at(-1)?.key !== this.#models.at(-1)?.key;
    const ownIsNew = isNew && models[models.length - 1].side === "own" && models[models.length - 1].id === null;
    this.#models = models;
    if (!models.some((model) => model.key === this.#editing && model.mayChange)) {
      this.#editing = null;
    }
    const before = this.#drawnFirst;
    this.#draw();
    if (this.#isAtEnd && this.#first === null && before !== undefined && before === this.#drawnFirst) {
      // Rows were added or changed behind the same first one. If that changes the height, the observer leads to the end in this frame; asking for the height
      // here would lay out the page twice.
      show(this.#jump, false);
    } else if (this.#isAtEnd || ownIsNew) {
      this.toEnd();
    } else if (isNew) {
      show(this.#jump, true);
    }
  }

  /** Begins with another transcript, at its end. */
  clear() {
    this.#models = [];
    this.#editing = null;
    this.#pressed.clear();
    this.#isAtEnd = true;
    this.#first = null;
    this.#hasEarlier = false;
    this.#draw();
    show(this.#jump, false);
  }

  /** Lets the reader press the choices again, because the server has refused one. */
  release() {
    this.#pressed.clear();
    this.#draw();
  }

  /** Leads to the last message. */
  toEnd() {
    this.#isAtEnd = true;
    if (this.#first !== null) {
      this.#first = null;
      this.#draw();
    }
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    show(this.#jump, false);
  }

  /**
   * Leads to a message among those that were read, and marks it.
   *
   * @param {string} key
   */
  reveal(key) {
    const at = this.#models.findIndex((model) => model.key === key);
    if (at < 0) {
      return;
    }
    const start = Math.max(0, at - STEP / 2);
    this.#first = start + WINDOW >= this.#models.length ? null : this.#models[start].key;
    this.#isAtEnd = false;
    this.#draw();
    show(this.#jump, true);
    const row = this.#row(key);
    if (row) {
      row.tabIndex = -1;
      row.classList.add("message--found");
      row.scrollIntoView({ block: "center" });
      row.focus({ preventScroll: true });
      this.#lastTop = this.#scroll.scrollTop;
    }
  }

  /** Only who scrolls up leaves the end; what grows below does not take it from the reader. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    const isUp = scrollTop < this.#lastTop;
    this.#lastTop = scrollTop;
    if (isUp && scrollTop < NEAR_EDGE) {
      this.#earlier();
    } else if (!isUp && this.#first !== null && scrollHeight - scrollTop - clientHeight < NEAR_EDGE) {
      this.#later();
    }
    if (this.#first !== null) {
      this.#isAtEnd = false;
    } else if (scrollHeight - scrollTop - clientHeight < NEAR_END) {
      this.#isAtEnd = true;
      show(this.#jump, false);
    } else if (isUp) {
      this.#isAtEnd = false;
    }
  }

  /** Draws the part of the transcript around the reader. */
  #draw() {
    const part = this.#part();
    this.#drawnFirst = part[0]?.key;
    const models = this.#withDays(part);
    const rows = models.map((model) => this.#drawn(model));
    this.#rows = new Map(rows.map((row, at) => [models[at].key, row]));
    render(rows.map((row) => row.drawn), this.#list);
  }

  /** @param {RowModel} model */
  #drawn(model) {
    const signature = JSON.stringify(model);
    const before = this.#rows.get(model.key);
    if (before?.signature === signature) {
      return before;
    }
    return { signature, drawn: html`<${Row} key=${model.key} model=${model} context=${this.#context} actions=${this.#rowActions} />` };
  }

  /**
   * The row of that key, if it is on the page.
   *
   * @param {string} key
   * @returns {HTMLElement|null}
   */
  #row(key) {
    return this.#list.querySelector(`:scope > [data-key="${CSS.escape(key)}"]`);
  }

  #part() {
    if (this.#isWhole) {
      return this.#models;
    }
    const start = this.#start();
    return this.#models.slice(start, start + WINDOW);
  }

  #start() {
    const last = Math.max(0, this.#models.length - WINDOW);
    const start = this.#first === null ? -1 : this.#models.findIndex((model) => model.key === this.#first);
    // At the end several leave at once: one that leaves moves all rows behind it, which costs more than drawing the new one.
    return start < 0 ? Math.ceil(last / STEP) * STEP : Math.min(start, last);
  }

  /** Shows earlier messages than those on the page; reads them if the page has no more. */
  async #earlier() {
    const start = this.#start();
    if (start > 0) {
      this.#move(Math.max(0, start - STEP));
    } else if (this.#hasEarlier && !this.#isLoading) {
      this.#isLoading = true;
      // What is read comes before this one, which stays where it is.
      this.#first = this.#models[0]?.key ?? null;
      await this.#actions.earlier();
      this.#isLoading = false;
      if (this.#start() > 0) {
        this.#earlier();
      }
    }
  }

  #later() {
    const start = this.#start() + STEP;
    this.#move(start + WINDOW >= this.#models.length ? null : start);
  }

  /**
   * Lets the messages from another place on exist; the one that the reader sees stays where it is.
   *
   * @param {number|null} start
   */
  #move(start) {
    const top = this.#scroll.getBoundingClientRect().top;
    const rows = /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll(":scope > [data-author]")]);
    const seen = rows.find((row) => row.getBoundingClientRect().bottom > top);
    const key = seen?.dataset.key;
    const before = seen?.getBoundingClientRect().top ?? 0;
    this.#first = start === null ? null : this.#models[start].key;
    this.#draw();
    show(this.#jump, this.#first !== null);
    const now = key && this.#row(key);
    if (now) {
      this.#scroll.scrollTop += now.getBoundingClientRect().top - before;
      this.#lastTop = this.#scroll.scrollTop;
    }
  }

  /**
   * The keys that print: they print all of the transcript, also what the page has not read yet.
   *
   * @param {KeyboardEvent} event
   */
  #keyPressed(event) {
    const prints = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "p";
    if (prints && this.#hasEarlier && this.#scroll.checkVisibility()) {
      event.preventDefault();
      this.#printWhole();
    }
  }

  async #printWhole() {
    toast(this.#texts.say("message.readingAll"));
    for (let known = -1; this.#hasEarlier && !this.#isLoading && this.#models.length !== known; ) {
      known = this.#models.length;
      this.#isLoading = true;
      await this.#actions.earlier();
      this.#isLoading = false;
    }
    window.print();
  }

  /**
   * A printed transcript has all messages that the page has read; the keys that print read all of them first.
   *
   * @param {boolean} isPrinting
   */
  #printing(isPrinting) {
    this.#isWhole = isPrinting;
    this.#draw();
    if (!isPrinting && this.#isAtEnd) {
      this.toEnd();
    }
  }

  /** @param {RowModel[]} models */
  #withDays(models) {
    /** @type {RowModel[]} */
    const rows = [];
    if (this.#hasEarlier && models[0]?.key === this.#models[0]?.key) {
      rows.push(/** @type {RowModel} */ ({ key: "earlier", earlier: true, isPrinting: this.#isWhole }));
    }
    let day = "";
    for (const model of models) {
      const date = new Date(model.at).toDateString();
      if (date !== day) {
        day = date;
        rows.push(/** @type {RowModel} */ ({ key: `day-${date}`, at: model.at, day: true }));
      }
      rows.push({ ...model, editing: model.key === this.#editing, pressed: this.#pressed.get(model.key) });
    }
    return rows;
  }

  /** @param {string} key */
  #edit(key) {
    this.#editing = key;
    this.show(this.#models, this.#hasEarlier);
  }

  /**
   * @param {RowModel} model
   * @param {string|null} text what it is to be; null for what it was
   */
  #finishEdit(model, text) {
    if (text !== null) {
      this.#actions.edit(model, text);
    }
    this.#editing = null;
    this.show(this.#models, this.#hasEarlier);
    /** @type {HTMLElement|null|undefined} */ (this.#row(model.key)?.querySelector("[data-focus=change]"))?.focus();
  }
}
