/**
 * A row of a transcript with what its reader can do about it: choose, rate, change, retry, take back.
 * @module message-row
 */

import { growWithText } from "./dom.js";
import { openMenu } from "./menu.js";
import { Day, Message, Notice } from "./message-view.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { problemWords } from "./problem-texts.js";
import { Icon, html } from "./ui.js";

const LONGEST_TEXT = 16_000;
const LONGEST_COMMENT = 2000;
const TALK = "talk_to_person";
/** @type {Object<string, {icon: string, tone: string, words: string}>} */
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
/** @type {Object<string, string>} */
const ICONS = {
  talk_to_person: "person",
  that_helped: "check",
  did_not_help: "close",
  it_is_solved: "check",
  still_need_help: "person",
};

/**
 * What the reader has done with a rating, kept while its row is out of sight.
 *
 * @typedef {{score: number, comment: string, isSent: boolean}} Rated
 */

/**
 * A row as the transcript of a page makes it: a message with what can be done about it, a line by Relay, or a day.
 *
 * @typedef {import("./message-view.js").ShownMessage & {
 *   id: string|null, clientMessageId?: string|null, notice: boolean, state: string|null, problem: import("./api.js").ProblemBody, buttons: string[],
 *   mayChange: boolean, editing?: boolean, pressed?: string, day?: boolean, earlier?: boolean, isPrinting?: boolean
 * }} RowModel
 */

/**
 * What rows call.
 *
 * @typedef {Object} RowActions
 * @property {function(RowModel, string): void} press
 * @property {function(RowModel, number, string=): void} rate
 * @property {function(RowModel): void} undo
 * @property {function(RowModel): void} retry
 * @property {function(RowModel): void} discard
 * @property {function(RowModel): void} remove
 * @property {function(string): void} startEdit receives the key of the row
 * @property {function(RowModel, string|null): void} finishEdit receives the new text, or null
 * @property {function(): void} earlier reads earlier messages
 * @property {Map<string, Rated>} ratings by key
 */

/**
 * A row.
 *
 * @param {{model: RowModel, context: import("./message-view.js").MessageContext, actions: RowActions}} properties
 */
export function Row({ model, context, actions }) {
  const { texts } = context;
  if (model.isPrinting) {
    return html`<li class="notice" data-key="earlier">${texts.say("message.notPrinted")}</li>`;
  }
  if (model.earlier) {
    return html`<li class="message-list__earlier" data-key="earlier"><${Small} label=${texts.say("message.earlier")} press=${actions.earlier} /></li>`;
  }
  if (model.day) {
    return html`<${Day} at=${model.at} texts=${texts} />`;
  }
  if (model.notice) {
    const choices = model.buttons.filter((name) => name !== "rate" && name !== TALK);
    return html`<${Notice} id=${model.key} text=${model.text} at=${model.at} texts=${texts}>
      ${model.buttons.includes("rate") && html`<${Rating} model=${model} texts=${texts} actions=${actions} />`}
      <${Choices} model=${{ ...model, buttons: choices }} texts=${texts} actions=${actions} />
    <//>`;
  }
  const { icon, tone, words } = DELIVERY[model.state ?? "sent"] ?? DELIVERY.sent;
  const delivery = model.state ? { icon, tone, words: texts.say(words, { reason: problemWords(texts, model.problem) }) } : null;
  return html`<${Message}
    message=${{ ...model, delivery }}
    context=${context}
    change=${model.mayChange && !model.editing && html`<${ChangeButton} model=${model} texts=${texts} actions=${actions} />`}
    editor=${model.editing ? html`<${Editor} model=${model} texts=${texts} actions=${actions} />` : undefined}
  >
    <${Choices} model=${model} texts=${texts} actions=${actions} />
  <//>`;
}

/** @param {{label: string, icon?: string, press: function(): void, [attribute: string]: *}} properties */
function Small({ label, icon, press, ...attributes }) {
  return html`<button type="button" class="button button--secondary button--small" onClick=${() => press()} ...${attributes}>${icon && html`<${Icon} name=${icon} />`}<span>${label}</span></button>`;
}

/**
 * What the reader may press below a message. One press of a choice is enough; the way to a person stays open until it is the one that was
 * pressed.
 *
 * @param {{model: RowModel, texts: import("./i18n.js").Texts, actions: RowActions}} properties
 */
