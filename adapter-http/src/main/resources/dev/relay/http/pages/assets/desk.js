/**
 * The agent desk: signing in, and joining the views.
 * @module desk
 */

import { Api } from "./api.js";
import { Actions } from "./desk-actions.js";
import { Attention } from "./desk-attention.js";
import { DeskConversation } from "./desk-conversation.js";
import { CustomerPanel } from "./desk-customer.js";
import { Drafts, forgetDrafts } from "./desk-drafts.js";
import { deskTexts } from "./desk-language.js";
import { Later } from "./desk-later.js";
import { DeskList } from "./desk-list.js";
import { Login } from "./desk-login.js";
import { UnseenMentions } from "./desk-mention-list.js";
import { showPresence } from "./desk-presence.js";
import { conversationAddress, placeOf } from "./desk-routes.js";
import { Shortcuts } from "./desk-shortcuts.js";
import { DeskStore, TABS } from "./desk-store.js";
import { byId, setText, show } from "./dom.js";
import { Texts, chosenLanguage, translate } from "./i18n.js";
import { forget, keep, kept } from "./keep.js";
import { render } from "./preact.js";
import { Question } from "./question.js";
import { html } from "./ui.js";

/** Records that somebody has logged in here, so that the page need not send a useless request; the session itself is in a cookie. */
const SIGNED_IN = "relay.desk.signedIn";
const VIEWS = ["conversations", "cases", "undelivered", "settings", "accounts", "search"];
/** The entry of the rail that leads to a view, if its name is another one. */
const NAMES = /** @type {Object<string, string>} */ ({ accounts: "settings" });

/** The whole page, for one agent. */
class Desk {
  #texts;
  #store;
  #list;
  #conversation;
  #cases;
  #office;
  #accounts;
  #actions;
  /** @type {import("./desk-routes.js").Place} */
  #place = placeOf(window.location.hash);
  /** Where the agent was before the search. */
  #beforeSearch = "#/";

