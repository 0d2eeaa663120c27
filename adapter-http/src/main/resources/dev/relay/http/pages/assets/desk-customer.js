/**
 * The customer of the open conversation and what they had before.
 * @module desk-customer
 */

import { MergeButton, blockWords } from "./desk-merge-button.js";
import { SiteProfile } from "./desk-site-profile.js";
import { plainWords } from "./message-text.js";
import { render } from "./preact.js";
import { plainName } from "./safe-text.js";
import { Icon, html, useEvents } from "./ui.js";

/** Shows the customer beside the conversation. */
export class CustomerPanel {
  /**
   * @param {HTMLElement} place the element to show it in
   * @param {import("./desk-store.js").DeskStore} store
   * @param {import("./i18n.js").Texts} texts
   * @param {function(import("./desk-types.js").Customer): void} addCase opens a case for a customer
   */
  constructor(place, store, texts, addCase) {
    render(html`<${Panel} store=${store} texts=${texts} addCase=${addCase} />`, place);
  }
}

/**
 * @param {Object} properties
 * @param {import("./desk-store.js").DeskStore} properties.store
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {function(import("./desk-types.js").Customer): void} properties.addCase
 */
function Panel({ store, texts, addCase }) {
  useEvents(store, "detail");
  const { api, detail, me, tab } = store;
  if (!detail) {
    return null;
  }
  const { id, customer, channel, earlierConversations, earlierCases } = detail;
  const facts = [
    [texts.say("customer.channel"), texts.name("channel", channel)],
    [texts.say("customer.language"), languageName(customer.locale, texts)],
    [texts.say("customer.since"), customer.firstSeenAt ? texts.moment(customer.firstSeenAt) : ""],
    [texts.say("customer.roles"), (customer.roles ?? []).join(", ")],
    [texts.say("customer.blocked"), blockWords(texts, customer)],
  ];
  return html`<div class="panel" key=${id}>
    <h3>${texts.say("customer.title")}</h3>
    <p class="customer__name"><bdi>${plainName(customer.displayName, texts.say("customer.unnamed"))}</bdi></p>
    <dl class="facts">${facts.filter(([, value]) => value).map(([name, value]) => [html`<dt key=${name}>${name}</dt>`, html`<dd dir="auto" key=${`${name}-value`}>${plainName(value)}</dd>`])}</dl>
    ${channel === "web" && html`<${SiteProfile} api=${api} texts=${texts} conversation=${id} customer=${customer} />`}
    <${Links} title=${texts.say("customer.conversations")} none=${texts.say("customer.conversationsEmpty")}>
      ${earlierConversations.map((/** @type {import("./desk-types.js").EarlierConversation} */ item) => html`<${EarlierConversation} key=${item.id} item=${item} tab=${tab} texts=${texts} />`)}
    <//>
    <${Links} title=${texts.say("customer.cases")} none=${texts.say("customer.casesEmpty")}>
      ${earlierCases.map((/** @type {import("./desk-types.js").CaseSummary} */ item) => html`<${CaseRow} key=${item.number} item=${item} texts=${texts} />`)}
    <//>
    ${me.role !== "viewer" &&
    html`<button type="button" class="button button--secondary" id="add-case" onClick=${() => addCase(customer)}><${Icon} name="plus" /><span>${texts.say("case.add")}</span></button>
      <${MergeButton} texts=${texts} id="customer-merge" api=${api} shown=${detail.case} customer=${customer} changed=${() => store.reload()} />`}
  </div>`;
}

/** @param {{title: string, none: string, children?: *}} properties */
function Links({ title, none, children }) {
  const rows = [children].flat(2).filter(Boolean);
  return html`<section class="panel-part">
    <h4>${title}</h4>
    ${rows.length > 0 ? html`<ul class="links">${rows}</ul>` : html`<p class="muted small">${none}</p>`}
  </section>`;
}

/**
 * @param {Object} properties
 * @param {import("./desk-types.js").EarlierConversation} properties.item
 * @param {string} properties.tab
 * @param {import("./i18n.js").Texts} properties.texts
 */
function EarlierConversation({ item, tab, texts }) {
  return html`<li>
    <a class="link-row" href=${`#/conversations/${tab}/${item.id}`}>
      <span class="link-row__text" dir="auto">${plainName(plainWords(item.lastText), texts.say("list.noText"))}</span>
      <span class="muted small">${texts.say(`state.${item.state}`)} · ${texts.moment(item.since)}</span>
    </a>
  </li>`;
}

/** Names languages in that of the page; made once, because it is expensive. @type {Intl.DisplayNames|undefined} */
let languages;

/**
 * @param {string} tag
 * @param {import("./i18n.js").Texts} texts
 */
function languageName(tag, texts) {
  try {
    languages ??= new Intl.DisplayNames([texts.language], { type: "language" });
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * A case of the customer's, with the way to it.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").CaseSummary} properties.item
 * @param {import("./i18n.js").Texts} properties.texts
 */
export function CaseRow({ item: { number, subject, status }, texts }) {
  return html`<li>
    <a class="link-row" href=${`#/cases/${number}`}>
      <span class="link-row__text" dir="auto">${plainName(subject)}</span>
      <span class="muted small">#${number} · ${texts.name("case.status", status)}</span>
    </a>
  </li>`;
}
