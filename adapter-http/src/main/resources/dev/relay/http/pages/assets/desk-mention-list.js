/**
 * The unseen mentions, each with the way to what it is about.
 * @module desk-mention-list
 */

import { conversationAddress } from "./desk-routes.js";
import { plainWords } from "./message-text.js";
import { plainName } from "./safe-text.js";
import { Icon, html, useEvents } from "./ui.js";

/**
 * The address at which a mention is read.
 *
 * @param {{conversationId: string|null, caseNumber: string|null}} mention
 * @returns {string}
 */
export function mentionAddress({ conversationId, caseNumber }) {
  return conversationId ? conversationAddress("open", conversationId) : `#/cases/${caseNumber}`;
}

/**
 * The unseen mentions above the list of conversations.
 *
 * @param {Object} properties
 * @param {import("./desk-mentions.js").Mentions} properties.mentions
 * @param {import("./i18n.js").Texts} properties.texts
 */
export function UnseenMentions({ mentions, texts }) {
  useEvents(mentions, "mentions");
  const { unseen } = mentions;
  if (unseen.length === 0) {
    return null;
  }
  return html`
    <details class="mentions" id="mentions" open>
      <summary><${Icon} name="person" /><span>${texts.say("mention.unseen", { count: unseen.length })}</span></summary>
      <ul class="links">
        ${unseen.map(
          (one) => html`<li key=${one.id}>
            <a class="link-row" href=${mentionAddress(one)} data-mention=${one.id}>
              <span class="link-row__text" dir="auto">${plainName(plainWords(one.text))}</span>
              <span class="muted small"><bdi>${plainName(one.by)}</bdi> · ${texts.moment(one.at)}</span>
            </a>
          </li>`,
        )}
      </ul>
    </details>
  `;
}
