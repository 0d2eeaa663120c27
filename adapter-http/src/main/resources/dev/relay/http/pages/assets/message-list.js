/**
 * A transcript on the page, with what can be done about each message.
 * @module message-list
 */

import { button, element, growWithText, show, toast } from "./dom.js";
import { KeyedList } from "./keyed-list.js";
import { openMenu } from "./menu.js";
import { dayRow, messageRow, noticeRow } from "./message-view.js";
import { problemWords } from "./problem-texts.js";

const LONGEST_COMMENT = 2000;
/** How near to the end one must be to be taken along when something new arrives, in pixels. */
const NEAR_END = 120;
/** How near to the first or last message that exists on the page one comes before others replace those out of sight, in pixels. */
const NEAR_EDGE = 400;
/** How many messages exist on the page at a time: more than a tall window shows, and few enough to be drawn at once. */
const WINDOW = 60;
/** How many are exchanged at a time: few enough for one frame. */
const STEP = 15;
const TALK = "talk_to_person";
const DELIVERY = {
  undoable: { icon: "clock", tone: "muted", words: "delivery.undoable" },
  waiting: { icon: "clock", tone: "muted", words: "delivery.waiting" },
  sending: { icon: "clock", tone: "muted", words: "delivery.sending" },
  sent: { icon: "check", tone: "muted", words: "delivery.sent" },
  delivered: { icon: "checks", tone: "muted", words: "delivery.delivered" },
  failed: { icon: "alert", tone: "danger", words: "delivery.failed" },
  held: { icon: "clock", tone: "muted", words: "delivery.held" },
  rejected: { icon: "alert", tone: "danger", words: "delivery.rejected" },
};

/**
 * Shows messages, keeps the reader at the end while they are there, lets authors change their messages. Of a long transcript only the part
 * around the reader exists on the page. Besides the fields that
 * message-view.js needs, a model has: `id` (null while on its way), `notice` (a line by Relay), `state` (a key of the
 * deliveries, or null), `problem` (what the server said of a rejected one), `buttons` (names of what the reader may press), `mayChange`.
 */
export class MessageList {
  #list;
  #scroll;
  #jump;
  #texts;
  #actions;
  #context;
  #editing = null;
  #models = [];
  /** The steps of a rating with its comment, by the message they belong to. */
  #ratings = new Map();
  /** The choice that was pressed, by the message it belongs to. */
  #pressed = new Map();
  #isAtEnd = true;
  #lastTop = 0;
  /** The key of the first message that exists on the page; null for the last ones. */
  #first = null;
  #isWhole = false;
  #hasEarlier = false;
  #isLoading = false;