function Choices({ model, texts, actions }) {
  if (model.state === "undoable") {
    return html`<div class="message__choices"><${Small} label=${texts.say("delivery.undo")} icon="back" press=${() => actions.undo(model)} /></div>`;
  }
  if (model.state === "rejected") {
    return html`<div class="message__choices">
      <${Small} label=${texts.say("delivery.retry")} icon="retry" press=${() => actions.retry(model)} />
      <${Small} label=${texts.say("delivery.discard")} icon="delete" press=${() => actions.discard(model)} />
    </div>`;
  }
  const { pressed, buttons } = model;
  return (
    buttons.length > 0 &&
    html`<div class="message__choices">
      ${buttons.map(
        (name) => html`<${Small}
          key=${name}
          label=${texts.say(`button.${name}`)}
          icon=${ICONS[name]}
          press=${() => actions.press(model, name)}
          data-action=${name}
          class=${`button button--secondary button--small${name === pressed ? " is-pressed" : ""}`}
          disabled=${pressed !== undefined && (pressed === TALK || name !== TALK)}
        />`,
      )}
    </div>`
  );
}

/**
 * Five steps in words; a later one replaces an earlier one.
 *
 * @param {{model: RowModel, texts: import("./i18n.js").Texts, actions: RowActions}} properties
 */
function Rating({ model, texts, actions }) {
  const [rated, setRated] = useState(actions.ratings.get(model.key) ?? { score: 0, comment: "", isSent: false });
  const change = (/** @type {Partial<Rated>} */ part) => {
    const next = { ...rated, ...part };
    actions.ratings.set(model.key, next);
    setRated(next);
  };
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    const comment = rated.comment.trim();
    if (comment) {
      actions.rate(model, rated.score, comment);
      change({ isSent: true });
    }
  };
  const id = `rating-comment-${model.key}`;
  return html`<div class="rating">
    <div class="message__choices" role="group" aria-label=${texts.say("rating.label")}>
      ${[1, 2, 3, 4, 5].map(
        (score) => html`<${Small}
          key=${score}
          label=${`${score} · ${texts.say(`rating.${score}`)}`}
          press=${() => {
            actions.rate(model, score);
            change({ score });
          }}
          aria-pressed=${String(score === rated.score)}
          data-score=${score}
        />`,
      )}
    </div>
    <form class="rating__comment" hidden=${rated.score === 0} data-score=${rated.score || null} onSubmit=${send}>
      ${rated.isSent
        ? html`<p class="small" role="status">${texts.say("rating.sent")}</p>`
        : html`<label for=${id} class="small">${texts.say("rating.comment")}</label>
            <textarea class="input" id=${id} rows="2" maxlength=${LONGEST_COMMENT} dir="auto" value=${rated.comment} onInput=${(/** @type {{target: HTMLTextAreaElement}} */ { target }) => change({ comment: target.value })}></textarea>
            <button type="submit" class="button button--secondary button--small">${texts.say("rating.send")}</button>`}
    </form>
  </div>`;
}

/** @param {{model: RowModel, texts: import("./i18n.js").Texts, actions: RowActions}} properties */
function ChangeButton({ model, texts, actions }) {
  const open = (/** @type {{currentTarget: HTMLButtonElement}} */ { currentTarget }) =>
    openMenu(currentTarget, [
      ...(model.text ? [{ label: texts.say("action.edit"), icon: "edit", press: () => actions.startEdit(model.key) }] : []),
      { label: texts.say("action.delete"), icon: "delete", danger: true, press: () => actions.remove(model) },
    ]);
  const label = texts.say("message.actions");
  return html`<button
    type="button"
    class="button button--quiet button--icon button--small message__change"
    aria-label=${label}
    title=${label}
    aria-expanded="false"
    aria-haspopup="true"
    data-focus="change"
    onClick=${open}
  ><${Icon} name="menu" /></button>`;
}

/** @param {{model: RowModel, texts: import("./i18n.js").Texts, actions: RowActions}} properties */
function Editor({ model, texts, actions }) {
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  useLayoutEffect(() => {
    const area = /** @type {HTMLTextAreaElement} */ (field.current);
    area.value = model.text;
    growWithText(area);
    area.focus();
  }, []);
  const finish = (/** @type {boolean} */ isKept) => {
    const text = field.current?.value.trim() ?? "";
    actions.finishEdit(model, isKept && text && text !== model.text ? text : null);
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey && !event.isComposing)) {
      event.preventDefault();
      finish(event.key === "Enter");
    }
  };
  return html`<div class="editor">
    <textarea class="input" ref=${field} rows="1" dir="auto" maxlength=${LONGEST_TEXT} aria-label=${texts.say("message.editLabel")} onKeyDown=${pressed}></textarea>
    <div class="form__actions">
      <${Small} label=${texts.say("action.cancel")} press=${() => finish(false)} />
      <${Small} label=${texts.say("action.save")} icon="check" press=${() => finish(true)} />
    </div>
  </div>`;
}
