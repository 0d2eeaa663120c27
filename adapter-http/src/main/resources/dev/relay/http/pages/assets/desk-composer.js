/**
 * Where the agent writes.
 * @module desk-composer
 */

import { button, byId, element, growWithText, icon, setText, show } from "./dom.js";
import { ReplyMenu } from "./desk-replies.js";
import { FilePicker } from "./file-picker.js";
import { plainName } from "./safe-text.js";

const LONGEST_TEXT = 16_000;
const MOST_ARTICLES = 5;

/** The form below the transcript; keeps a draft for each conversation, also when the page is loaded again. */
export class DeskComposer {
  #texts;
  #send;
  #text = byId("text");
  #error = byId("composer-error");
  #picker;
  #articles = [];
  #drafts;
  #conversation = null;
  #replies;
  /** Whether the text changes because another conversation is shown or a message was sent, not because the agent types. */
  #isFilling = false;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./desk-drafts.js").Drafts} drafts
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, Object[], Object[]): void} send sends a text, uploaded files and articles
   * @param {function(Object): void} applyMacro applies a macro to the conversation
   * @param {function(): boolean} undo takes the last answer back that was not sent yet
   */
  constructor(api, drafts, texts, send, applyMacro, undo) {
    this.#drafts = drafts;
    this.#texts = texts;
    this.#send = send;
    this.#picker = new FilePicker({
      input: byId("file"),
      list: byId("uploads"),
      dropZone: byId("conversation"),
      text: this.#text,
      texts,
      upload: (file, progress, signal) => api.upload("attachments", file, progress, signal),
      changed: () => this.#say(""),
    });
    byId("attach").addEventListener("click", () => byId("file").click());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && this.#text.value === "" && undo()) {
        event.preventDefault();
      }
    });
    this.#text.addEventListener("input", () => {
      this.#say("");
      if (!this.#isFilling) {
        this.#keepDraft();
      }
    });
    this.#replies = new ReplyMenu(api, texts, this.#text, applyMacro);
    growWithText(this.#text);
  }

  /** Writes to another conversation: puts the draft away and takes that one's. */
  switchTo(conversation) {
    if (conversation === this.#conversation) {
      return;
    }
    this.#drafts.save(this.#subject);
    this.#conversation = conversation;
    this.#replies.switchTo(conversation);
    const draft = this.#drafts.of(this.#subject);
    this.#fill(draft.text, draft.articles);
    this.#takeDraft(conversation);
  }

  get #subject() {
    return `conversations/${this.#conversation}`;
  }

  /** Takes what the agent has begun to write in another browser, unless something is written here. */
  async #takeDraft(conversation) {
    const { text, articles } = await this.#drafts.take(this.#subject);
    if (conversation === this.#conversation && this.#text.value === "" && this.#articles.length === 0) {
      this.#fill(text, articles);
    }
  }

  /** Puts an answer back that was taken back, before what was written since. */
  restore({ text, attachments, articles }) {
    const files = [...attachments, ...this.#picker.uploaded];
    this.#fill([text, this.#text.value].filter(Boolean).join("\n"), [...articles, ...this.#articles].slice(0, MOST_ARTICLES));
    this.#picker.restore(files);
    this.#keepDraft();
    this.focus();
  }

  /** Puts the cursor there. */
  focus() {
    this.#text.focus({ preventScroll: true });
  }

  /** Adds an article to the message. */
  addArticle(article) {
    const isKnown = this.#articles.some((other) => other.articleId === article.articleId);
    if (!isKnown && this.#articles.length < MOST_ARTICLES) {
      this.#articles.push(article);
      this.#drawArticles();
      this.#keepDraft();
    }
    this.focus();
  }

  #submit() {
    const text = this.#text.value.trim();
    if (this.#picker.isBusy) {
      this.#say(this.#texts.say("file.wait"));
    } else if (this.#picker.hasFailed) {
      this.#say(this.#texts.say("file.fix"));
    } else if (text.length > LONGEST_TEXT) {
      this.#say(this.#texts.say("message.tooLong", { length: text.length.toLocaleString(this.#texts.language) }));
    } else if (text || this.#picker.uploaded.length > 0 || this.#articles.length > 0) {
      this.#send(text, this.#picker.uploaded, this.#articles);
      this.#fill("");
      this.#keepDraft();
      this.#drafts.save(this.#subject);
    }
    this.focus();
  }

  #keepDraft() {
    const articles = this.#articles.map(({ articleId, title }) => ({ articleId, title }));
    this.#drafts.change(this.#subject, { text: this.#text.value, articles });
  }

  #fill(text, articles = []) {
    this.#text.value = text;
    this.#picker.clear();
    this.#articles = articles;
    this.#drawArticles();
    this.#isFilling = true;
    this.#text.dispatchEvent(new Event("input"));
    this.#isFilling = false;
  }

  #drawArticles() {
    const list = byId("chosen-articles");
    list.replaceChildren(
      ...this.#articles.map((article) => {
        const title = plainName(article.title, article.articleId);
        const press = () => {
          this.#articles = this.#articles.filter((other) => other !== article);
          this.#drawArticles();
          this.#keepDraft();
          this.focus();
        };
        return element(
          "li",
          { class: "upload" },
          icon("book"),
          element("span", { class: "upload__name", dir: "auto", text: title }),
          button({ label: this.#texts.say("article.remove", { title }), icon: "close", iconOnly: true, kind: "quiet", press }),
        );
      }),
    );
    show(list, this.#articles.length > 0);
  }

  #say(words) {
    setText(this.#error, words);
    show(this.#error, words !== "");
  }
}
