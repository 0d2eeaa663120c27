/**
 * Whether this agent is there, and the way to the team. What is offered to the agent and the team are loaded when they are first shown, see
 * desk-later.js.
 * @module desk-presence
 */

import { Later } from "./desk-later.js";
import { byId } from "./dom.js";
import { InTurn } from "./in-turn.js";
import { render } from "./preact.js";
import { useEffect, useRef, useState } from "./preact-hooks.js";
import { tellFailure } from "./question.js";
import { Select, html, useEvents } from "./ui.js";

const STATUSES = ["online", "away", "offline"];
/** The server notices within seconds that a desk was opened, in milliseconds. */
const NOTICED_AFTER = 5_000;
/** Others may change it: another window, or the server if offers pass unanswered. In milliseconds. */
const PERIOD = 15_000;

/**
 * Draws presence, offers and the team.
 *
 * @param {import("./desk-types.js").Store} store
 * @param {import("./i18n.js").Texts} texts
 * @returns {function(): void} shows the team
 */
export function showPresence(store, texts) {
  const later = new Later("relay-team", texts, (/** @type {typeof import("./desk-part-team.js")} */ { Offers, Team }) => {
    render(html`<${Offers} store=${store} texts=${texts} />`, byId("offers"));
    return Team;
  });
  const showTeam = () => {
    const place = byId("team-place");
    later.use((Team) => render(html`<${Team} store=${store} texts=${texts} close=${() => render(null, place)} />`, place));
  };
  if (store.me.role === "viewer") {
    return showTeam;
  }
  store.addEventListener("list", () => {
    if (!later.isWanted && offersTo(store).length > 0) {
      later.use(() => {});
    }
  });
  render(html`<${Presence} store=${store} texts=${texts} showTeam=${showTeam} />`, byId("presence-place"));
  return showTeam;
}

/**
 * The conversations that are offered to this agent; the offer that ends first comes first.
 *
 * @param {import("./desk-types.js").Store} store
 * @returns {import("./desk-types.js").Offered[]}
 */
export function offersTo(store) {
  const offered = /** @type {import("./desk-types.js").Offered[]} */ (store.list("waiting").filter((one) => one.offer?.agent === store.me.username));
  return offered.sort((one, other) => Date.parse(one.offer.until) - Date.parse(other.offer.until));
}

/**
 * The choice of a presence, and a button for the team.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").Store} properties.store
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {function(): void} properties.showTeam
 */
function Presence({ store, texts, showTeam }) {
  const [status, setStatus] = useState("");
  const [isAwayByMisses, setAwayByMisses] = useState(false);
  const choices = useRef(0);
  const saves = useRef(new InTurn());
  useEvents(store, "list");
  const offers = offersTo(store).length;
  /** Until then a status of before may be shown: the server has not noticed yet that the desk is open. */
  const mayBeOffline = useRef(false);
  const read = async () => {
    const before = choices.current;
    try {
      const known = await store.api.get("agents/me/presence");
      if (before === choices.current && (known.status !== "offline" || mayBeOffline.current)) {
        setStatus(known.status);
        setAwayByMisses(known.missedOffers);
      }
    } catch {
      // The next time does; whoever must sign in is asked elsewhere.
    }
  };
  useEffect(() => {
    const noticed = setTimeout(() => {
      mayBeOffline.current = true;
      read();
    }, NOTICED_AFTER);
    const timer = setInterval(read, PERIOD);
    return () => {
      clearTimeout(noticed);
      clearInterval(timer);
    };
  }, []);
  useEffect(() => {
    // Whoever lets offers pass becomes away.
    read();
  }, [offers]);
  const choose = async (/** @type {string} */ chosen) => {
    choices.current += 1;
    mayBeOffline.current = true;
    setStatus(chosen);
    setAwayByMisses(false);
    try {
      await saves.current.run(() => store.api.put("agents/me/presence", { status: chosen }));
    } catch (failure) {
      setStatus(status);
      tellFailure(texts, failure);
    }
  };
  useEffect(() => {
    const notice = html`<${AwayNotice} texts=${texts} choose=${choose} />`;
    render(isAwayByMisses ? notice : null, byId("away-place"));
  }, [isAwayByMisses]);
  return (
    (status || store.isSupervisor) &&
    html`<div class="presence">
      ${status &&
      html`<${Select}
        id="presence"
        label=${texts.say("presence.label")}
        options=${STATUSES.map((one) => [one, texts.say(`presence.${one}`)])}
        value=${status}
        choose=${choose}
      />`}
      ${store.isSupervisor && html`<button type="button" class="button button--secondary" id="show-team" onClick=${showTeam}>${texts.say("team.title")}</button>`}
    </div>`
  );
}

/**
 * Says that Relay has made this agent away, and what to press. It waits for the agent, who was not at the desk, and leaves the focus alone.
 *
 * @param {Object} properties
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {function(string): void} properties.choose
 */
function AwayNotice({ texts, choose }) {
  const [words, setWords] = useState("");
  // A live region is read out when its text comes, not when the region does.
  useEffect(() => setWords(texts.say("presence.missedText")), []);
  return html`<section class="offer" id="away-notice" aria-labelledby="away-title">
    <h2 id="away-title">${texts.say("presence.missed")}</h2>
    <p role="status">${words}</p>
    <div class="form__actions">
      <button type="button" class="button button--secondary" id="stay-away" onClick=${() => choose("away")}>${texts.say("presence.stayAway")}</button>
      <button type="button" class="button button--primary" id="come-back" onClick=${() => choose("online")}>${texts.say("presence.comeBack")}</button>
    </div>
  </section>`;
}