  /**
   * @param {Object} parts
   * @param {HTMLElement} parts.list
   * @param {HTMLElement} parts.scroll what scrolls around the list
   * @param {HTMLButtonElement} parts.jump leads to the end
   * @param {import("./i18n.js").Texts} texts
   * @param {{api: import("./api.js").Api, path: string}} files the client that fetches files, and their path below /api/v1/
   * @param {Object} actions what the reader can do: press(button), rate(model, score), undo(model), retry(model), discard(model), edit(model, text),
   *     remove(model), and earlier(), which reads earlier messages and shows them
   */
  constructor({ list, scroll, jump }, texts, files, actions) {
    this.#scroll = scroll;
    this.#jump = jump;
    this.#texts = texts;
    this.#actions = actions;
    this.#context = { ...files, texts };
    this.#list = new KeyedList(list, (model) => this.#row(model));
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
   * @param {Object[]} models
   * @param {boolean} [hasEarlier] whether earlier messages can be read
   */
  show(models, hasEarlier = false) {
    this.#hasEarlier = hasEarlier;
    const isNew = models.length > this.#models.length && models.at(-1).key !== this.#models.at(-1)?.key;
    const ownIsNew = isNew && models[models.length - 1].side === "own" && models[models.length - 1].id === null;
    this.#models = models;
    if (!models.some((model) => model.key === this.#editing && model.mayChange)) {
      this.#editing = null;
    }
    this.#draw();
    if (this.#isAtEnd || ownIsNew) {
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
    this.#list.show([]);
    show(this.#jump, false);
  }

  /** Lets the reader press the choices again, because the server has refused one. */
  release() {
    this.#pressed.clear();
    this.#list.show([]);
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
    const row = this.#list.row(key);
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
    this.#list.show(this.#withDays(this.#part()));
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
    return start < 0 ? last : Math.min(start, last);
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

  /** Lets the messages from another place on exist; the one that the reader sees stays where it is. */
  #move(start) {
    const top = this.#scroll.getBoundingClientRect().top;
    const isMessage = (row) => row.matches("[data-author]");
    const seen = this.#list.rows().find((row) => isMessage(row) && row.getBoundingClientRect().bottom > top);
    const key = seen?.dataset.key;
    const before = seen?.getBoundingClientRect().top;
    this.#first = start === null ? null : this.#models[start].key;
    this.#draw();
    show(this.#jump, this.#first !== null);
    const now = key && this.#list.row(key);
    if (now) {
      this.#scroll.scrollTop += now.getBoundingClientRect().top - before;
      this.#lastTop = this.#scroll.scrollTop;
    }
  }

  /** The keys that print: they print all of the transcript, also what the page has not read yet. */
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

  /** A printed transcript has all messages that the page has read; the keys that print read all of them first. */
  #printing(isPrinting) {
    this.#isWhole = isPrinting;
    this.#draw();
    if (!isPrinting && this.#isAtEnd) {
      this.toEnd();
    }
  }

  #withDays(models) {
    const rows = [];
    if (this.#hasEarlier && models[0]?.key === this.#models[0]?.key) {
      rows.push({ key: "earlier", earlier: true, isPrinting: this.#isWhole });
    }
    let day = null;
    for (const model of models) {
      const date = new Date(model.at).toDateString();
      if (date !== day) {
        day = date;
        rows.push({ key: `day-${date}`, at: model.at, day: true });
      }
      rows.push(model.key === this.#editing ? { ...model, editing: true } : model);
    }
    return rows;
  }

  #row(model) {
    if (model.isPrinting) {
      return element("li", { class: "notice", data: { key: "earlier" }, text: this.#texts.say("message.notPrinted") });
    }
    if (model.earlier) {
      const more = this.#smallButton("message.earlier", null, () => this.#earlier());
      return element("li", { class: "message-list__earlier", data: { key: "earlier" } }, more);
    }
    if (model.day) {
      return dayRow(model.at, this.#texts);
    }
    if (model.notice) {
      const row = noticeRow(model.key, model.text, model.at, this.#texts);
      if (model.buttons.includes("rate")) {
        row.append(this.#rating(model));
      }
      const choices = model.buttons.filter((name) => name !== "rate" && name !== "talk_to_person");
      if (choices.length > 0) {
        row.append(...this.#below({ ...model, buttons: choices }));
      }
      return row;
    }
    const delivery = model.state ? this.#delivery(model) : null;
    const row = messageRow({ ...model, delivery }, this.#context, this.#below(model));
    if (model.editing) {
      row.querySelector(".message__bubble").replaceWith(this.#editor(model));
    } else if (model.mayChange) {
      row.prepend(this.#changeButton(model));
    }
    return row;
  }

  #delivery({ state, problem }) {
    const { icon, tone, words } = DELIVERY[state] ?? DELIVERY.sent;
    return { icon, tone, words: this.#texts.say(words, { reason: problemWords(this.#texts, problem) }) };
  }

  #below(model) {
    if (model.state === "undoable") {
      const undo = this.#smallButton("delivery.undo", "back", () => this.#actions.undo(model));
      return [element("div", { class: "message__choices" }, undo)];
    }
    if (model.state === "rejected") {
      const choices = [
        this.#smallButton("delivery.retry", "retry", () => this.#actions.retry(model)),
        this.#smallButton("delivery.discard", "delete", () => this.#actions.discard(model)),
      ];
      return [element("div", { class: "message__choices" }, ...choices)];
    }
    if (model.buttons.length === 0) {
      return [];
    }
    const icons = {
      talk_to_person: "person",
      that_helped: "check",
      did_not_help: "close",
      it_is_solved: "check",
      still_need_help: "person",
    };
    const choices = model.buttons.map((name) => {
      const made = this.#smallButton(`button.${name}`, icons[name], () => {
        this.#pressed.set(model.key, name);
        this.#markPressed(choices, name);
        this.#actions.press(name);
      });
      made.dataset.action = name;
      return made;
    });
    if (this.#pressed.has(model.key)) {
      this.#markPressed(choices, this.#pressed.get(model.key));
    }
    return [element("div", { class: "message__choices" }, ...choices)];
  }

  /** Five steps in words; a later one replaces an earlier one. Made once, so that a comment that is being written survives a redraw. */
  #rating(model) {
    if (this.#ratings.has(model.key)) {
      return this.#ratings.get(model.key);
    }
    const steps = [1, 2, 3, 4, 5].map((score) => {
      const step = button({
        label: `${score} · ${this.#texts.say(`rating.${score}`)}`,
        press: () => {
          steps.forEach((other) => other.setAttribute("aria-pressed", String(other === step)));
          this.#actions.rate(model, score);
          form.dataset.score = String(score);
          form.hidden = false;
        },
        attributes: { "aria-pressed": "false", "data-score": String(score) },
      });
      step.classList.add("button--small");
      return step;
    });
    const form = this.#commentForm(model);
    const rating = element(
      "div",
      { class: "rating" },
      element("div", { class: "message__choices", role: "group", "aria-label": this.#texts.say("rating.label") }, ...steps),
      form,
    );
    this.#ratings.set(model.key, rating);
    return rating;
  }

  #commentForm(model) {
    const id = `rating-comment-${model.key}`;
    const text = element("textarea", { class: "input", id, rows: 2, maxlength: LONGEST_COMMENT, dir: "auto" });
    const send = element("button", { type: "submit", class: "button button--secondary button--small", text: this.#texts.say("rating.send") });
    const form = element(
      "form",
      { class: "rating__comment", hidden: true },
      element("label", { for: id, class: "small", text: this.#texts.say("rating.comment") }),
      text,
      send,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const comment = text.value.trim();
      if (comment) {
        this.#actions.rate(model, Number(form.dataset.score), comment);
        form.replaceChildren(element("p", { class: "small", role: "status", text: this.#texts.say("rating.sent") }));
      }
    });
    return form;
  }

  /** One press of a choice is enough; the way to a person stays open until it is the one that was pressed. */
  #markPressed(choices, pressed) {
    for (const choice of choices) {
      choice.classList.toggle("is-pressed", choice.dataset.action === pressed);
      choice.disabled = pressed === TALK || choice.dataset.action !== TALK;
    }
  }

  #smallButton(words, icon, press) {
    const made = button({ label: this.#texts.say(words), icon, press });
    made.classList.add("button--small");
    return made;
  }

  #changeButton(model) {
    const opener = button({
      label: this.#texts.say("message.actions"),
      icon: "menu",
      iconOnly: true,
      kind: "quiet",
      attributes: { "aria-expanded": "false", "aria-haspopup": "true", "data-focus": "change" },
      press: () =>
        openMenu(opener, [
          ...(model.text ? [{ label: this.#texts.say("action.edit"), icon: "edit", press: () => this.#edit(model.key) }] : []),
          {
            label: this.#texts.say("action.delete"),
            icon: "delete",
            danger: true,
            press: () => this.#actions.remove(model),
          },
        ]),
    });
    opener.classList.add("button--small", "message__change");
    return opener;
  }

  #edit(key) {
    this.#editing = key;
    this.show(this.#models);
    this.#list.row(key)?.querySelector("textarea")?.focus();
  }

  #editor(model) {
    const area = element("textarea", {
      class: "input",
      rows: 1,
      dir: "auto",
      maxlength: 16000,
      "aria-label": this.#texts.say("message.editLabel"),
    });
    area.value = model.text;
    growWithText(area);
    const close = () => {
      this.#editing = null;
      this.show(this.#models);
      this.#list.row(model.key)?.querySelector("[data-focus=change]")?.focus();
    };
    const save = () => {
      const text = area.value.trim();
      if (text && text !== model.text) {
        this.#actions.edit(model, text);
      }
      close();
    };
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        save();
      }
    });
    const cancel = this.#smallButton("action.cancel", null, close);
    const keep = this.#smallButton("action.save", "check", save);
    return element("div", { class: "editor" }, area, element("div", { class: "form__actions" }, cancel, keep));
  }
}
