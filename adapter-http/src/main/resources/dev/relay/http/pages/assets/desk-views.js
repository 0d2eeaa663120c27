/**
 * Saved views: a list of conversations with its filters under a name, the agent's own or the team's. The server keeps them.
 * @module desk-views
 */

import { conversationAddress } from "./desk-routes.js";
import { useLayoutEffect, useState } from "./preact-hooks.js";
import { reasonOf, tellFailure, tellSuccess } from "./question.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

const MAX_NAME = 60;

/**
 * The choice of a saved view; and, while the filters are open, the form that saves them under a name.
 *
 * @param {Object} properties
 * @param {import("./desk-types.js").Store} properties.store
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {import("./desk-filters.js").DeskFilters} properties.filters
 * @param {boolean} properties.isOpen whether the filters are open
 */
export function SavedViews({ store, texts, filters, isOpen }) {
  const [views, setViews] = useState(/** @type {import("./desk-types.js").SavedView[]} */ ([]));
  const [failure, setFailure] = useState("");
  useLayoutEffect(() => {
    read(store, setViews);
  }, []);
  const shown = JSON.stringify({ list: store.tab, ...filters.values });
  const chosen = views.find((view) => JSON.stringify({ list: store.tab, ...view.filters }) === shown && (view.filters.list ?? store.tab) === store.tab);
  const mayRemove = chosen && (!chosen.shared || store.isSupervisor);

  const choose = (/** @type {string} */ id) => {
    const view = views.find((each) => each.id === id);
    if (view) {
      const { list, ...values } = view.filters;
      filters.replace(values);
      if (list && list !== store.tab) {
        window.location.hash = conversationAddress(list, null);
      }
    }
  };
  const save = async (/** @type {SubmitEvent & {target: HTMLFormElement}} */ event) => {
    event.preventDefault();
    const form = event.target;
    const data = new FormData(form);
    try {
      await store.api.post("views", { name: String(data.get("name")).trim(), shared: data.has("shared"), filters: { list: store.tab, ...filters.values } });
      setFailure("");
      form.reset();
      tellSuccess(texts, texts.say("views.saved"));
      await read(store, setViews);
    } catch (reason) {
      // What was typed stays: after logging in again one press saves it.
      setFailure(reasonOf(texts, reason));
    }
  };
  const remove = async () => {
    try {
      await store.api.delete(`views/${chosen?.id}`);
      tellSuccess(texts, texts.say("views.removed"));
      await read(store, setViews);
    } catch (reason) {
      tellFailure(texts, reason);
    }
  };

  return html`
    ${views.length > 0 &&
    html`<select class="input input--small" id="view" aria-label=${texts.say("views.label")} value=${chosen?.id ?? ""} onChange=${(/** @type {{target: HTMLSelectElement}} */ event) => choose(event.target.value)}>
      <option value="" selected=${!chosen}>${texts.say("views.label")}</option>
      ${views.map((view) => html`<option key=${view.id} value=${view.id} selected=${view.id === chosen?.id}>${plainName(view.name)}${view.shared ? ` · ${texts.say("views.team")}` : ""}</option>`)}
    </select>`}
    ${isOpen &&
    html`<form class="list-filters__save" id="view-form" onSubmit=${save}>
      <input class="input input--small" name="name" id="view-name" type="text" dir="auto" maxlength=${MAX_NAME} required pattern=".*\\S.*" placeholder=${texts.say("views.name")} aria-label=${texts.say("views.name")} />
      ${store.isSupervisor && html`<label class="check"><input type="checkbox" name="shared" id="view-shared" /><span>${texts.say("views.share")}</span></label>`}
      <button type="submit" class="button button--secondary button--small" id="view-save">${texts.say("views.save")}</button>
      ${mayRemove && html`<button type="button" class="button button--quiet button--small" id="view-remove" onClick=${remove}>${texts.say("views.remove")}</button>`}
    </form>`}
    ${failure && html`<p class="form-error list-filters__save" role="alert"><${Icon} name="alert" /><span>${failure}</span></p>`}
  `;
}

/**
 * @param {import("./desk-types.js").Store} store
 * @param {function(import("./desk-types.js").SavedView[]): void} show
 */
async function read(store, show) {
  try {
    show((await store.api.get("views")).items);
  } catch {
    // The list works without them; they are read again after the next change.
  }
}
