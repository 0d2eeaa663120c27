/**
 * The open conversation: who it is with, what was said, what the agent can do.
 * @module desk-conversation
 */

import { DeskComposer } from "./desk-composer.js";
import { InternalComposer, ModeSwitch } from "./desk-internal.js";
import { PassOn } from "./desk-pass-on.js";
import { conversationAddress } from "./desk-routes.js";
import { DeskSending } from "./desk-sending.js";
import { shownTranscript } from "./desk-transcript.js";
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

/** Shows one conversation and carries out what the agent presses. */
export class DeskConversation {
  #store;
  #texts;
  #ask;
  #findArticle;
  #messages;
  #composer;
  #sending;
  #drafts;
  #mode = "answer";
  #isPassingOn = false;
  #shownId = null;
  /** The message to lead to, once its conversation is shown. */
  #wanted = null;
  #isReading = false;
  #announced = null;
  #newest = null;
  #typists = new Typists();
  #typing;
  /** What was drawn last, but for what was said. */
  #drawn = "";

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {function(string, function(): void, Object=): void} ask asks before something that cannot be taken back
   * @param {function(string, string, function(Object): void): void} findArticle asks for an article, see desk-articles.js
   * @param {import("./desk-drafts.js").Drafts} drafts
   */
  constructor(store, texts, ask, findArticle, drafts) {
    this.#store = store;
    this.#texts = texts;
    this.#drafts = drafts;
    this.#ask = ask;
    this.#findArticle = findArticle;
    this.#sending = new DeskSending(store.api, store.me.username, () => store.settings.undo, () => store.touch());
    this.#composer = new DeskComposer(
      store.api,
      drafts,
      texts,
      (text, files, chosen) => {
        this.#typing.sent();
        this.#sending.send(store.detail, text, files, chosen);
      },
      (macro) => this.#act(`macros/${macro.id}`, "macro.done", () => store.reload()),
      () => this.#undo(null),
    );
    const parts = { list: byId("messages"), scroll: byId("scroll"), jump: byId("jump") };
    this.#messages = new MessageList(parts, texts, { api: store.api, path: "attachments" }, {
      press: () => {},
      earlier: async () => {
        await store.loadEarlier();
        this.#draw();
      },
      undo: (model) => this.#undo(model.clientMessageId),
      retry: (model) => this.#sending.retry(model.clientMessageId),
      discard: (model) => this.#sending.discard(model.clientMessageId),
      edit: (model, text) => this.#call(() => store.api.patch(this.#address(`messages/${model.id}`), { text })),
      remove: (model) =>
        ask("message.delete", () => this.#call(() => store.api.delete(this.#address(`messages/${model.id}`)))),
    });
    this.#typing = new TypingReport((part) => store.api.post(this.#address("typing"), { part }));
    byId("desk-foot").addEventListener("input", (event) => this.#typed(event.target));
    render(html`<${TypingLine} typists=${this.#typists} words=${(sign) => this.#typingWords(sign)} />`, byId("typing"));
    store.addEventListener("typing", (event) => this.#takeTyping(event.detail));
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

  /** Tells the customer and colleagues that this agent is typing. Forms fill their fields by events that do not bubble. */
  #typed(field) {
    const part = { text: "answer", "internal-text": "internal" }[field.id];
    if (part && field.value !== "") {
      this.#typing.typed(part);
    }
  }

  #takeTyping(sign) {
    const { detail, selected } = this.#store;
    if (detail && sign.conversationId === selected && this.#typists.take(sign)) {
      byId("announcer").textContent = this.#typingWords(sign);
    }
  }

  #typingWords({ author, internal, name, username }) {
    if (author === "customer") {
      const customer = plainName(this.#store.detail?.customer.displayName, this.#texts.say("customer.unnamed"));
      return this.#texts.say("typing.customer", { name: customer });
    }
    return this.#texts.say(internal ? "typing.internal" : "typing.agent", { name: plainName(name, username) });
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

  /** Sends what could still be taken back. */
  async flush() {
    await this.#sending.flush();
  }

  /** Puts an answer back into the form that was not sent yet. */
  #undo(clientMessageId) {
    const item = this.#sending.undo(clientMessageId, this.#store.selected);
    if (item) {
      this.#composer.restore(item);
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

  #take(action, detail) {
    const place = window.location.hash;
    this.#act(action, "accept.done", () => {
      // The stream can be faster than the answer: an agent who is elsewhere by then, or writes already, is left there.
      if (window.location.hash === place) {
        window.location.hash = conversationAddress("mine", detail.id);
        if (!document.activeElement?.matches("input, textarea, select")) {
          this.#composer.focus();
        }
      }
    });
  }

  /** Returns the conversation to the queue, if this agent has it. */
  leave() {
    if (this.#isMine()) {
      this.#act("leave", "leave.done");
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
    if (this.#isMine()) {
      this.#sending.flush(this.#store.selected);
      byId("end-dialog").showModal();
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
      this.#sending.flush(this.#store.selected);
      this.#isPassingOn = true;
      this.#drawPassOn();
    }
  }

  #join() {
    const action = this.#hasJoined() ? "step-out" : "join";
    this.#act(action, `${action}.done`, () => byId(this.#hasJoined() ? "internal-text" : "scroll").focus());
  }

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
    attachMenu(byId("conversation-more"), byId("conversation-menu"));
    byId("insert-article").addEventListener("click", () => this.#insertArticle());
    const dialog = byId("end-dialog");
    prepareDialog(dialog);
    byId("end-form").addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
      const caseStatus = new FormData(event.target).get("caseStatus");
      this.#act("end", "end.done", () => {}, { caseStatus });
    });
  }

  #insertArticle() {
    const { detail } = this.#store;
    const asked = detail.transcript.findLast((entry) => entry.author === "customer" && entry.text && !entry.deleted);
    this.#findArticle(plainName(asked?.text).slice(0, 200), detail.customer.locale, (article) =>
      this.#composer.addArticle(article),
    );
  }

  async #act(action, done, then = () => {}, body = {}) {
    const buttons = ["accept", "join", "leave", "propose", "end", "leave-item", "propose-item", "end-item"].map((id) => byId(id));
    buttons.forEach((one) => (one.disabled = true));
    const address = this.#address(action);
    // What the agent has written comes before what they do after it.
    await this.#sending.flush(this.#store.selected);
    const answer = await this.#call(() => this.#store.api.post(address, body));
    buttons.forEach((one) => (one.disabled = false));
    if (answer) {
      this.#store.takeConversation(answer);
      tellSuccess(this.#texts, this.#texts.say(done));
      then();
    }
  }

  async #call(call) {
    try {
      return await call();
    } catch (failure) {
      toast(this.#reason(failure), "danger", this.#texts.say("action.dismiss"));
      this.#store.reload();
      return null;
    }
  }

  #reason(failure) {
    const agent = plainName(failure.body?.agent);
    if (agent) {
      return this.#texts.say("accept.taken", { agent });
    }
    return reasonOf(this.#texts, failure);
  }

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
    return detail?.state === "live" && detail.colleagues.some((one) => one.username === me.username);
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
      conversation: this.#isPassingOn ? this.#store.detail : null,
      passed: (answer, target) => {
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
    const { detail, api } = this.#store;
    const foot = byId("desk-foot");
    const isMine = this.#isMine();
    const hadFocus = foot.contains(document.activeElement);
    const mode = isMine ? this.#mode : "internal";
    show(foot, isMine || this.#hasJoined());
    show(byId("answer-part"), mode === "answer");
    show(byId("internal-part"), mode === "internal");
    render(isMine && html`<${ModeSwitch} texts=${this.#texts} mode=${mode} choose=${(chosen) => this.#choose(chosen)} />`, byId("composer-mode"));
    const properties = {
      texts: this.#texts,
      drafts: this.#drafts,
      subject: `conversations/${detail.id}`,
      colleagues: async () => (await api.get(`conversations/${detail.id}/colleagues`)).items,
      send: (text) => {
        this.#typing.sent();
        this.#sending.whisper(this.#store.detail, text);
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
      this.#composer.switchTo(detail.id);
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

  #drawHead(detail) {
    const isMine = this.#isMine();
    setText(byId("customer-name"), plainName(detail.customer.displayName, this.#texts.say("customer.unnamed")));
    const agent = plainName(detail.agent?.displayName);
    const tone = { waiting: "warning", live: "success", bot: "accent" }[detail.state] ?? "neutral";
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
    ["propose", "propose-item"].forEach((id) => (byId(id).disabled = Boolean(detail.closeProposedAt)));
  }

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

  #announce(detail) {
    const newest = detail.transcript.at(-1);
    if (newest && newest.id !== this.#newest) {
      this.#newest = newest.id;
      this.#typists.wrote(newest.author);
    }
    const last = detail.transcript.findLast((entry) => entry.kind === "message" && entry.author !== "agent");
    if (last && this.#announced !== null && last.id !== this.#announced) {
      const name = plainName(last.name, this.#texts.say(`author.${last.author}`));
      byId("announcer").textContent = `${name}: ${plainWords(last.text)}`.slice(0, 1000);
    }
    this.#announced = last?.id ?? "none";
  }
}
