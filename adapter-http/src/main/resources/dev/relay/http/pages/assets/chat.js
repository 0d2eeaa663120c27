/**
 * The web chat: joins the session, the stream, the outbox and what is seen.
 * @module chat
 */

import { ArticleReader } from "./chat-article.js";
import { ChatComposer } from "./chat-composer.js";
import { identityOfParent, isReset, isSeen, prepareFrame, tellForgotten, tellRefused, tellSession, tellSignedOut, tellUnread } from "./chat-frame.js";
import { greeting, quickReplies, title as chosenTitle, withOwnTexts } from "./chat-look.js";
import { ChatHead } from "./chat-head.js";
import { claimsOf, forgetEverybody, whenForgotten } from "./chat-identity.js";
import { Outbox } from "./chat-outbox.js";
import { ChatSession } from "./chat-session.js";
import { CHAT_TEXTS } from "./chat-texts.js";
import { playSound, prepareSound } from "./chat-sound.js";
import { ChatTranscript } from "./chat-transcript.js";
import { button, byId, element, setText, show, toast } from "./dom.js";
import { Texts, chosenLanguage, offerLanguages, translate } from "./i18n.js";
import { belongTo, keep, kept } from "./keep.js";
import { MessageList } from "./message-list.js";
import { plainWords } from "./message-text.js";
import { render } from "./preact.js";
import { problemWords } from "./problem-texts.js";
import { Question, tellFailure } from "./question.js";
import { plainName } from "./safe-text.js";
import { EventStream } from "./stream.js";
import { TypingLine, TypingReport, Typists } from "./typing.js";
import { html } from "./ui.js";

const SEEN = "relay.chat.seen";
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** @type {import("./chat-head.js").ChatStatus} */
const NOTHING_YET = { state: "none", agent: null, agentPicture: null, queuePosition: null, caseNumber: null, cases: [] };

/** @typedef {{name: string, data: any}} StoredEvent an event of the transcript, as it is read */

/** The whole page. */
class Chat {
  #texts;
  #session;
  #transcript = new ChatTranscript();
  #outbox;
  #status = NOTHING_YET;
  /** @type {EventStream|null} */
  #stream = null;
  #isConnected = true;
  #unread = 0;
  /** @type {string|null} */
  #lastId = null;
  #isRenderDue = false;
  /** Reads the page before those that are known; null if there is none. @type {string|null} */
  #before = null;
  /** Whether the last messages have been read: until then nobody knows whether there are any. */
  #hasRead = false;
  /** Counts the beginnings of listening, so that only the last one goes on. */
  #listening = 0;
  #typists = new Typists();
  #typing;
  #question;
  /** Made once the page has its words, like the two after it. */
  #head = /** @type {ChatHead} */ (/** @type {unknown} */ (null));
  #messages = /** @type {MessageList} */ (/** @type {unknown} */ (null));
  #composer = /** @type {ChatComposer} */ (/** @type {unknown} */ (null));