  /**
   * @param {Api} api
   * @param {Texts} texts
   * @param {import("./desk-types.js").Me} me who is logged in
   */
  constructor(api, texts, me) {
    const question = new Question(texts);
    /** @type {function(string, function(): void, Object<string, string>=): void} */
    const ask = (key, proceed, values) => question.ask(key, proceed, values);
    const drafts = new Drafts(api, me);
    this.#texts = texts;
    this.#store = new DeskStore(api, me);
    this.#list = new DeskList(this.#store, texts);
    const openCase = (/** @type {import("./desk-types.js").Customer} */ customer) => this.#cases.use(({ page }) => page.openDialog(customer));
    this.#cases = new Later("relay-cases", texts, ({ CasePanel, DeskCases }) => ({
      page: new DeskCases(this.#store, texts, drafts),
      panel: new CasePanel(byId("conversation-case"), api, texts, me, { hasRoom: false, drafts, mayUndo: () => this.#store.settings.undo, changed: () => {}, followUp: openCase }),
    }));
    this.#office = new Later("relay-office", texts, ({ ArticleSearch, DeskSettings, DeskUndelivered, ReplySettings }) => {
      const settings = new DeskSettings(api, texts, me, ask, drafts);
      const replies = new ReplySettings(api, texts, me, ask);
      this.#store.follow(["planned_announcements"], () => settings.follow());
      this.#store.follow(["saved_replies"], () => replies.follow());
      return { articles: new ArticleSearch(api, texts), undelivered: new DeskUndelivered(this.#store, texts, ask), settings, replies };
    });
    let opened = 0;
    this.#accounts = new Later("relay-accounts", texts, ({ Accounts }) => () =>
      render(html`<${Accounts} store=${this.#store} texts=${texts} shown=${++opened} />`, byId("accounts")),
    );
    /** @type {function(string, string, function(import("./desk-composer.js").ChosenArticle): void): void} */
    const findArticle = (words, locale, chosen) => {
      this.#office.use(({ articles }) => articles.open(words, locale, chosen));
    };
    this.#conversation = new DeskConversation(this.#store, texts, ask, findArticle, drafts);
    new CustomerPanel(byId("conversation-customer"), this.#store, texts, openCase);
    new Attention(this.#store, texts);
    render(html`<${UnseenMentions} mentions=${this.#store.mentions} texts=${texts} />`, byId("unseen-mentions"));
    const showTeam = showPresence(this.#store, texts);
    this.#actions = new Actions(api, texts);
    this.#prepareActions();
    this.#actions.add({ label: texts.say("team.title"), isThere: () => this.#isSupervisor, run: showTeam });
    this.#prepareShortcuts();
    this.#store.addEventListener("list", () => this.#drawNumbers());
    this.#store.addEventListener("detail", () => this.#drawCase());
    this.#store.addEventListener("connection", () => show(byId("connection"), !this.#store.isConnected));
    byId("retry-conversation").addEventListener("click", () => this.#store.reload());
    byId("toggle-details").addEventListener("click", () => this.#toggleDetails());
    byId("close-details").addEventListener("click", () => this.#toggleDetails());
    byId("sign-out").addEventListener("click", async () => {
      await this.#conversation.flush();
      await api.post("agents/logout").catch(() => {
        // The session is gone already, or the server is: the page asks anew either way.
      });
      leave(me);
    });
    window.addEventListener("hashchange", () => this.#go());
  }

  /** Checks whether the server lets this agent retry deliveries, publish announcements and take conversations over. */
  get #isSupervisor() {
    return this.#store.isSupervisor;
  }

  /** Goes on after the agent has signed in again. */
  resume() {
    this.#store.start();
    this.#conversation.resume();
  }

  start() {
    show(byId("desk"), true);
    show(byId("nav-undelivered"), this.#isSupervisor);
    show(/** @type {HTMLElement} */ (byId("announcements").closest(".card")), this.#isSupervisor);
    show(byId("accounts-card"), this.#isSupervisor);
    this.#store.start();
    this.#go();
    this.#drawNumbers();
  }

  #go() {
    const place = placeOf(window.location.hash);
    const { tab, id, entry, details } = place;
    const view = place.view === "accounts" && !this.#isSupervisor ? "settings" : place.view;
    const parts = /** @type {Object<string, Later<any>>} */ ({ cases: this.#cases, undelivered: this.#office, settings: this.#office, accounts: this.#accounts });
    const part = parts[view];
    if (part && !part.isLoaded) {
      // Without its script a form would be sent as the browser sends forms; so the view is shown when the script is there.
      part.use(() => this.#go());
      return;
    }
    this.#place = place;
    if (view !== "search") {
      this.#beforeSearch = window.location.hash || "#/";
    }
    for (const name of VIEWS) {
      show(byId(`view-${name}`), name === view);
    }
    for (const item of document.querySelectorAll(".rail a")) {
      item.toggleAttribute("aria-current", item.id === `nav-${NAMES[view] ?? view}`);
    }
    if (!document.activeElement?.checkVisibility()) {
      // The focus was in the view before, such as in the search.
      byId(`nav-${NAMES[view] ?? view}`).focus();
    }
    byId("view-conversations").dataset.pane = details ? "details" : id ? "main" : "list";
    byId("view-cases").dataset.pane = id ? "main" : "list";
    byId("back-to-list", HTMLAnchorElement).href = conversationAddress(tab, null);
    byId("toggle-details").setAttribute("aria-expanded", String(details));
    if (view === "conversations") {
      this.#store.choose(tab);
      this.#store.select(id);
      this.#conversation.leadTo(id, entry);
    } else if (view === "cases") {
      this.#cases.use(({ page }) => page.show(id));
      this.#store.mentions.see((one) => one.conversationId === null && one.caseNumber === id);
    } else if (view === "undelivered" && this.#isSupervisor) {
      this.#office.use(({ undelivered }) => undelivered.show());
    } else if (view === "accounts") {
      this.#accounts.use((draw) => draw());
    } else if (view === "search") {
      this.#actions.showSearch(place.words, () => (window.location.hash = this.#beforeSearch));
    } else {
      this.#office.use(({ settings, replies }) => {
        settings.show();
        replies.show();
      });
    }
  }

  #toggleDetails() {
    const { tab, id, details } = this.#place;
    window.location.hash = conversationAddress(tab, id, !details);
  }

  #drawNumbers() {
    const { waiting, parked } = this.#store.summary;
    const numbers = { conversations: waiting, undelivered: parked };
    for (const [view, number] of Object.entries(numbers)) {
      setText(byId(`nav-${view}-count`), String(number));
      show(byId(`nav-${view}-count`), number > 0);
    }
  }

  async #drawCase() {
    const { detail } = this.#store;
    const number = detail?.caseNumber ?? null;
    show(byId("no-conversation-case"), detail !== null && number === null);
    const version = detail?.case?.version ?? null;
    const shown = `${number}:${version}`;
    // Every entry redraws the conversation; the case is reloaded only if it is another one or has changed.
    if (byId("conversation-case").dataset.shown !== shown) {
      byId("conversation-case").dataset.shown = shown;
      if (number === null && !this.#cases.isWanted) {
        return;
      }
      if (!(await this.#cases.use(({ panel }) => panel.show(number)))) {
        // The next change of the conversation tries again.
        delete byId("conversation-case").dataset.shown;
      }
    }
  }

  /** Other parts add theirs by further lines. */
  #prepareActions() {
    const goTo = (/** @type {string} */ label, /** @type {string} */ hash) => ({ label: this.#texts.say(label), run: () => (window.location.hash = hash) });
    const actions = this.#actions;
    [["accept", "A"], ["pass-on-open", "P"], ["leave", "L"], ["propose"], ["end", "E"]].forEach(([id, keys]) => actions.addButton(id, keys));
    actions.add(
      ...TABS.map((tab, index) => ({ ...goTo(`tab.${tab}`, conversationAddress(tab, null)), keys: String(index + 1) })),
      goTo("desk.cases", "#/cases"),
      { ...goTo("desk.undelivered", "#/undelivered"), isThere: () => this.#isSupervisor },
      { ...goTo("desk.search", "#/search"), keys: "S" },
      goTo("desk.settings", "#/settings"),
      { ...goTo("desk.accounts", "#/accounts"), isThere: () => this.#isSupervisor },
    );
    actions.addButton("show-help", "?");
    actions.addButton("sign-out");
  }

  #prepareShortcuts() {
    const goTo = (/** @type {string|null} */ address) => address && (window.location.hash = address);
    new Shortcuts(this.#texts, {
      ...Object.fromEntries(TABS.map((tab, index) => [String(index + 1), () => goTo(conversationAddress(tab, null))])),
      j: () => goTo(this.#list.neighbour(1)),
      k: () => goTo(this.#list.neighbour(-1)),
      a: () => this.#conversation.accept(),
      w: () => this.#conversation.compose(),
      i: () => this.#conversation.composeInternal(),
      l: () => this.#conversation.leave(true),
      p: () => this.#conversation.passOn(),
      e: () => this.#conversation.end(),
      s: () => (this.#place.view === "search" ? this.#go() : goTo("#/search")),
      d: () => this.#place.id && this.#toggleDetails(),
      x: (event) => {
        if (this.#place.view === "cases") {
          this.#cases.use(({ page }) => page.choose(event.shiftKey));
        } else if (this.#place.view === "conversations") {
          this.#list.choose(event.shiftKey);
        }
      },
      "/": () => {
        goTo("#/cases");
        this.#cases.use(({ page }) => {
          this.#go();
          page.focusSearch();
        });
      },
    });
  }
}

/**
 * Leaves the desk for good: nothing that the agent has written stays in this browser.
 *
 * @param {{username: string}} me
 */
function leave(me) {
  forgetDrafts(me.username);
  forget(SIGNED_IN);
  window.location.reload();
}

/** @typedef {import("./desk-types.js").Me & {csrfToken: string}} LoggedIn */

/** Asks who is logged in, and shows the desk or the form. */
async function begin() {
  const language = chosenLanguage();
  const texts = new Texts(await deskTexts(language), language);
  translate(texts);
  document.title = texts.say("desk.title");
  /** @type {string|null} */
  let csrfToken = null;
  /** @type {Desk|null} */
  let desk = null;
  /** @type {LoggedIn|null} */
  let agent = null;
  const api = new Api(() => (csrfToken ? { "X-CSRF-Token": csrfToken } : /** @type {Object<string, string>} */ ({})));
  const enter = (/** @type {LoggedIn} */ me) => {
    keep(SIGNED_IN, "yes");
    if (desk !== null && me.username !== agent?.username) {
      // Somebody else: nothing of the one before may stay on the page.
      window.location.reload();
      return;
    }
    csrfToken = me.csrfToken;
    agent = me;
    if (desk === null) {
      desk = new Desk(api, texts, me);
      desk.start();
    } else {
      desk.resume();
    }
  };
  const login = new Login(new Api(), texts, enter);
  let isAsking = false;
  api.signedOut = async () => {
    if (desk === null || isAsking) {
      return;
    }
    isAsking = true;
    const session = csrfToken;
    try {
      // Another window may have signed in meanwhile: then this page goes on with that session.
      enter(await new Api().get("agents/me"));
    } catch (failure) {
      // An answer that was on its way while the agent signed in is about the session before.
      if (/** @type {{status?: number}} */ (failure).status === 401 && csrfToken === session) {
        // The page stays as it is, with all that was typed: only the form comes in front of it.
        login.show(agent?.username);
      }
    }
    isAsking = false;
  };
  if (kept(SIGNED_IN) === null) {
    login.show();
    return;
  }
  try {
    enter(await api.get("agents/me"));
  } catch (failure) {
    const { name } = /** @type {Error} */ (failure);
    if (name !== "Problem" && name !== "Unreachable") {
      throw failure;
    }
    login.show();
  }
}

begin();
