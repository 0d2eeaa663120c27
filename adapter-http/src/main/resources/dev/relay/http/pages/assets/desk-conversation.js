/**
 * The open conversation: who it is with, what was said, what the agent can do.
 * @module desk-conversation
 */

import { AnswerComposer } from "./desk-composer.js";
import { InternalComposer, ModeSwitch } from "./desk-internal.js";
import { PassOn } from "./desk-pass-on.js";
import { MacroQuestion, tellsCustomer } from "./desk-replies.js";
import { conversationAddress } from "./desk-routes.js";
import { DeskSending, changeLast, sendFirst } from "./desk-sending.js";
import { shownTranscript } from "./desk-transcript.js";
import { makeNow, waitOrUndo } from "./desk-undo.js";
import { byId, element, icon, setText, show, toast } from "./dom.js";
import { attachMenu, prepareDialog } from "./menu.js";
import { MessageList } from "./message-list.js";
import { plainWords } from "./message-text.js";
import { render } from "./preact.js";
import { problemWords } from "./problem-texts.js";
import { reasonOf, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { TypingLine, TypingReport, Typists } from "./typing.js";
import { html, oncePerFrame } from "./ui.js";

/**
 * @typedef {import("./desk-types.js").ConversationDetail} Detail
 * @typedef {import("./desk-replies.js").SavedReply} SavedReply
 */

/** The buttons that change the conversation. */
const ACTIONS = ["accept", "join", "leave", "propose", "end", "leave-item", "propose-item", "end-item"];

/** Shows one conversation and carries out what the agent presses. */
export class DeskConversation {
  #store;
  #texts;
  #ask;
  #findArticle;
  #messages;
  /** What the form for answers does for others. @type {{current: import("./desk-composer.js").ComposerHandle|null}} */
  #composer = { current: null };
  #sending;
  #drafts;
  /** @type {"answer"|"internal"} */
  #mode = "answer";
  #isPassingOn = false;
  /** The conversations that are being changed, or will be in a moment, with the change. @type {Map<string, Promise<void>>} */
  #changing = new Map();
  /** @type {string|null} */
  #shownId = null;
  /** The message to lead to, once its conversation is shown. @type {{id: string|null, entry: string}|null} */
  #wanted = null;
  #isReading = false;
  /** @type {string|null} */
  #announced = null;
  /** @type {string|null} */
  #newest = null;
  #typists = new Typists();
  #typing;
  /** What was drawn last, but for what was said. */
  #drawn = "";
  #drawnFoot = "";

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, function(): void, Object<string, string>=): void} ask asks before something that cannot be taken back
   * @param {function(string, string, function(import("./desk-composer.js").ChosenArticle): void): void} findArticle asks for an article, see desk-articles.js
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(store, texts, ask, findArticle, drafts) {
    this.#store = store;
    this.#texts = texts;
    this.#drafts = drafts;
    this.#ask = ask;
    this.#findArticle = findArticle;
    this.#sending = new DeskSending(store.api, store.me.username, () => store.settings.undo, () => store.touch());
    const parts = { list: byId("messages"), scroll: byId("scroll"), jump: byId("jump", HTMLButtonElement) };
    this.#messages = new MessageList(parts, texts, { api: store.api, path: "attachments" }, {
      press: () => {},
      earlier: async () => {
        await store.loadEarlier();
        this.#draw();
      },
      undo: (model) => this.#undo(model.clientMessageId ?? null),
      retry: (model) => this.#sending.retry(model.clientMessageId ?? ""),
      discard: (model) => this.#sending.discard(model.clientMessageId ?? ""),
      edit: (model, text) => this.#call(() => store.api.patch(this.#address(`messages/${model.id}`), { text })),
      remove: (model) =>
        ask("message.delete", () => this.#call(() => store.api.delete(this.#address(`messages/${model.id}`)))),
    });
    this.#typing = new TypingReport((part) => store.api.post(this.#address("typing"), { part }));
    byId("desk-foot").addEventListener("input", (event) => this.#typed(/** @type {HTMLTextAreaElement} */ (event.target)));
    render(html`<${TypingLine} typists=${this.#typists} words=${(/** @type {import("./typing.js").Sign} */ sign) => this.#typingWords(sign)} />`, byId("typing"));
    store.addEventListener("typing", (event) => this.#takeTyping(/** @type {CustomEvent} */ (event).detail));
    this.#prepareButtons();
    const soon = oncePerFrame(() => this.#draw());
    // What is said is drawn once per frame; another conversation, or one that somebody has taken, at once.
    store.addEventListener("detail", () => (this.#isOther() ? this.#draw() : soon()));
    this.#draw();
  }

  /**
   * Leads to a message of a conversation as soon as both are there; reads the transcript back to it.
   *
   * @param {string|null} id
   * @param {string|null} entry
   */
  leadTo(id, entry) {
    this.#wanted = entry === null ? null : { id, entry };
    this.#lead();
  }

  /**
   * Tells the customer and colleagues that this agent is typing. Forms fill their fields by events that do not bubble.
   *
   * @param {HTMLTextAreaElement} field
   */
  #typed(field) {
    const part = /** @type {Object<string, string>} */ ({ text: "answer", "internal-text": "internal" })[field.id];
    if (part && field.value !== "") {
      this.#typing.typed(part);
    }
  }

  /** @param {import("./typing.js").Sign & {conversationId: string}} sign */
  #takeTyping(sign) {
    const { detail, selected } = this.#store;
    if (detail && sign.conversationId === selected && this.#typists.take(sign)) {
      byId("announcer").textContent = this.#typingWords(sign);
    }
  }

  /** @param {import("./typing.js").Sign} sign */
  #typingWords({ author, internal, name, username }) {
    if (author === "customer") {
      const customer = plainName(this.#store.detail?.customer.displayName, this.#texts.say("customer.unnamed"));
      return this.#texts.say("typing.customer", { name: customer });
    }
    return this.#texts.say(internal ? "typing.internal" : "typing.agent", { name: plainName(name, username ?? "") });
  }

  async #lead() {
    const { detail } = this.#store;
    const wanted = this.#wanted;
    if (wanted === null || detail?.id !== wanted.id || this.#shownId !== detail.id || this.#isReading) {
      return;
    }
    this.#isReading = true;
    const isThere = () => Number(detail.transcript[0]?.id) <= Number(wanted.entry);
    for (let before = null; !isThere() && detail.previous !== null && detail.previous !== before && this.#store.detail === detail; ) {
      before = detail.previous;
      await this.#store.loadEarlier();
    }
    this.#isReading = false;
    if (this.#store.detail === detail && this.#wanted === wanted) {
      this.#wanted = null;
      this.#draw();
      this.#messages.reveal(`e-${wanted.entry}`);
    } else {
      this.#lead();
    }
  }

  /** Sends what waited for the agent to sign in again. */
  resume() {
    this.#sending.resume();
  }

  /** Sends and does what could still be taken back. */
  async flush() {
    // What the agent has written comes before what they do after it.
    await this.#sending.flush();
    await makeNow();
    await Promise.all(this.#changing.values());
  }

  /** Sends what was written in the open conversation, so that it is there when what comes next is done. */
  #flushSelected() {
    const { selected } = this.#store;
    this.#sending.flush((message) => message.conversation === selected);
  }

  /**
   * Puts an answer back into the form that was not sent yet.
   *
   * @param {string|null} clientMessageId null for the last one
   */
  #undo(clientMessageId) {
    const item = this.#sending.undo(clientMessageId, this.#store.selected ?? "");
    if (item) {
      this.#composer.current?.restore(item);
    }
    return item !== null;
  }

  /** Accepts the open conversation, or asks whether to take it over from the agent who has it. */
  accept() {
    const { detail } = this.#store;
    if (detail && (detail.state === "waiting" || detail.state === "bot")) {
      this.#take("accept", detail);
    } else if (detail?.state === "live" && !this.#isMine() && this.#store.isSupervisor) {
      this.#ask("accept.takeOver", () => this.#take("take-over", detail), { agent: plainName(detail.agent.displayName) });
    }
  }

  /**
   * @param {string} action
   * @param {Detail} detail
   */
  #take(action, detail) {
    const place = window.location.hash;
    this.#act(action, "accept.done", {
      then: () => {
        // The stream can be faster than the answer: an agent who is elsewhere by then, or writes already, is left there.
        if (window.location.hash === place) {
          window.location.hash = conversationAddress("mine", detail.id);
          if (!document.activeElement?.matches("input, textarea, select")) {
            this.#composer.current?.focus();
          }
        }
      },
    });
  }

  /**
   * Returns the conversation to the queue, if this agent has it.
   *
   * @param {boolean} [isByKey] whether a single key was pressed, which a slip of a finger presses too: then the agent is asked, unless they can
   *     take it back
   */
  leave(isByKey = false) {
    if (!this.#isMine()) {
      return;
    }
    const proceed = () => this.#act("leave", "leave.done", { soon: this.#texts.say("leave.soon") });
    if (isByKey && !this.#store.settings.undo) {
      this.#ask("leave.key", proceed);
    } else {
      proceed();
    }
  }

  /** Asks the customer whether the matter is solved, if this agent has the conversation. */
  proposeClose() {
    if (this.#isMine()) {
      this.#act("propose-close", "propose.done");
    }
  }

  /** Asks how to end the conversation, if this agent has it. */
  end() {
    if (this.#isMine() && !this.#isChanging()) {
      this.#flushSelected();
      byId("end-dialog", HTMLDialogElement).showModal();
    }
  }

  /** Puts the cursor into the message to the customer. */
  compose() {
    if (this.#isMine()) {
      this.#choose("answer");
    } else if (this.#hasJoined()) {
      byId("internal-text").focus();
    }
  }

  /** Puts the cursor into the internal message. */
  composeInternal() {
    if (this.#isMine() || this.#hasJoined()) {
      this.#choose("internal");
    }
  }

  /** Opens the dialog that passes the conversation on, if this agent may. */
  passOn() {
    if (this.#mayPassOn()) {
      this.#flushSelected();
      this.#isPassingOn = true;
      this.#drawPassOn();
    }
  }

  #join() {
    const action = this.#hasJoined() ? "step-out" : "join";
    this.#act(action, `${action}.done`, { then: () => byId(this.#hasJoined() ? "internal-text" : "scroll").focus() });
  }

  /** @param {"answer"|"internal"} mode */
  #choose(mode) {
    this.#mode = mode;
    this.#drawFoot();
    byId(mode === "answer" ? "text" : "internal-text").focus({ preventScroll: true });
  }

  #prepareButtons() {
    byId("accept").addEventListener("click", () => this.accept());
    byId("leave").addEventListener("click", () => this.leave());
    byId("end").addEventListener("click", () => this.end());
    ["pass-on-open", "pass-on-item"].forEach((id) => byId(id).addEventListener("click", () => this.passOn()));
    byId("join").addEventListener("click", () => this.#join());
    byId("leave-item").addEventListener("click", () => this.leave());
    byId("propose").addEventListener("click", () => this.proposeClose());
    byId("propose-item").addEventListener("click", () => this.proposeClose());
    byId("end-item").addEventListener("click", () => this.end());
    attachMenu(byId("conversation-more", HTMLButtonElement), byId("conversation-menu"));
    const dialog = byId("end-dialog", HTMLDialogElement);
    prepareDialog(dialog);
    byId("end-form").addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
      const caseStatus = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("caseStatus");
      this.#act("end", "end.done", { body: { caseStatus }, soon: this.#texts.say("end.soon") });
    });
  }

  #insertArticle() {
    const { transcript, customer } = /** @type {Detail} */ (this.#store.detail);
    const asked = transcript.findLast((entry) => entry.author === "customer" && entry.text && !entry.deleted);
    this.#findArticle(plainName(asked?.text).slice(0, 200), customer.locale, (article) => this.#composer.current?.addArticle(article));
  }

  /**
   * Applies a macro to the conversation that it was chosen in.
   *
   * @param {SavedReply} reply
   * @param {string} conversation
   */
  #applyMacro(reply, conversation) {
    const soon = tellsCustomer(reply) ? this.#texts.say("macro.soon", { name: plainName(reply.name) }) : "";
    this.#act(`macros/${reply.id}`, "macro.done", { conversation, soon, then: () => this.#store.reload() });
  }

  /**
   * Asks whether a macro is to be applied to the conversation that is open now, whichever is open when the agent answers.
   *
   * @param {SavedReply|null} reply null for no question
   */
  #askMacro(reply) {
    const { selected } = this.#store;
    const apply = (/** @type {SavedReply} */ confirmed) => selected && this.#applyMacro(confirmed, selected);
    const closed = () => {
      this.#askMacro(null);
      this.#composer.current?.focus();
    };
    render(html`<${MacroQuestion} texts=${this.#texts} reply=${reply} apply=${apply} closed=${closed} />`, byId("macro-place"));
  }

  /**
   * Changes the conversation. What tells the customer something waits for a moment in which it can be taken back, if the agent wants that.
   *
   * @param {string} action the end of the address of the change
   * @param {string} done the key of the words that tell that it worked
   * @param {{conversation?: string|null, body?: Object, soon?: string, then?: function(): void}} [options] the conversation if it is not the open one, the body
   *     of the request, what the customer is about to be told (empty for nothing), and what follows
   */
  #act(action, done, { conversation = this.#store.selected, body = {}, soon = "", then = () => {} } = {}) {
    if (conversation === null || this.#changing.has(conversation)) {
      return;
    }
    const address = `conversations/${conversation}/${action}`;
    // What the agent has written comes before what they do after it.
    const isBefore = (/** @type {import("./desk-sending.js").Outgoing} */ message) => message.conversation === conversation;
    const change = async () => {
      const leave = () => changeLast(this.#store.api, address, body, isBefore);
      if (soon && this.#store.settings.undo && !(await waitOrUndo({ texts: this.#texts, words: soon, leave }))) {
        return;
      }
      if (!(await sendFirst(this.#texts, isBefore))) {
        return;
      }
      const answer = await this.#call(() => this.#store.api.post(address, body));
      if (answer) {
        this.#store.takeConversation(answer);
        tellSuccess(this.#texts, this.#texts.say(done));
        then();
      }
    };
    const changing = change().finally(() => {
      this.#changing.delete(conversation);
      this.#drawActions();
    });
    this.#changing.set(conversation, changing);
    this.#drawActions();
  }

  /** Checks whether the open conversation is being changed, or will be in a moment. */
  #isChanging() {
    return this.#changing.has(this.#store.selected ?? "");
  }

  /** One change at a time. */
  #drawActions() {
    const isChanging = this.#isChanging();
    const isProposed = Boolean(this.#store.detail?.closeProposedAt);
    for (const id of ACTIONS) {
      byId(id, HTMLButtonElement).disabled = isChanging || (isProposed && id.startsWith("propose"));
    }
  }

  /**
   * @param {function(): Promise<any>} call
   * @returns {Promise<any>} null if it failed
   */
  async #call(call) {
    try {
      return await call();
    } catch (failure) {
      toast(this.#reason(failure), "danger", this.#texts.say("action.dismiss"));
      this.#store.reload();
      return null;
    }
  }

  /** @param {any} failure */
  #reason(failure) {
    const agent = plainName(failure.body?.agent);
    if (agent) {
      return this.#texts.say("accept.taken", { agent });
    }
    return reasonOf(this.#texts, failure);
  }

  /** @param {string} path */
  #address(path) {
    return `conversations/${this.#store.selected}/${path}`;
  }

  #isMine() {
    const { detail, me } = this.#store;
    return detail?.state === "live" && detail.agent?.username === me.username;
  }

  /** Checks whether this agent has joined the one who has the conversation. */
  #hasJoined() {
    const { detail, me } = this.#store;
    return detail?.state === "live" && detail.colleagues.some((/** @type {import("./desk-types.js").Agent} */ one) => one.username === me.username);
  }

  #mayPassOn() {
    const { detail, me, isSupervisor } = this.#store;
    const isLive = detail?.state === "live" && (this.#isMine() || isSupervisor);
    return me.role !== "viewer" && (isLive || detail?.state === "waiting");
  }

  #drawPassOn() {
    const properties = {
      api: this.#store.api,
      texts: this.#texts,
      drafts: this.#drafts,
      conversation: this.#isPassingOn ? this.#store.detail : null,
      passed: (/** @type {import("./desk-types.js").ConversationItem} */ answer, /** @type {string} */ target) => {
        this.#store.takeConversation(answer);
        tellSuccess(this.#texts, this.#texts.say("passOn.done", { target }));
      },
      close: () => {
        this.#isPassingOn = false;
        this.#drawPassOn();
      },
    };
    render(html`<${PassOn} ...${properties} />`, byId("pass-on-place"));
  }

  /** Shows the forms that this agent may use. Each keeps its own text, so that a change between them sends nothing in place of another. */
  #drawFoot() {
    const { api } = this.#store;
    const detail = /** @type {Detail} */ (this.#store.detail);
    const foot = byId("desk-foot");
    const isMine = this.#isMine();
    const mode = isMine ? this.#mode : "internal";
    const drawn = JSON.stringify([detail.id, isMine, this.#hasJoined(), mode]);
    if (drawn === this.#drawnFoot) {
      // The forms draw themselves; what is said concerns none of them.
      return;
    }
    this.#drawnFoot = drawn;
    const hadFocus = foot.contains(document.activeElement);
    show(foot, isMine || this.#hasJoined());
    show(byId("answer-part"), mode === "answer");
    show(byId("internal-part"), mode === "internal");
    render(isMine && html`<${ModeSwitch} texts=${this.#texts} mode=${mode} choose=${(/** @type {"answer"|"internal"} */ chosen) => this.#choose(chosen)} />`, byId("composer-mode"));
    const answering = {
      api,
      texts: this.#texts,
      drafts: this.#drafts,
      conversation: detail.id,
      isShown: mode === "answer",
      handle: this.#composer,
      /** @type {function(string, import("./files.js").Attachment[], import("./desk-composer.js").ChosenArticle[]): void} */
      send: (text, files, articles) => {
        this.#typing.sent();
        this.#sending.send(/** @type {Detail} */ (this.#store.detail), text, files, articles);
      },
      askMacro: (/** @type {SavedReply} */ reply) => this.#askMacro(reply),
      undo: () => this.#undo(null),
      findArticle: () => this.#insertArticle(),
    };
    render(html`<${AnswerComposer} key=${detail.id} ...${answering} />`, byId("answer-part"));
    const properties = {
      texts: this.#texts,
      drafts: this.#drafts,
      subject: `conversations/${detail.id}`,
      colleagues: async () => (await api.get(`conversations/${detail.id}/colleagues`)).items,
      send: (/** @type {string} */ text) => {
        this.#typing.sent();
        this.#sending.whisper(/** @type {Detail} */ (this.#store.detail), text);
      },
    };
    render(html`<${InternalComposer} key=${detail.id} ...${properties} />`, byId("internal-part"));
    if (hadFocus && !document.activeElement?.checkVisibility()) {
      byId("scroll").focus();
    }
  }

  /** Checks whether more has changed since the last drawing than what was said. */
  #isOther() {
    return this.#drawn !== this.#signature();
  }

  #signature() {
    const { selected, detail, detailFailure } = this.#store;
    return JSON.stringify([selected, detail?.id, detail?.state, detail?.agent?.username, detail?.colleagues?.length, detailFailure !== null]);
  }

  #draw() {
    const { selected, detail, detailFailure } = this.#store;
    this.#drawn = this.#signature();
    show(byId("conversation"), detail !== null);
    show(byId("no-conversation"), selected === null);
    show(byId("conversation-loading"), selected !== null && detail === null && detailFailure === null);
    show(byId("conversation-failure"), detailFailure !== null);
    if (detailFailure) {
      const words = detailFailure.status ? problemWords(this.#texts, detailFailure.body) : this.#texts.say("error.unreachable");
      setText(byId("conversation-failure-text"), words);
    }
    if (!detail) {
      return;
    }
    if (this.#shownId !== detail.id) {
      this.#shownId = detail.id;
      this.#announced = null;
      this.#typists.clear();
      this.#typing.sent();
      this.#messages.clear();
      this.#mode = "answer";
    }
    if (document.visibilityState === "visible") {
      this.#store.mentions.see((one) => one.conversationId === detail.id);
    }
    this.#drawHead(detail);
    this.#drawInfo(detail);
    const models = shownTranscript(detail, this.#sending.of(detail), this.#store.me, this.#texts);
    this.#messages.show(models, detail.previous !== null);
    this.#drawFoot();
    this.#announce(detail);
    this.#lead();
  }

  /** @param {Detail} detail */
  #drawHead(detail) {
    const isMine = this.#isMine();
    setText(byId("customer-name"), plainName(detail.customer.displayName, this.#texts.say("customer.unnamed")));
    const agent = plainName(detail.agent?.displayName);
    const tone = /** @type {Object<string, string>} */ ({ waiting: "warning", live: "success", bot: "accent" })[detail.state] ?? "neutral";
    const words =
      detail.state === "live"
        ? this.#texts.say(isMine ? "list.liveWithMe" : "list.liveWith", { agent })
        : this.#texts.say(`state.${detail.state}`);
    const names = detail.colleagues.map((one) => plainName(one.displayName, one.username)).join(", ");
    const facts = html`
      <span class=${`badge badge--${tone}`} id="conversation-state">${words}</span>
      <span>${this.#texts.name("channel", detail.channel)}</span>
      ${detail.caseNumber && html`<span>${this.#texts.say("case.number", { number: detail.caseNumber })}</span>`}
      ${detail.colleagues.length > 0 && html`<span id="conversation-colleagues">${this.#texts.say("join.with", { names })}</span>`}
    `;
    render(facts, byId("conversation-facts"));
    const mayTake = ["waiting", "bot"].includes(detail.state) || (detail.state === "live" && !isMine && this.#store.isSupervisor);
    show(byId("accept"), mayTake);
    setText(byId("accept-words"), this.#texts.say(detail.state === "waiting" ? "accept.label" : "accept.takeOver"));
    ["leave", "propose", "end", "conversation-more"].forEach((id) => show(byId(id), isMine));
    show(byId("pass-on-open"), this.#mayPassOn());
    byId("pass-on-open").classList.toggle("wide-only", isMine);
    const hasJoined = this.#hasJoined();
    show(byId("join"), detail.state === "live" && !isMine && this.#store.me.role !== "viewer");
    setText(byId("join-words"), this.#texts.say(hasJoined ? "step-out.label" : "join.label"));
    this.#drawActions();
  }

  /** @param {Detail} detail */
  #drawInfo(detail) {
    const agent = plainName(detail.agent?.displayName, this.#texts.say("author.agent"));
    const other = this.#hasJoined() ? "joinedInfo" : "otherInfo";
    const key = detail.state === "live" ? (this.#isMine() ? null : other) : `${detail.state}Info`;
    const info = byId("conversation-info");
    const isBegun = this.#drafts.of(`conversations/${detail.id}`).text !== "";
    const words = key ? this.#texts.say(`conversation.${key}`, { agent }) : "";
    setText(info, isBegun && key ? `${words} ${this.#texts.say("conversation.draftKept")}` : words);
    show(info, key !== null);
    const parked = detail.lanes.find((lane) => lane.state === "parked");
    const warning = byId("conversation-parked");
    show(warning, Boolean(parked));
    if (parked) {
      const words = this.#texts.say("conversation.parked", { reason: parked.lastError ?? "" });
      if (warning.dataset.shown !== words) {
        warning.dataset.shown = words;
        const link = element("a", { class: "link", href: "#/undelivered", text: this.#texts.say("conversation.parkedLink") });
        warning.replaceChildren(icon("alert"), element("p", {}, `${words} `, link));
      }
    }
  }

  /** @param {Detail} detail */
  #announce(detail) {
    const newest = detail.transcript.at(-1);
    if (newest && newest.id !== this.#newest) {
      this.#newest = newest.id;
      this.#typists.wrote(newest.author);
    }
    const last = detail.transcript.findLast((entry) => entry.kind === "message" && entry.author !== "agent");
    if (last && this.#announced !== null && last.id !== this.#announced) {
      const name = plainName(last.name, this.#texts.say(last.author === "customer" ? "customer.unnamed" : `author.${last.author}`));
      byId("announcer").textContent = `${name}: ${plainWords(last.text)}`.slice(0, 1000);
    }
    this.#announced = last?.id ?? "none";
  }
}
