/**
 * Drawing an agent's attention: sound, desktop notification, title and icon of the tab, and words for screen readers.
 * @module desk-attention
 */

import { mentionAddress } from "./desk-mention-list.js";
import { conversationAddress } from "./desk-routes.js";
import { byId, element, show } from "./dom.js";
import { releaseLater } from "./files.js";
import { InTurn } from "./in-turn.js";
import { alone, keep, kept, whenKept } from "./keep.js";
import { plainWords } from "./message-text.js";
import { tellFailure } from "./question.js";
import { plainName } from "./safe-text.js";

/** What another window has announced already, so that one window of several makes a sound and one shows a notification. */
const ANNOUNCED = "relay.desk.announced";
/** Changes when another window has changed the settings. */
const CHANGED = "relay.desk.settingsChanged";
/** A window that nobody looks at leaves the first word to the one that the agent looks at. */
const BACKGROUND_MILLISECONDS = 300;
/** As many lines as a screen reader may still have to read. */
const MOST_LINES = 3;
const MOST_ANNOUNCED = 100;
const TONES = [880, 1175];
const TONE_SECONDS = 0.12;
const ICON_SIZE = 32;
const SETTINGS = ["sound", "desktopNotifications", "badge", "undo", "showsTyping"];

/**
 * @typedef {import("./desk-store.js").Kept} Kept
 * @typedef {import("./desk-types.js").ConversationItem} Item
 * @typedef {{id: string, by: string, text: string, conversationId: string|null, caseNumber: string|null}} Mention
 */

/** Notices who begins to wait and who writes to this agent. */
export class Attention {
  #store;
  #texts;
  /** @type {AudioContext|null} */
  #audio = null;
  #icon = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=icon]"));
  #plainIcon = this.#icon.href;
  #badge = "";
  /** Each answer has all settings: an older one must not come last. */
  #calls = new InTurn();
  /** The settings that the server has, as far as this window knows. */
  #stored;
  /** What the agent has chosen and the server has not stored yet. @type {Object<string, boolean>[]} */
  #chosen = [];

