/**
 * Where the agent writes.
 * @module desk-composer
 */

import { button, byId, element, growWithText, icon, setText, show } from "./dom.js";
import { ReplyMenu } from "./desk-replies.js";
import { FilePicker } from "./file-picker.js";
import { forget, keep, kept, keptNames } from "./keep.js";
import { plainName } from "./safe-text.js";

const LONGEST_TEXT = 16_000;
const MOST_ARTICLES = 5;
const SAVE_MILLISECONDS = 800;

const DRAFTS = "relay.desk.draft.";

/**
 * The name under which this browser keeps what an agent has begun to write about something.
 *
 * @param {string} username
 * @param {string} subject
 * @returns {string}
 */
export function draftName(username, subject) {
  return `${DRAFTS}${username}.${subject}`;
}

/**
 * Forgets what an agent has begun to write in this browser.
 *
 * @param {string} username
 */
export function forgetDrafts(username) {
  keptNames(`${DRAFTS}${username}.`).forEach(forget);
}

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
  #saving = null;
  /** Whether the text changes because another conversation is shown or a message was sent, not because the agent types. */
  #isFilling = false;
  #api;

  /**
   * @param {import("./api.js").Api} api
   * @param {string} username the agent, whose drafts nobody else sees
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, Object[], Object[]): void} send sends a text, uploaded files and articles
   * @param {function(Object): void} applyMacro applies a macro to the conversation
   */
  constructor(api, username, texts, send, applyMacro) {
    this.#api = api;
    this.#drafts = `${DRAFTS}${username}.`;
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
    this.#saveNow();
    this.#conversation = conversation;
    this.#replies.switchTo(conversation);
    const name = `${this.#drafts}${conversation}`;
    this.#fill(kept(name) ?? "", JSON.parse(kept(`${name}.articles`) ?? "[]"));
    this.#takeDraft(conversation);
  }

  /** Takes what the agent has begun to write in another browser, unless something is written here. */
  async #takeDraft(conversation) {
    try {
      const { text, articles } = await this.#api.get(`agents/me/drafts/conversations/${conversation}`);
      if (conversation === this.#conversation && this.#text.value === "" && this.#articles.length === 0 && this.#saving === null) {
        this.#fill(text, articles.map((articleId) => ({ articleId, title: articleId })));
      }
    } catch {
      // Without an answer the draft of this browser is the one.
    }
  }

  /** Saves the draft on the server once the agent pauses; this browser has it at once. */
  #saveSoon() {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#saveNow(), SAVE_MILLISECONDS);
  }

  #saveNow() {
    if (this.#saving !== null) {
      clearTimeout(this.#saving);
      this.#saving = null;
      const articles = this.#articles.map((article) => article.articleId);
      this.#api
        .put(`agents/me/drafts/conversations/${this.#conversation}`, { text: this.#text.value.slice(0, LONGEST_TEXT), articles })
        .catch(() => {
          // This browser has it; the next change is saved again.
        });
    }
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
      this.#saveNow();
    }
    this.focus();
  }

  #keepDraft() {
    const name = `${this.#drafts}${this.#conversation}`;
    if (this.#text.value) {
      keep(name, this.#text.value);
    } else {
      forget(name);
    }
    if (this.#articles.length > 0) {
      const known = this.#articles.map(({ articleId, title }) => ({ articleId, title }));
      keep(`${name}.articles`, JSON.stringify(known));
    } else {
      forget(`${name}.articles`);
    }
    this.#saveSoon();
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
