/**
 * Setting a password by a one-time link. The token follows the `#` of the address and is removed from it at once.
 * @module setup
 */

import { Api, Problem } from "./api.js";
import { DESK_TEXTS } from "./desk-texts.js";
import { byId, element, icon, show } from "./dom.js";
import { Texts, chosenLanguage, offerLanguages, translate } from "./i18n.js";
import { keep, kept, forget } from "./keep.js";
import { reasonOf } from "./question.js";

/** Kept only while the page is loaded again in another language. */
const TOKEN = "relay.setup.token";

const texts = new Texts(DESK_TEXTS, chosenLanguage());
const token = window.location.hash.slice(1) || kept(TOKEN) || "";
forget(TOKEN);
window.history.replaceState(null, "", window.location.pathname + window.location.search);

/** @param {string} words */
function say(words) {
  byId("setup-error").replaceChildren(icon("alert"), element("p", { text: words }));
  show(byId("setup-error"), words !== "");
}

/**
 * @param {string} id
 * @returns {string}
 */
function valueOf(id) {
  return byId(id, HTMLInputElement).value;
}

/** @param {Event} event */
async function submit(event) {
  event.preventDefault();
  if (valueOf("password") !== valueOf("repeat")) {
    say(texts.say("settings.notAlike"));
    byId("repeat").focus();
    return;
  }
  byId("setup-submit", HTMLButtonElement).disabled = true;
  const given = (/** @type {string} */ id) => valueOf(id).trim() || undefined;
  try {
    await new Api().post("agents/setup", {
      token,
      password: valueOf("password"),
      displayName: given("display-name"),
      username: given("username"),
    });
    keep("relay.desk.signedIn", "yes");
    window.location.assign(byId("to-desk", HTMLAnchorElement).href);
  } catch (failure) {
    say(reasonOf(texts, failure));
    // Whoever opens their link again has a password by now.
    show(byId("setup-elsewhere"), failure instanceof Problem && failure.code === "link-over");
    byId("setup-submit", HTMLButtonElement).disabled = false;
  }
}

translate(texts);
document.title = texts.say("setup.title");
offerLanguages(byId("language"), texts);
byId("language").addEventListener("change", () => keep(TOKEN, token));
byId("setup-form").addEventListener("submit", submit);
byId("username", HTMLInputElement).value = new URLSearchParams(window.location.search).get("username") ?? "";
show(byId("setup-form"), token !== "");
if (token === "") {
  say(texts.say("setup.invalid"));
  show(byId("setup-elsewhere"), true);
} else {
  byId("display-name").focus();
}
