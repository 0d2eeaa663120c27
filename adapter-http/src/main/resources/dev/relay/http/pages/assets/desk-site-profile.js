/**
 * What a web site has stated about the customer of a conversation, in a token that it has signed.
 * @module desk-site-profile
 */

import { useEffect, useState } from "./preact-hooks.js";
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
 * What the site has stated about the customer, as soon as it is read; nothing for guests and other channels.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {string} properties.conversation
 * @param {*} properties.customer read again when something of the customer changes
 */
export function SiteProfile({ api, texts, conversation, customer }) {
  const [profile, setProfile] = useState(/** @type {SiteProfile|null} */ (null));
  useEffect(() => {
    let isOutdated = false;
    api.get(`conversations/${conversation}/site-profile`).then(
      (/** @type {SiteProfile} */ read) => isOutdated || setProfile(read),
      () => {
        // The rest of the panel is of use without it; it is read again with the next change of the customer.
      },
    );
    return () => {
      isOutdated = true;
    };
  }, [conversation, JSON.stringify(customer)]);
  return html`<div class="site-profile" data-site=${conversation}>${profile?.identified && html`<${Statements} profile=${profile} texts=${texts} />`}</div>`;
}