  /** @param {string|null} identity the token by which the embedding site identifies its customer */
  constructor(identity) {
    this.#texts = new Texts(withOwnTexts(CHAT_TEXTS), chosenLanguage(claimsOf(identity).language));
    this.#session = new ChatSession(this.#texts.language, identity, {
      opened: () => this.#listen(),
      refused: (reason, isLate) => this.#identityRefused(reason, isLate),
    });
    this.#outbox = new Outbox(this.#session, {
      changed: () => this.#render(),
      accepted: (item, messageId) => this.#transcript.accepted(item, messageId),
      refused: ({ problem }) => this.#refused(problem),
    });
    this.#question = new Question(this.#texts);
    this.#typing = new TypingReport((path) => this.#session.api.post(path));
  }

  start() {
    const texts = this.#texts;
    translate(texts);
    setText(byId("title"), this.#title());
    document.title = this.#title();
    setText(byId("greeting"), greeting(texts.language) ?? texts.say("chat.welcomeText"));
    byId("quick-replies").replaceChildren(...quickReplies(texts.language).map((words) => this.#quickReply(words)));
    offerLanguages(byId("language"), texts, (language) => this.#speak(language));
    prepareSound();
    prepareFrame({
      shown: () => this.#markSeen(),
      identified: (identity) => this.#session.renew(identity) || window.location.reload(),
    });
    whenForgotten(tellSignedOut);
    this.#head = new ChatHead(texts, {
      talkToPerson: () => this.#outbox.addAction("talk_to_person"),
      end: () => this.#question.ask("chat.end", () => this.#outbox.addAction("end")),
    });
    const reader = new ArticleReader(this.#session.api, texts);
    const files = { api: this.#session.api, path: "chat/attachments", readArticle: (/** @type {string} */ id) => reader.open(id) };
    const parts = { list: byId("messages"), scroll: byId("scroll"), jump: byId("jump", HTMLButtonElement) };
    this.#messages = new MessageList(parts, texts, files, {
      press: (name) => {
        this.#outbox.addAction(name);
        this.#composer.focus();
      },
      rate: (model, score, comment) =>
        this.#change(() => this.#session.api.post("chat/ratings", { messageId: model.id, score, comment })),
      retry: (model) => this.#outbox.retry(model.clientMessageId ?? ""),
      discard: (model) => this.#outbox.remove(model.clientMessageId ?? ""),
      edit: (model, text) => this.#change(() => this.#session.api.patch(addressOf(model), { text })),
      earlier: () => this.#earlier(),
      remove: (model) => this.#question.ask("message.delete", () => this.#change(() => this.#session.api.delete(addressOf(model)))),
    });
    /** @type {import("./file-picker.js").Upload} */
    const upload = (file, progress, signal) => this.#upload(file, progress, signal);
    this.#composer = new ChatComposer(texts, upload, (text, files) => {
      this.#typing.sent();
      this.#outbox.addMessage(text, files);
    });
    byId("composer").addEventListener("input", () => this.#typed());
    render(html`<${TypingLine} typists=${this.#typists} words=${() => this.#typingWords()} />`, byId("typing"));
    const name = byId("name", HTMLInputElement);
    name.value = this.#session.name;
    name.addEventListener("input", () => (this.#session.name = name.value));
    show(/** @type {HTMLElement} */ (name.parentElement), !this.#session.isIdentified);
    window.addEventListener("offline", () => this.#render());
    window.addEventListener("online", () => this.#render());
    document.addEventListener("visibilitychange", () => this.#markSeen());
    if (this.#session.isOpen) {
      this.#listen();
    }
    this.#render();
    this.#session.identify();
    this.#learnAvailability();
    this.#outbox.pump();
    this.#composer.focus();
  }

  /** The name that the operator has chosen, else the word for what it is. */
  #title() {
    return chosenTitle ?? this.#texts.say("chat.title");
  }

  /**
   * A question that is asked by a press.
   *
   * @param {string} words
   */
  #quickReply(words) {
    const press = () => {
      this.#outbox.addMessage(words, []);
      this.#composer.focus();
    };
    const made = button({ label: words, press });
    made.classList.add("button--small");
    return element("li", { dir: "auto" }, made);
  }

  /** Learns whether live agents work now; without an answer nothing is promised. */
  async #learnAvailability() {
    try {
      this.#head.availability = await this.#session.api.get(`chat/availability?locale=${encodeURIComponent(this.#texts.language)}`);
      this.#render();
    } catch {
      // Out of reach: what the page says holds at any time.
    }
  }

  /**
   * A site's customer of whom it has not said anything new in time: what they write waits, and is never sent as a guest's.
   *
   * @param {string} reason
   * @param {boolean} isLate
   */
  #identityRefused(reason, isLate) {
    tellRefused(reason, isLate);
    if (isLate) {
      toast(this.#texts.say("session.unconfirmed"), "danger", this.#texts.say("action.dismiss"));
    }
  }

  /** Reads the last messages and follows the stream from there on. */
  async #listen() {
    this.#stream?.stop();
    this.#stream = null;
    const turn = ++this.#listening;
    const page = await this.#lastPage(turn);
    if (page === null) {
      return;
    }
    tellSession();
    this.#transcript.clear();
    this.#before = page.before;
    this.#hasRead = true;
    page.events.forEach((/** @type {StoredEvent} */ { name, data }) => this.#take(name, data));
    this.#render();
    const after = page.last === "0" ? null : page.last;
    this.#stream = new EventStream(this.#session.api.address("chat/events"), () => this.#session.headers(), {
      event: (type, data) => this.#take(type, data),
      state: (state) => this.#connection(state),
      poll: () => this.#poll(),
      reset: () => this.#listen(),
      refused: () => this.#expired(),
    }, after);
    this.#stream.start();
  }

  /** Reads what is new, because something on the way holds the stream back. */
  async #poll() {
    const turn = this.#listening;
    try {
      const [page, status] = await Promise.all(["messages", "status"].map((path) => this.#session.api.get(`chat/${path}`)));
      if (turn === this.#listening) {
        page.events.forEach((/** @type {StoredEvent} */ { name, data }) => this.#take(name, data));
        this.#take("status", status);
        this.#connection("polling");
      }
    } catch (failure) {
      if (/** @type {{status?: number}} */ (failure).status === 401) {
        this.#expired();
      } else {
        this.#connection("lost");
      }
    }
  }

  /**
   * The last messages; null if the session has ended, or if somebody has begun to listen anew meanwhile.
   *
   * @param {number} turn
   */
  async #lastPage(turn) {
    for (let pause = FIRST_PAUSE; turn === this.#listening; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const page = await this.#session.api.get("chat/messages");
        return turn === this.#listening ? page : null;
      } catch (failure) {
        if (/** @type {{status?: number}} */ (failure).status === 401) {
          this.#expired();
          return null;
        }
        this.#connection("lost");
        await onlineOrAfter(pause);
      }
    }
    return null;
  }

  async #earlier() {
    try {
      const page = await this.#session.api.get(`chat/messages?before=${this.#before}`);
      this.#before = page.before;
      this.#transcript.takeEarlier(page.events);
      this.#draw();
    } catch {
      // The button stays, and the banner says why.
    }
  }

  /**
   * @param {string} type
   * @param {any} data
   */
  #take(type, data) {
    if (type === "status") {
      this.#status = data;
    } else if (type === "typing") {
      this.#agentTypes(data);
      return;
    } else {
      const message = this.#transcript.take(type, data);
      if (message) {
        this.#arrived(message);
      }
    }
    this.#render();
  }

  /** Tells the live agent that the customer is typing; nobody else is told. */
  #typed() {
    if (this.#status.state === "live" && byId("text", HTMLTextAreaElement).value !== "") {
      this.#typing.typed("chat/typing");
    }
  }

  /** @param {import("./typing.js").Sign} sign */
  #agentTypes(sign) {
    if (this.#status.state === "live" && this.#typists.take(sign)) {
      this.#announce(this.#typingWords());
    }
  }

  #typingWords() {
    const agent = plainName(this.#status.agent);
    return this.#texts.say(agent ? "typing.agent" : "typing.unnamed", { agent });
  }

  /** @param {string} words */
  #announce(words) {
    byId("announcer").append(element("p", { text: words }));
    while (byId("announcer").childElementCount > 20) {
      byId("announcer").firstElementChild?.remove();
    }
  }

  /** @param {import("./chat-transcript.js").ChatEntry} message */
  #arrived(message) {
    if (message.author === "agent") {
      this.#typists.wrote("agent");
    }
    if (message.clientMessageId) {
      this.#outbox.remove(message.clientMessageId);
    }
    if (Number(message.id) <= Number(kept(SEEN) ?? 0) || message.author === "customer") {
      return;
    }
    const who = message.author === "system" ? "" : `${plainName(message.name, this.#texts.say(`author.${message.author}`))}: `;
    this.#announce([`${who}${plainWords(message.text)}`, ...this.#beyondText(message)].join(" ").slice(0, 2000));
    if (!isSeen() && message.author !== "system") {
      playSound();
    }
    this.#unread += 1;
    this.#lastId = message.id;
    this.#markSeen();
  }

  /**
   * What a message shows besides its text, for those who hear it.
   *
   * @param {import("./chat-transcript.js").ChatEntry} message
   */
  #beyondText({ articles, attachments, buttons = [] }) {
    const files = attachments.map(({ fileName }) => plainName(fileName, this.#texts.say("file.unnamed")));
    const found = [...files, ...articles.map(({ title, passage }) => `${plainName(title)}. ${passage ?? ""}`)];
    const choices = buttons.filter((name) => this.#texts.has(`button.${name}`)).map((name) => this.#texts.say(`button.${name}`));
    return choices.length > 0 ? [...found, this.#texts.say("message.choices", { choices: choices.join(", ") })] : found;
  }

  #markSeen() {
    if (isSeen() && this.#lastId !== null) {
      keep(SEEN, this.#lastId);
      this.#unread = 0;
    }
    const title = this.#title();
    document.title = this.#unread > 0 ? `(${this.#unread}) ${title}` : title;
    tellUnread(this.#unread);
  }

  /** @param {"connecting"|"open"|"lost"|"polling"|"paused"} state */
  #connection(state) {
    if (state === "paused") {
      return;
    }
    const works = state === "open" || state === "polling";
    this.#isConnected = works || (state === "connecting" && this.#isConnected);
    if (works) {
      this.#outbox.pump();
    }
    this.#render();
  }

  #expired() {
    this.#session.lose();
    this.#transcript.clear();
    this.#before = null;
    this.#status = NOTHING_YET;
    if (this.#session.isIdentified) {
      this.#session.identify();
      this.#render();
      return;
    }
    toast(this.#texts.say("session.expired"), "info", this.#texts.say("action.dismiss"));
    this.#render();
  }

  /** Draws once per frame, however many events a replay brings. */
  #render() {
    if (this.#isRenderDue || !this.#composer) {
      return;
    }
    this.#isRenderDue = true;
    queueMicrotask(() => {
      this.#isRenderDue = false;
      this.#draw();
    });
  }

  #draw() {
    const models = this.#transcript.shown(this.#outbox.items);
    const isLive = this.#status.state === "live";
    show(byId("typing"), isLive);
    if (!isLive) {
      this.#typists.clear();
    }
    show(byId("welcome"), models.length === 0 && (this.#hasRead || !this.#session.isOpen));
    this.#messages.show(models, this.#before !== null);
    this.#head.show(
      this.#status,
      this.#outbox.items.some((item) => item.action === "talk_to_person"),
      models.some((model) => model.buttons.includes("talk_to_person")),
    );
    const words = !navigator.onLine ? "connection.offline" : !this.#isConnected ? "connection.lost" : null;
    show(byId("connection"), words !== null);
    setText(byId("connection"), words ? this.#texts.say(words) : "");
  }

  /** @type {import("./file-picker.js").Upload} */
  async #upload(file, progress, signal) {
    await this.#session.ensure();
    return this.#session.api.upload("chat/attachments", file, progress, signal);
  }

  /**
   * Tells the server the customer's language, so that answers and notices come in it too.
   *
   * @param {string} locale
   */
  async #speak(locale) {
    if (this.#session.isOpen) {
      await this.#change(() => this.#session.api.patch("chat/sessions/me", { locale }));
    }
  }

  /** @param {function(): Promise<unknown>} call */
  async #change(call) {
    try {
      await call();
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  /** @param {import("./api.js").ProblemBody} problem */
  #refused(problem) {
    this.#messages.release();
    const reason = problemWords(this.#texts, problem);
    toast(this.#texts.say("error.refused", { reason }), "danger", this.#texts.say("action.dismiss"));
  }
}

/** @param {import("./message-row.js").RowModel} model */
function addressOf(model) {
  return `chat/messages/${encodeURIComponent(model.clientMessageId ?? "")}`;
}

/**
 * Waits until the browser is connected again, at most for that time.
 *
 * @param {number} milliseconds
 * @returns {Promise<void>}
 */
function onlineOrAfter(milliseconds) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
  });
}

async function begin() {
  if (isReset) {
    await forgetEverybody();
    tellForgotten();
  }
  const identity = await identityOfParent();
  belongTo(claimsOf(identity).subject);
  new Chat(identity).start();
}

begin();
