/**
 * A transcript on the page, with what can be done about each message.
 * @module message-list
 */

import { button, element, growWithText, show } from "./dom.js";
import { KeyedList } from "./keyed-list.js";
import { openMenu } from "./menu.js";
import { dayRow, messageRow, noticeRow } from "./message-view.js";
import { problemWords } from "./problem-texts.js";

/** How near to the end one must be to be taken along when something new arrives, in pixels. */
const NEAR_END = 120;
const TALK = "talk_to_person";
const DELIVERY = {
  waiting: { icon: "clock", tone: "muted", words: "delivery.waiting" },
  sending: { icon: "clock", tone: "muted", words: "delivery.sending" },
  sent: { icon: "check", tone: "muted", words: "delivery.sent" },
  delivered: { icon: "checks", tone: "muted", words: "delivery.delivered" },
  failed: { icon: "alert", tone: "danger", words: "delivery.failed" },
  held: { icon: "clock", tone: "muted", words: "delivery.held" },
  rejected: { icon: "alert", tone: "danger", words: "delivery.rejected" },
};

/**
 * Shows messages, keeps the reader at the end while they are there, lets authors change their messages. Besides the fields that
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
  /** The choice that was pressed, by the message it belongs to. */
  #pressed = new Map();
  #isAtEnd = true;
  #lastTop = 0;

  /**
   * @param {Object} parts
   * @param {HTMLElement} parts.list
   * @param {HTMLElement} parts.scroll what scrolls around the list
   * @param {HTMLButtonElement} parts.jump leads to the end
   * @param {import("./i18n.js").Texts} texts
   * @param {{api: import("./api.js").Api, path: string}} files the client that fetches files, and their path below /api/v1/
   * @param {Object} actions what the reader can do: press(button), rate(model, score), retry(model), discard(model), edit(model, text),
   *     remove(model)
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
  }

  /** Shows these messages; stays at the end if the reader was there or wrote the last one. */
  show(models) {
    const isNew = models.length > this.#models.length;
    const ownIsNew = isNew && models[models.length - 1].side === "own" && models[models.length - 1].id === null;
    this.#models = models;
    if (!models.some((model) => model.key === this.#editing && model.mayChange)) {
      this.#editing = null;
    }
    this.#list.show(this.#withDays(models));
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
    this.#list.show([]);
    show(this.#jump, false);
  }

  /** Lets the reader press the choices again, because the server has refused one. */
  release() {
    this.#pressed.clear();
    this.#list.show([]);
    this.#list.show(this.#withDays(this.#models));
  }

  /** Leads to the last message. */
  toEnd() {
    this.#isAtEnd = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    show(this.#jump, false);
  }

  /** Only who scrolls up leaves the end; what grows below does not take it from the reader. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    const isUp = scrollTop < this.#lastTop;
    this.#lastTop = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) {
      this.#isAtEnd = true;
      show(this.#jump, false);
    } else if (isUp) {
      this.#isAtEnd = false;
    }
  }

  #withDays(models) {
    const rows = [];
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
    if (model.day) {
      return dayRow(model.at, this.#texts);
    }
    if (model.notice) {
      const row = noticeRow(model.key, model.text, model.at, this.#texts);
      if (model.buttons.includes("rate")) {
        row.append(this.#rating(model));
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

  /** Five steps from bad to great; a later one replaces an earlier one. */
  #rating(model) {
    const steps = [1, 2, 3, 4, 5].map((score) => {
      const step = button({
        label: String(score),
        press: () => this.#actions.rate(model, score),
        attributes: { "aria-label": this.#texts.say("rating.step", { score }), "data-score": String(score) },
      });
      step.classList.add("button--small");
      return step;
    });
    const words = (key) => element("span", { class: "muted small", text: this.#texts.say(key) });
    return element(
      "div",
      { class: "message__choices", role: "group", "aria-label": this.#texts.say("rating.label") },
      words("rating.worst"),
      ...steps,
      words("rating.best"),
    );
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
