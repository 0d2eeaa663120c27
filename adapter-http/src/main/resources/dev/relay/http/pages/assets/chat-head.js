/**
 * The head of the web chat: who serves the customer, what they wait for, their cases, the menu.
 * @module chat-head
 */

import { pictureAddress } from "./api.js";
import { logo } from "./chat-look.js";
import { button, byId, element, icon, picture, setText, show } from "./dom.js";
import { attachMenu, prepareDialog } from "./menu.js";
import { initials, plainName } from "./safe-text.js";

/**
 * What the server reports of the customer's conversation.
 *
 * @typedef {Object} ChatStatus
 * @property {"none"|"bot"|"waiting"|"live"|"closed"} state
 * @property {string|null} [agent] the name of the live agent
 * @property {string|null} [agentPicture] the id of the agent's picture
 * @property {number|null} [queuePosition]
 * @property {string|null} [caseNumber]
 * @property {{number: string, subject: string, status: string}[]} cases
 */

/** Shows the status that the server reports. */
export class ChatHead {
  #texts;
  #actions;
  #picture = "";
  /** Whether live agents work now, as last reported; null as long as that is unknown. @type {{open: boolean, opensAt: string|null}|null} */
  #availability = null;

  /**
   * @param {import("./i18n.js").Texts} texts
   * @param {{talkToPerson: function(): void, end: function(): void}} actions what the customer can do
   */
  constructor(texts, actions) {
    this.#texts = texts;
    this.#actions = actions;
    attachMenu(byId("menu-button", HTMLButtonElement), byId("menu"));
    const cases = byId("cases", HTMLDialogElement);
    prepareDialog(cases);
    byId("show-cases").addEventListener("click", () => cases.showModal());
    byId("end").addEventListener("click", () => actions.end());
  }

  /**
   * Takes whether live agents work now.
   *
   * @param {{open: boolean, opensAt: string|null}} availability
   */
  set availability(availability) {
    this.#availability = availability;
  }

  /**
   * Shows how things are.
   *
   * @param {ChatStatus} status as last reported by the server
   * @param {boolean} isAsking whether the request for a person is being sent
   * @param {boolean} isOffered whether the last message itself offers a person
   */
  show(status, isAsking, isOffered) {
    const asking = isAsking && ["none", "bot", "closed"].includes(status.state);
    setText(byId("status"), asking ? this.#texts.say("status.asking") : this.#headline(status));
    this.#showPicture(status);
    this.#showBanner(status);
    this.#showOffers(status, asking || isOffered);
    this.#showCases(status.cases);
    byId("end", HTMLButtonElement).disabled = !["bot", "waiting", "live"].includes(status.state);
  }

  /** @param {ChatStatus} status */
  #headline(status) {
    const { state, agent } = status;
    if (state === "none" && this.#availability?.open === false) {
      const time = this.#opening();
      return time ? this.#texts.say("status.awayUntil", { time }) : this.#texts.say("status.away");
    }
    return this.#texts.say(`status.${state === "live" && !plainName(agent) ? "liveUnnamed" : state}`, agentOf(status));
  }

  /** When live agents begin to work, in words; null if they work now or nobody knows. */
  #opening() {
    const { open, opensAt } = this.#availability ?? { open: true, opensAt: null };
    return open || !opensAt ? null : this.#texts.opening(opensAt);
  }

  /** @param {ChatStatus} status */
  #showPicture({ state, agent, agentPicture }) {
    const isLive = state === "live";
    const symbol = isLive ? initials(agent ?? "") : state === "bot" ? "icon:spark" : "icon:relay";
    const address = isLive ? agentPicture && pictureAddress(agentPicture) : logo;
    const wanted = address ?? symbol;
    if (wanted !== this.#picture) {
      this.#picture = wanted;
      const drawn = symbol.startsWith("icon:") ? icon(symbol.slice(5)) : symbol;
      byId("picture").replaceChildren(address ? picture(address, drawn) : drawn);
      byId("picture").classList.toggle("brand--logo", !isLive && Boolean(address));
    }
  }

  /** @param {ChatStatus} status */
  #showBanner({ state, queuePosition, caseNumber }) {
    const banner = byId("banner");
    const opening = this.#opening();
    const shown = JSON.stringify([state, queuePosition, caseNumber, opening]);
    if (banner.dataset.shown === shown) {
      return;
    }
    banner.dataset.shown = shown;
    banner.className = `banner banner--${state}`;
    banner.replaceChildren();
    if (state === "waiting") {
      const position =
        queuePosition === 1
          ? this.#texts.say("status.next")
          : queuePosition && this.#texts.say("status.position", { position: queuePosition });
      const facts = [position, caseNumber && this.#texts.say("case.number", { number: caseNumber })].filter(Boolean);
      banner.append(
        icon("clock"),
        element(
          "div",
          {},
          element("p", { class: "banner__facts", role: "status" }, ...facts.map((fact) => element("strong", { text: fact }))),
          opening && element("p", { class: "small", text: this.#texts.say("status.awayWaiting", { time: opening }) }),
          element("p", { class: "muted small", text: this.#texts.say("status.waitingText") }),
        ),
      );
    } else if (state === "live" && caseNumber) {
      banner.append(icon("case"), element("p", { text: this.#texts.say("case.number", { number: caseNumber }) }));
    } else if (state === "closed") {
      banner.append(icon("end"), element("p", { text: this.#texts.say("status.closedText") }));
    }
    show(banner, banner.childElementCount > 0);
  }

  /**
   * @param {ChatStatus} status
   * @param {boolean} isElsewhere whether a person is asked for or offered elsewhere
   */
  #showOffers({ state }, isElsewhere) {
    const offers = byId("offers");
    const wanted = ["none", "bot", "closed"].includes(state) && !isElsewhere;
    if (wanted && offers.childElementCount === 0) {
      const offer = button({
        label: this.#texts.say("button.talk_to_person"),
        icon: "person",
        press: () => this.#actions.talkToPerson(),
        attributes: { id: "talk-to-person" },
      });
      offer.classList.add("button--small");
      offers.append(offer);
    } else if (!wanted) {
      const hadFocus = offers.contains(document.activeElement);
      offers.replaceChildren();
      if (hadFocus) {
        byId("text").focus();
      }
    }
  }

  /** @param {ChatStatus["cases"]} cases */
  #showCases(cases) {
    const rows = cases.map((item) =>
      element(
        "li",
        { class: "case-row" },
        element("p", { class: "case-row__number", text: this.#texts.say("case.number", { number: item.number }) }),
        element("p", { class: "case-row__subject", dir: "auto", text: plainName(item.subject) }),
        element("span", { class: `badge badge--${tone(item.status)}`, text: this.#texts.name("case.status", item.status) }),
      ),
    );
    byId("case-list").replaceChildren(
      ...(rows.length > 0 ? rows : [element("li", { class: "empty" }, icon("case"), element("p", { text: this.#texts.say("cases.empty") }))]),
    );
  }
}

/** @param {ChatStatus} status */
function agentOf({ agent }) {
  return { agent: plainName(agent) };
}

/** @param {string} status */
function tone(status) {
  return /** @type {Object<string, string>} */ ({ NEW: "accent", OPEN: "accent", PENDING: "warning", SOLVED: "success" })[status] ?? "neutral";
}
