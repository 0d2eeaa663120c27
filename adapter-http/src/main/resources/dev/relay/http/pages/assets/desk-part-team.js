/**
 * What is offered to this agent, and the team: loaded when one of them is first shown; see desk-later.js.
 * @module desk-part-team
 */

import { offersTo } from "./desk-presence.js";
import { conversationAddress } from "./desk-routes.js";
import { TEAM_TEXTS } from "./desk-team-texts.js";
import { Texts } from "./i18n.js";
import { plainWords } from "./message-text.js";
import { closingBeside } from "./menu.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { tellFailure } from "./question.js";
import { plainName } from "./safe-text.js";
import { Badge, Icon, html, useEvents } from "./ui.js";

const SECOND = 1_000;
/** How many seconds before its end an offer says once more how much time is left. */
const LAST_CALL = 10;
const TEAM_PERIOD = 5_000;
/** @type {Object<string, string>} */
const TONES = { online: "success", away: "warning", offline: "neutral" };

/**
 * The conversation that is offered to this agent, whatever the page shows; the next one after it.
 *
 * @param {{store: import("./desk-types.js").Store, texts: Texts}} properties
 */
export function Offers({ store, texts }) {
  useEvents(store, "list");
  const [first] = offersTo(store);
  return first && html`<${Offer} key=${`${first.id} ${first.offer.until}`} store=${store} texts=${texts} offered=${first} />`;
}

/**
 * A dialog that leaves the focus with whoever is writing. The desk's attention announces it; here its end is announced.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").Store} properties.store
 * @param {Texts} properties.texts
 * @param {import("./desk-types.js").Offered} properties.offered
 */
function Offer({ store, texts, offered }) {
  const own = new Texts(TEAM_TEXTS, texts.language);
  const left = () => Math.max(0, Math.ceil((Date.parse(offered.offer.until) - store.api.now()) / SECOND));
  const [seconds, setSeconds] = useState(left());
  const [isBusy, setBusy] = useState(false);
  const first = useRef(seconds);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), SECOND);
    return () => clearInterval(timer);
  }, []);
  const answer = async (/** @type {"accept"|"decline"} */ how) => {
    setBusy(true);
    try {
      store.takeConversation(await store.api.post(`conversations/${offered.id}/${how}`));
      if (how === "accept") {
        window.location.hash = conversationAddress("mine", offered.id);
      }
    } catch (failure) {
      tellFailure(texts, failure);
      setBusy(false);
    }
  };
  const isLastCall = first.current > LAST_CALL && seconds <= LAST_CALL;
  return html`<section class="offer" role="dialog" id="offer" aria-labelledby="offer-title" aria-describedby="offer-about">
    <h2 id="offer-title">${own.say("offer.title", { name: plainName(offered.customer?.displayName, texts.say("customer.unnamed")) })}</h2>
    <p class="offer__about" id="offer-about"><bdi class="muted">${plainName(offered.queue)}</bdi>${offered.lastText && html`<span dir="auto">${plainName(plainWords(offered.lastText))}</span>`}</p>
    <p class="muted" role="timer" id="offer-left">${own.say("offer.left", { count: seconds })}</p>
    <p class="visually-hidden" role="status">${isLastCall && own.say("offer.left", { count: LAST_CALL })}</p>
    <div class="form__actions">
      <button type="button" class="button button--secondary" id="offer-decline" disabled=${isBusy} onClick=${() => answer("decline")}>${own.say("offer.decline")}</button>
      <button type="button" class="button button--primary" id="offer-accept" disabled=${isBusy} onClick=${() => answer("accept")}>${own.say("offer.accept")}</button>
    </div>
  </section>`;
}

/**
 * The agents with presence, load and queues, read again every few seconds.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").Store} properties.store
 * @param {Texts} properties.texts
 * @param {function(): void} properties.close
 */
export function Team({ store, texts, close }) {
  const own = new Texts(TEAM_TEXTS, texts.language);
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const [members, setMembers] = useState(/** @type {import("./desk-types.js").TeamMember[]|null} */ (null));
  const [isStale, setStale] = useState(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const read = async () => {
      try {
        const { items } = await store.api.get("team");
        setMembers(items);
        setStale(false);
      } catch {
        setStale(true);
      }
    };
    read();
    const timer = setInterval(read, TEAM_PERIOD);
    return () => clearInterval(timer);
  }, []);
  const leave = () => dialog.current?.close();
  return html`<dialog class="dialog team" id="team" ref=${dialog} aria-labelledby="team-title" onClose=${close} onClick=${closingBeside(leave)}>
    <div class="dialog__head">
      <h2 id="team-title">${texts.say("team.title")}</h2>
      <button type="button" class="button button--quiet button--icon" id="close-team" aria-label=${texts.say("action.close")} onClick=${leave}><${Icon} name="close" /></button>
    </div>
    <div class="dialog__body">
      <p class="form-error" role="status" hidden=${!isStale}>${isStale && own.say("team.stale")}</p>
      ${members === null && !isStale && html`<p class="loading">${texts.say("desk.loading")}</p>`}
      ${
        members !== null &&
        html`<div class="team__scroll" tabindex="0" role="region" aria-labelledby="team-title">
          <table>
            <thead>
              <tr>
                ${["agent", "presence", "load", "queues"].map((part) => html`<th key=${part} scope="col">${own.say(`team.${part}`)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${members.map((one) => html`<${Member} key=${one.username} texts=${texts} own=${own} member=${one} />`)}
            </tbody>
          </table>
        </div>`
      }
    </div>
  </dialog>`;
}

/**
 * A row of the team.
 *
 * @param {{texts: Texts, own: Texts, member: import("./desk-types.js").TeamMember}} properties
 */
function Member({ texts, own, member }) {
  return html`<tr data-member=${member.username}>
    <th scope="row"><bdi>${plainName(member.displayName, member.username)}</bdi></th>
    <td><${Badge} tone=${TONES[member.status]}>${texts.say(`presence.${member.status}`)}<//></td>
    <td>${own.say("team.loadOf", { load: member.load, capacity: member.capacity })}</td>
    <td>${member.queues.map((queue) => plainName(queue)).join(", ")}</td>
  </tr>`;
}
