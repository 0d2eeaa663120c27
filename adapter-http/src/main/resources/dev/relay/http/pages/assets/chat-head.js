/**
 * The head of the web chat: who serves the customer, what they wait for, their cases, the menu.
 * @module chat-head
 */

import { button, byId, element, icon, setText, show } from "./dom.js";
import { attachMenu, prepareDialog } from "./menu.js";
import { initials, plainName } from "./safe-text.js";

/** Shows the status that the server reports. */
export class ChatHead {
  #texts;
  #actions;
  #picture = "";

  /**
   * @param {import("./i18n.js").Texts} texts
   * @param {Object} actions what the customer can do: talkToPerson(), end()
   */
  constructor(texts, actions) {
    this.#texts = texts;
    this.#actions = actions;
    attachMenu(byId("menu-button"), byId("menu"));
    const cases = byId("cases");
    prepareDialog(cases);
    byId("show-cases").addEventListener("click", () => cases.showModal());
    byId("end").addEventListener("click", () => actions.end());
  }

  /**
   * Shows how things are.
   *
   * @param {Object} status as last reported by the server
   * @param {boolean} isAsking whether the request for a person is being sent
   * @param {boolean} isOffered whether the last message itself offers a person
   */
  show(status, isAsking, isOffered) {
    const asking = isAsking && ["none", "bot", "closed"].includes(status.state);
    setText(byId("status"), this.#texts.say(asking ? "status.asking" : `status.${this.#headline(status)}`, agentOf(status)));
    this.#showPicture(status);
    this.#showBanner(status);
    this.#showOffers(status, asking || isOffered);
    this.#showCases(status.cases);
    byId("end").disabled = !["bot", "waiting", "live"].includes(status.state);
  }

  #headline({ state, agent }) {
    return state === "live" && !plainName(agent) ? "liveUnnamed" : state;
  }

  #showPicture({ state, agent }) {
    const wanted = state === "live" ? initials(agent ?? "") : state === "bot" ? "icon:spark" : "icon:relay";
    if (wanted !== this.#picture) {
      this.#picture = wanted;
      byId("picture").replaceChildren(wanted.startsWith("icon:") ? icon(wanted.slice(5)) : wanted);
    }
  }

  #showBanner({ state, queuePosition, caseNumber }) {
    const banner = byId("banner");
    const shown = JSON.stringify([state, queuePosition, caseNumber]);
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

function agentOf({ agent }) {
  return { agent: plainName(agent) };
}

function tone(status) {
  return { NEW: "accent", OPEN: "accent", PENDING: "warning", SOLVED: "success" }[status] ?? "neutral";
}