  /**
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   */
  constructor(store, texts) {
    this.#store = store;
    this.#texts = texts;
    this.#stored = store.settings;
    store.addEventListener("arrival", (event) => this.#arrived(/** @type {CustomEvent} */ (event).detail));
    store.addEventListener("mentioned", (event) => this.#mentioned(/** @type {CustomEvent} */ (event).detail));
    store.mentions.addEventListener("mentions", () => this.#drawNumber());
    store.addEventListener("list", () => this.#drawNumber());
    ["seen", "marked"].forEach((name) => store.seen.addEventListener(name, () => this.#drawNumber()));
    // A page may make sounds only after its user has done something on it.
    for (const type of ["pointerdown", "keydown"]) {
      window.addEventListener(type, () => this.#prepareSound(), { once: true });
    }
    for (const name of SETTINGS) {
      const box = byId(`setting-${name}`, HTMLInputElement);
      box.addEventListener("change", () => this.#choose(name, box.checked));
    }
    whenKept(CHANGED, () => this.#read());
    byId("allow-notifications").addEventListener("click", () => this.#allow());
    this.#read();
  }

  async #read() {
    try {
      this.#stored = await this.#calls.run(() => this.#store.api.get("agents/me/settings"));
    } catch {
      // The defaults do until the page is loaded again.
    }
    this.#apply();
    this.#drawSettings();
    this.#drawNumber();
  }

  /** Lets what the agent has chosen count at once, also before the server has answered. */
  #apply() {
    this.#store.settings = Object.assign({}, this.#stored, ...this.#chosen);
  }

  /**
   * @param {string} name
   * @param {boolean} value
   */
  async #choose(name, value) {
    const choice = { [name]: value };
    this.#chosen.push(choice);
    this.#apply();
    try {
      this.#stored = await this.#calls.run(() => this.#store.api.put("agents/me/settings", choice));
      keep(CHANGED, String(Date.now()));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
    this.#chosen = this.#chosen.filter((other) => other !== choice);
    this.#apply();
    this.#drawSettings();
    this.#drawNumber();
  }

  /** Asks the browser; only this button does, because a page that asks by itself is refused for good. */
  async #allow() {
    await Notification.requestPermission();
    if (Notification.permission === "granted") {
      await this.#choose("desktopNotifications", true);
    }
    this.#drawSettings();
  }

  #drawSettings() {
    const settings = /** @type {Object<string, boolean>} */ (this.#store.settings);
    SETTINGS.forEach((name) => (byId(`setting-${name}`, HTMLInputElement).checked = settings[name]));
    const permission = "Notification" in window ? Notification.permission : "denied";
    byId("setting-desktopNotifications", HTMLInputElement).disabled = permission !== "granted";
    show(byId("allow-notifications"), permission === "default");
    show(byId("notifications-refused"), permission === "denied");
  }

  /**
   * A conversation changed: draws attention if it is offered to this agent, if somebody begins to wait, or writes to this agent who looks elsewhere.
   *
   * @param {{before: Kept|undefined, now: Item}} arrival
   */
  #arrived({ before, now }) {
    const name = plainName(now.customer?.displayName, this.#texts.say("customer.unnamed"));
    const { offer } = now;
    if (offer?.agent === this.#store.me.username && before?.offer?.until !== offer.until) {
      const count = Math.max(0, Math.ceil((Date.parse(offer.until) - this.#store.api.now()) / 1_000));
      this.#announce(`offer:${now.id}:${offer.until}`, this.#texts.say("attention.offer", { name, count }), now.lastText, now);
      return;
    }
    if (now.state === "waiting" && before?.state !== "waiting") {
      this.#announce(`waiting:${now.id}:${now.since}`, this.#texts.say("attention.waiting", { name }), "", now);
      return;
    }
    if (now.last && now.last.id !== before?.last?.id && !this.#isOnScreen(now.id) && now.state === "live" && this.#store.seen.isUnread(now)) {
      this.#announce(`message:${now.last.id}`, this.#texts.say("attention.message", { name }), now.lastText, now);
    }
  }

  /**
   * A colleague mentions this agent, who looks elsewhere.
   *
   * @param {Mention} mention
   */
  #mentioned(mention) {
    if (!this.#isOnScreen(mention.conversationId)) {
      const words = this.#texts.say("mention.by", { name: plainName(mention.by) });
      this.#announce(`mention:${mention.id}`, words, mention.text, { id: `mention-${mention.id}`, address: mentionAddress(mention) });
    }
  }

  /**
   * Checks whether the agent looks at the conversation.
   *
   * @param {string|null} conversation null is none
   */
  #isOnScreen(conversation) {
    return conversation !== null && this.#store.selected === conversation && document.visibilityState === "visible";
  }

  /**
   * @param {string} key under which windows of this browser announce it once
   * @param {string} words
   * @param {string} text what was written
   * @param {{id: string, address?: string}} place
   */
  #announce(key, words, text, { id, address = conversationAddress(this.#store.tab, id) }) {
    this.#say(words);
    const isSeen = document.visibilityState === "visible" && document.hasFocus();
    const draw = () => {
      // A window that may make no sound yet leaves it to another one.
      if (this.#store.settings.sound && this.#audio !== null) {
        this.#once(`${key}:sound`, () => this.#sound());
      }
      // The window that the agent looks at claims the notification without showing it.
      if (isSeen || this.#mayNotify) {
        this.#once(key, () => !isSeen && this.#notify(words, text, id, address));
      }
    };
    if (isSeen) {
      draw();
    } else {
      setTimeout(draw, BACKGROUND_MILLISECONDS);
    }
  }

  /**
   * Has the words read out. Each is a line of its own, so that neither a second one nor the same one again is left out.
   *
   * @param {string} words
   */
  #say(words) {
    const announcer = byId("announcer");
    announcer.append(element("p", { text: words }));
    while (announcer.childElementCount > MOST_LINES) {
      announcer.firstElementChild?.remove();
    }
  }

  /**
   * Runs the action unless a window of this browser has done so under the same key.
   *
   * @param {string} key
   * @param {function(): void} action
   */
  #once(key, action) {
    alone(ANNOUNCED, async () => {
      const announced = (kept(ANNOUNCED) ?? "").split(" ").filter(Boolean);
      if (!announced.includes(key)) {
        keep(ANNOUNCED, [...announced, key].slice(-MOST_ANNOUNCED).join(" "));
        action();
      }
    });
  }

  #prepareSound() {
    this.#audio ??= new AudioContext();
  }

  async #sound() {
    const audio = /** @type {AudioContext} */ (this.#audio);
    // Browsers suspend the sound of a page that was silent in the background for a while.
    await audio.resume();
    TONES.forEach((frequency, place) => {
      const at = audio.currentTime + place * TONE_SECONDS;
      const tone = new OscillatorNode(audio, { frequency });
      const volume = new GainNode(audio, { gain: 0.1 });
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + TONE_SECONDS);
    });
  }

  get #mayNotify() {
    return this.#store.settings.desktopNotifications && "Notification" in window && Notification.permission === "granted";
  }

  /**
   * @param {string} words
   * @param {string} text
   * @param {string} id
   * @param {string} address where it leads
   */
  #notify(words, text, id, address) {
    /** @type {Notification} */
    let notification;
    try {
      notification = new Notification(words, { body: plainWords(text).slice(0, 200), tag: `relay-${id}`, icon: this.#plainIcon });
    } catch {
      // Browsers of phones have the class, but let only service workers show notifications.
      return;
    }
    notification.addEventListener("click", () => {
      window.focus();
      window.location.hash = address;
      notification.close();
    });
  }

  #drawNumber() {
    const { waiting } = this.#store.summary;
    const unread = this.#store.list("mine").filter((/** @type {Kept} */ item) => this.#store.seen.isUnread(item)).length;
    const number = waiting + unread + this.#store.mentions.unseen.length;
    const title = this.#texts.say("desk.title");
    const words = number > 0 && this.#store.settings.badge ? `(${number}) ${title}` : title;
    if (document.title !== words) {
      document.title = words;
    }
    this.#drawIcon(number > 0 && this.#store.settings.badge ? (number > 99 ? "99+" : String(number)) : "");
  }

  /** @param {string} badge */
  #drawIcon(badge) {
    if (badge === this.#badge) {
      return;
    }
    this.#badge = badge;
    const previous = this.#icon.href;
    if (badge === "") {
      this.#icon.href = this.#plainIcon;
      release(previous);
      return;
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: ICON_SIZE, height: ICON_SIZE });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#c81e3a";
    pen.beginPath();
    pen.arc(ICON_SIZE / 2, ICON_SIZE / 2, ICON_SIZE / 2, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = "#ffffff";
    pen.font = `bold ${badge.length > 2 ? 14 : 20}px sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(badge, ICON_SIZE / 2, ICON_SIZE / 2 + 1);
    canvas.toBlob((picture) => {
      if (picture && this.#badge === badge) {
        this.#icon.href = URL.createObjectURL(picture);
        release(previous);
      }
    });
  }
}

/** @param {string} address the picture that was shown before */
function release(address) {
  if (address.startsWith("blob:")) {
    releaseLater(address);
  }
}
