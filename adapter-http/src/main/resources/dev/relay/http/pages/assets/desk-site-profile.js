/**
 * What a web site has stated about the customer of a conversation, in a token that it has signed.
 * @module desk-site-profile
 */

import { element } from "./dom.js";
import { render } from "./preact.js";
import { plainName } from "./safe-text.js";
import { html } from "./ui.js";

/**
 * As the server answers.
 *
 * @typedef {Object} SiteProfile
 * @property {boolean} identified
 * @property {string} subject
 * @property {string|null} email
 * @property {{name: string, type: "text"|"number"|"flag", value: string}[]} attributes
 * @property {string} at
 */

/** @param {{profile: SiteProfile, texts: import("./i18n.js").Texts}} properties */
function Statements({ profile, texts }) {
  /** @type {function("text"|"number"|"flag", string): string} */
  const shown = (type, value) => (type === "flag" ? texts.say(`site.flag.${value}`) : plainName(value, ""));
  /** @type {[string, string][]} */
  const facts = [
    [texts.say("site.subject"), plainName(profile.subject, "")],
    [texts.say("site.email"), plainName(profile.email ?? "", "")],
    ...profile.attributes.map(({ name, type, value }) => /** @type {[string, string]} */ ([name, shown(type, value)])),
  ];
  return html`<section class="panel-part">
    <h4>${texts.say("site.title")}</h4>
    <dl class="facts">
      ${facts.filter(([, value]) => value).map(([name, value]) => html`<dt dir="auto">${name}</dt><dd dir="auto">${value}</dd>`)}
    </dl>
    <p class="muted small">${texts.say("site.origin", { time: texts.moment(profile.at) })}</p>
  </section>`;
}

/**
 * Returns a place that shows what the site has stated as soon as it is read; it stays empty for guests and other channels.
 *
 * @param {import("./api.js").Api} api
 * @param {import("./i18n.js").Texts} texts
 * @param {string} conversation
 * @returns {HTMLElement}
 */
export function siteProfile(api, texts, conversation) {
  const place = element("div", { class: "site-profile", data: { site: conversation } });
  const path = `conversations/${conversation}/site-profile`;
  api.get(path).then(
    (/** @type {SiteProfile} */ profile) => {
      if (profile.identified) {
        render(html`<${Statements} profile=${profile} texts=${texts} />`, place);
      }
    },
    () => {
      // The rest of the panel is of use without it; it is read again with the next change of the conversation.
    },
  );
  return place;
}
