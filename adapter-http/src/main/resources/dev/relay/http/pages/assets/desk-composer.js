/**
 * Where the agent writes to the customer.
 * @module desk-composer
 */

import { ReplyList } from "./desk-replies.js";
import { byId, growWithText } from "./dom.js";
import { FilePicker, UploadList } from "./file-picker.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, IconButton, html } from "./ui.js";

const LONGEST_TEXT = 16_000;
const MOST_ARTICLES = 5;

/**
 * @typedef {import("./desk-drafts.js").Draft["articles"][number]} ChosenArticle
 * @typedef {import("./files.js").Attachment} Attachment
 */

/**
 * What others do with the form.
 *
 * @typedef {Object} ComposerHandle
 * @property {function(): void} focus puts the cursor there
 * @property {function(ChosenArticle): void} addArticle adds an article to the message
 * @property {function({text: string, attachments: Attachment[], articles: ChosenArticle[]}): void} restore puts an answer back that was taken
 *     back, before what was written since
 */

/**
 * The form below the transcript, which keeps a draft. One for each conversation: give it the conversation's id as its key.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {import("./desk-drafts.js").Drafts} properties.drafts
 * @param {string} properties.conversation its id
 * @param {boolean} properties.isShown whether the form is on the screen
 * @param {{current: ComposerHandle|null}} properties.handle receives what others do with the form
 * @param {function(string, Attachment[], ChosenArticle[]): void} properties.send
 * @param {function(import("./desk-replies.js").SavedReply): void} properties.askMacro asks whether a macro is to be applied
 * @param {function(): boolean} properties.undo takes the last answer back that was not sent yet
 * @param {function(): void} properties.findArticle lets the agent look for an article
 */
export function AnswerComposer({ api, texts, drafts, conversation, isShown, handle, send, askMacro, undo, findArticle }) {
  const subject = `conversations/${conversation}`;
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const fit = useRef(() => {});
  /** Whether the text changes because a draft was read or a message was sent, not because the agent types. */
  const isFilling = useRef(false);
  const [picker] = useState(() => new FilePicker(texts, (file, progress, signal) => api.upload("attachments", file, progress, signal)));
  const [error, setError] = useState("");
  const [articles, setArticles] = useState(/** @type {ChosenArticle[]} */ ([]));
  // What is chosen now, though it may not be drawn yet.
  const chosen = useRef(articles);
  const area = () => /** @type {HTMLTextAreaElement} */ (field.current);

  const focus = () => area().focus({ preventScroll: true });
  const choose = (/** @type {ChosenArticle[]} */ next) => {
    chosen.current = next;
    setArticles(next);
  };
  const keepDraft = () => drafts.change(subject, { text: area().value, articles: chosen.current.map(({ articleId, title }) => ({ articleId, title })) });
  const fill = (/** @type {string} */ text, /** @type {ChosenArticle[]} */ next = []) => {
    area().value = text;
    picker.clear();
    choose(next);
    isFilling.current = true;
    area().dispatchEvent(new Event("input"));
    isFilling.current = false;
  };

  useLayoutEffect(() => {
    fit.current = growWithText(area());
    const listening = picker.listen({ input: /** @type {HTMLInputElement} */ (input.current), dropZone: byId("conversation"), text: area() });
    const changed = () => setError("");
    picker.addEventListener("change", changed);
    const draft = drafts.of(subject);
    fill(draft.text, draft.articles);
    let isGone = false;
    drafts.take(subject).then((taken) => {
      // What the agent has begun to write in another browser, unless something is written here.
      if (!isGone && area().value === "" && chosen.current.length === 0) {
        fill(taken.text, taken.articles);
      }
    });
    return () => {
      isGone = true;
      listening();
      picker.removeEventListener("change", changed);
      picker.clear();
      drafts.save(subject);
    };
  }, []);
  useLayoutEffect(() => fit.current(), [isShown]);
  useLayoutEffect(() => {
    handle.current = {
      focus,
      addArticle: (article) => {
        const isKnown = chosen.current.some((other) => other.articleId === article.articleId);
        if (!isKnown && chosen.current.length < MOST_ARTICLES) {
          choose([...chosen.current, article]);
          keepDraft();
        }
        focus();
      },
      restore: ({ text, attachments, articles: restored }) => {
        const files = [...attachments, ...picker.uploaded];
        fill([text, area().value].filter(Boolean).join("\n"), [...restored, ...chosen.current].slice(0, MOST_ARTICLES));
        picker.restore(files);
        keepDraft();
        focus();
      },
    };
  });

  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = area().value.trim();
    if (picker.isBusy) {
      setError(texts.say("file.wait"));
    } else if (picker.hasFailed) {
      setError(texts.say("file.fix"));
    } else if (text.length > LONGEST_TEXT) {
      setError(texts.say("message.tooLong", { length: text.length.toLocaleString(texts.language) }));
    } else if (text || picker.uploaded.length > 0 || chosen.current.length > 0) {
      send(text, picker.uploaded, chosen.current);
      fill("");
      keepDraft();
      drafts.save(subject);
    }
    focus();
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      submit(event);
    } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && area().value === "" && undo()) {
      event.preventDefault();
    }
  };
  const typed = () => {
    setError("");
    if (!isFilling.current) {
      keepDraft();
    }
  };
  const remove = (/** @type {ChosenArticle} */ article) => {
    choose(chosen.current.filter((other) => other !== article));
    keepDraft();
    focus();
  };
  const article = (/** @type {ChosenArticle} */ one) => {
    const title = plainName(one.title, one.articleId);
    return html`<li class="upload" key=${one.articleId}>
      <${Icon} name="book" />
      <span class="upload__name" dir="auto">${title}</span>
      <${IconButton} name="close" label=${texts.say("article.remove", { title })} press=${() => remove(one)} />
    </li>`;
  };
  return html`
    <${ReplyList} field=${field} api=${api} texts=${texts} conversation=${conversation} askMacro=${askMacro} />
    <form class="composer" id="composer" autocomplete="off" onSubmit=${submit}>
      <${UploadList} picker=${picker} texts=${texts} removed=${focus} />
      <ul class="uploads" id="chosen-articles" hidden=${articles.length === 0}>${articles.map(article)}</ul>
      <div class="composer__row">
        <input type="file" id="file" ref=${input} class="visually-hidden" tabindex="-1" aria-hidden="true" />
        <${IconButton} name="attach" id="attach" label=${texts.say("file.add")} press=${() => input.current?.click()} />
        <${IconButton} name="book" id="insert-article" label=${texts.say("article.add")} press=${findArticle} />
        <label class="visually-hidden" for="text">${texts.say("message.writing")}</label>
        <textarea class="composer__text" id="text" ref=${field} rows="1" dir="auto" enterkeyhint="send" placeholder=${texts.say("message.placeholder")} onInput=${typed} onKeyDown=${pressed}></textarea>
        <button type="submit" class="button button--primary button--icon" id="send" aria-label=${texts.say("message.send")} title=${texts.say("message.send")}><${Icon} name="send" /></button>
      </div>
    </form>
    <p class="form-error" id="composer-error" role="alert" hidden=${error === ""}>${error}</p>
  `;
}
