/**
 * The state of the desk: conversations, counts, the open conversation. Views listen to it.
 * @module desk-store
 */

import { query } from "./api.js";
import { Mentions } from "./desk-mentions.js";
import { Seen } from "./desk-seen.js";
import { EventStream } from "./stream.js";

/**
 * A conversation with its times in milliseconds since 1970.
 *
 * @typedef {import("./desk-types.js").ConversationItem & {sinceTime: number, activeTime: number}} Kept
 */

/** The lists of conversations, in their order on the page. */
export const TABS = ["waiting", "mine", "open", "closed"];
const PAGE = 100;
const LATEST_FIRST = (/** @type {Kept} */ one, /** @type {Kept} */ other) => other.activeTime - one.activeTime;
/** Who has waited longest comes first. @type {Object<string, function(Kept, Kept): number>} */
const ORDER = { waiting: (one, other) => one.sinceTime - other.sinceTime };
/** How long the first list waits, in milliseconds, for the stream to be open; something on the way may hold the stream back. */
const PATIENCE = 2_000;
/** Deliveries are such changes too: a conversation in which much is said is not read again for each message. */
const RELOAD_MILLISECONDS = 1_000;
/** How many entries of a transcript are read at a time, from its end. */
const TRANSCRIPT_PAGE = 60;

/** Keeps itself up to date by the desk's event stream, and reads everything anew after every reconnect. */
export class DeskStore extends EventTarget {
  #conversations = new Map();
  /** The lists in their order, until a conversation changes. */
  #sorted = new Map();
  /** The reads of lists in progress: the conversations reported meanwhile, which are newer than what is read. @type {Map<string, Set<string>>} */
  #pending = new Map();
  /** The conversations that were read or reported since the last refresh began. */
  #fresh = new Set();
  #next = new Map();
  #loaded = new Set();
  /** @type {EventStream|null} */
  #stream = null;
  /**
   * The read in progress: its conversation, the entries and the state received meanwhile, the state when the stream began to watch it, and whether to read again.
   *
   * @type {{id: string, entries: import("./desk-types.js").Entry[], item: import("./desk-types.js").ConversationItem|null,
   *     watched: import("./desk-types.js").ConversationItem|null, again: boolean}|null}
   */
  #loading = null;
  /** Runs while the open conversation was just reloaded because of a change that its event does not show. @type {ReturnType<typeof setTimeout>|null} */
  #reloadTimer = null;
  /** The conversation whose read began before the stream watched it, until the stream has shown whether something fell in between. @type {string|null} */
  #unwatched = null;
  /** Whether the stream that watches it is open, and whether the conversation has changed before: what was said then came by no event. */
  #isOpen = false;
  #hasMissed = false;
  #isReloadDue = false;
  /** Whether the connection was lost since the lists were read. */
  #isStale = false;
  /** Whether lists are read: not before the stream is open, because what is read earlier has to be read again. */
  #isReading = false;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./desk-types.js").Me} me who is logged in
   */
  constructor(api, me) {
    super();
    this.api = api;
    this.me = me;
    this.seen = new Seen(me, api);
    this.mentions = new Mentions(api);
    /** The agent's own settings; the defaults until the server has answered. */
    this.settings = { sound: true, desktopNotifications: false, badge: true, undo: false, showsTyping: true };
    this.summary = { waiting: 0, live: 0, bot: 0, mine: 0, parked: 0 };
    this.tab = "waiting";
    /** @type {string|null} */
    this.selected = null;
    /** The open conversation with its transcript. @type {any} */
    this.detail = null;
    /** @type {any} */
    this.detailFailure = null;
    this.isConnected = true;
  }

  /** Checks whether this agent may do what only supervisors and administrators may. */
  get isSupervisor() {
    return this.me.role === "supervisor" || this.me.role === "admin";
  }

  /** Begins to listen. */
  start() {
    this.#listen();
    setTimeout(() => {
      if (!this.#isReading) {
        this.#isReading = true;
        this.choose(this.tab);
      }
    }, PATIENCE);
  }

  /**
   * Calls back whenever somebody may have set something up anew: the stream reports it, nobody listened for a while, or the window comes back to the
   * front (what is changed by command is not reported).
   *
   * @param {string[]} kinds such as "agents", as the stream names them
   * @param {function(): void} changed
   * @returns {function(): void} ends that
   */
  follow(kinds, changed) {
    const told = (/** @type {Event} */ event) => {
      const { what } = /** @type {CustomEvent} */ (event).detail;
      if (what === null || kinds.includes(what)) {
        changed();
      }
    };
    this.addEventListener("setup", told);
    window.addEventListener("focus", changed);
    return () => {
      this.removeEventListener("setup", told);
      window.removeEventListener("focus", changed);
    };
  }

  /** Stops for good. */
  stop() {
    this.#stream?.stop();
  }

  /**
   * How many conversations a list contains; null if they are not counted.
   *
   * @param {string} tab
   */
  count(tab) {
    const { waiting, live, bot, mine } = this.summary;
    return { waiting, mine, open: waiting + live + bot, closed: null }[tab];
  }

  /**
   * The conversations of a list, in its order.
   *
   * @param {string} tab
   */
  list(tab) {
    if (!this.#sorted.has(tab)) {
      const all = [...this.#conversations.values()].filter((item) => this.#belongs(item, tab));
      this.#sorted.set(tab, all.sort(ORDER[tab] ?? LATEST_FIRST));
    }
    return this.#sorted.get(tab);
  }

  /**
   * Returns whether a list was read, and whether there is more of it.
   *
   * @param {string} tab
   */
  state(tab) {
    return { isLoaded: this.#loaded.has(tab), hasMore: Boolean(this.#next.get(tab)) };
  }

  /**
   * Shows another list.
   *
   * @param {string} tab
   */
  choose(tab) {
    this.tab = tab;
    if (this.#isReading && !this.#loaded.has(tab)) {
      this.load(tab);
    }
    this.#tell("list");
  }

  /**
   * Reads the next page of a list; returns whether that worked.
   *
   * @param {string} tab
   */
  async load(tab) {
    if (this.#pending.has(tab)) {
      return false;
    }
    const reported = /** @type {Set<string>} */ (new Set());
    this.#pending.set(tab, reported);
    /** @type {Object<string, Object<string, string|boolean>>} */
    const wanted = { waiting: { state: "waiting" }, mine: { state: "live", mine: true }, open: {}, closed: { state: "closed" } };
    const after = this.#next.get(tab);
    const page = await this.#read(`conversations${query({ ...wanted[tab], after, limit: PAGE })}`);
    if (this.#pending.get(tab) !== reported) {
      // A refresh has begun another read.
      return false;
    }
    this.#pending.delete(tab);
    if (page) {
      page.items
        .filter((/** @type {import("./desk-types.js").ConversationItem} */ item) => !reported.has(item.id))
        .forEach((/** @type {import("./desk-types.js").ConversationItem} */ item) => this.#keep(item));
      this.#next.set(tab, page.next);
      this.#loaded.add(tab);
      this.#tell("list");
    }
    return page !== null;
  }

  /**
   * Opens a conversation, or none.
   *
   * @param {string|null} id
   */
  select(id) {
    if (this.selected !== id) {
      this.selected = id;
      this.detail = null;
      this.detailFailure = null;
      this.#tell("detail");
      if (id !== null) {
        // Read at once, so that nobody waits for the new stream. That begins with the conversation as it is then: if it has changed in between, it is read again.
        this.#unwatched = id;
        this.#isOpen = false;
        this.#hasMissed = false;
        this.#listen();
        this.reload();
      }
    }
  }

  /** Reloads the open conversation; if it is being loaded, once more after that, because that load may have begun too early. */
  async reload() {
    const id = this.selected;
    if (id === null) {
      return;
    }
    if (this.#loading?.id === id) {
      this.#loading.again = true;
      return;
    }
    const loading = {
      id,
      entries: /** @type {import("./desk-types.js").Entry[]} */ ([]),
      item: /** @type {import("./desk-types.js").ConversationItem|null} */ (null),
      watched: /** @type {import("./desk-types.js").ConversationItem|null} */ (null),
      again: false,
    };
    this.#loading = loading;
    /** Whether the page shows already what was read. */
    let isShown = false;
    try {
      const detail = await this.#whole(id);
      if (this.#loading === loading && this.selected === id) {
        loading.again ||= loading.watched !== null && differs(detail, loading.watched);
        // What the stream has brought meanwhile may be newer than what was read.
        loading.entries.forEach((/** @type {import("./desk-types.js").Entry} */ entry) => takeEntry(detail.transcript, entry));
        Object.assign(detail, loading.item);
        if (isSame(detail, this.detail)) {
          isShown = true;
        } else {
          // The same object for the same conversation: whoever reads back in it goes on.
          this.detail = this.detail?.id === id ? Object.assign(this.detail, detail) : detail;
        }
        this.detailFailure = null;
      }
    } catch (failure) {
      if (this.selected === id && /** @type {{status?: number}} */ (failure).status === 404) {
        // It is in a queue now that the agent does not see: neither do they see what was shown of it.
        this.detail = null;
      }
      if (this.selected === id && this.detail === null) {
        this.detailFailure = failure;
      }
    } finally {
      if (this.#loading === loading) {
        this.#loading = null;
      }
    }
    if (!isShown) {
      this.#tell("detail");
    }
    if (loading.again) {
      this.reload();
    }
  }

  /** Reloads the open conversation: at once if that has not happened for a second, else together with further changes of that second. */
  #reloadSoon() {
    if (this.#reloadTimer !== null) {
      this.#isReloadDue = true;
      return;
    }
    this.reload();
    this.#reloadTimer = setTimeout(() => {
      this.#reloadTimer = null;
      if (this.#isReloadDue) {
        this.#isReloadDue = false;
        this.#reloadSoon();
      }
    }, RELOAD_MILLISECONDS);
  }

  /**
   * Takes what a call answered about a conversation.
   *
   * @param {import("./desk-types.js").ConversationItem} item
   */
  takeConversation(item) {
    this.#fresh.add(item.id);
    this.#pending.forEach((reported) => reported.add(item.id));
    if (this.#loading?.id === item.id) {
      this.#loading.item = item;
    }
    const known = this.#conversations.get(item.id);
    if (known && !differs(known, item) && (this.detail?.id !== item.id || !differs(this.detail, item))) {
      return;
    }
    this.#keep(item);
    if (this.detail?.id === item.id) {
      const isOtherCase = aboutCase(this.detail) !== aboutCase(item);
      Object.assign(this.detail, item);
      if (isOtherCase) {
        this.reload();
      }
      this.#tell("detail");
    }
    this.#tell("list");
  }

  /** Tells the views that the open conversation has to be drawn again. */
  touch() {
    this.#tell("detail");
  }

  /** @param {import("./desk-types.js").ConversationItem} item */
  #keep(item) {
    this.#fresh.add(item.id);
    // Read once: sorting a long list compares each time often.
    const kept = { ...item, sinceTime: Date.parse(item.since), activeTime: Date.parse(item.lastActivityAt) };
    const before = this.#conversations.get(item.id);
    this.#conversations.set(item.id, kept);
    for (const [tab, list] of this.#sorted) {
      this.#sorted.set(tab, moved(list, before, this.#belongs(kept, tab) ? kept : null, ORDER[tab] ?? LATEST_FIRST));
    }
  }

  /**
   * Reads the end of a transcript, and keeps what was read of its beginning if nothing is missing in between.
   *
   * @param {string} id
   */
  async #whole(id) {
    const detail = await this.api.get(`conversations/${id}${query({ last: true, limit: TRANSCRIPT_PAGE })}`);
    const known = this.detail?.id === id ? this.detail : null;
    const first = Number(detail.transcript[0]?.id ?? 0);
    const earlier = known?.transcript.filter((/** @type {import("./desk-types.js").Entry} */ entry) => Number(entry.id) < first) ?? [];
    if (earlier.length > 0 && known.transcript.some((/** @type {import("./desk-types.js").Entry} */ entry) => Number(entry.id) >= first)) {
      detail.transcript.unshift(...earlier);
      detail.previous = known.previous;
    }
    return detail;
  }

  /** Reads earlier entries of the open conversation. */
  async loadEarlier() {
    const { detail } = this;
    const before = detail.previous;
    const page = await this.#read(`conversations/${detail.id}${query({ before, limit: TRANSCRIPT_PAGE })}`);
    if (page && this.detail === detail && detail.previous === before) {
      detail.transcript.unshift(...page.transcript);
      detail.previous = page.previous;
      this.#tell("detail");
    }
  }

  #listen() {
    const before = this.#stream;
    const address = this.api.address(`desk/events${query({ conversation: this.selected })}`);
    this.#stream = new EventStream(address, () => ({}), {
      event: (type, data) => this.#take(type, data),
      state: (state, isContinued) => this.#connection(state, isContinued),
      poll: () => this.#poll(),
      refused: (status) => status === 401 && this.api.signedOut(),
    });
    this.#stream.start();
    // Only now, so that the connection goes on and nothing falls in between.
    before?.stop();
  }

  /**
   * @param {string} state
   * @param {boolean} isContinued
   */
  #connection(state, isContinued) {
    if (state === "open") {
      this.#isOpen = true;
      this.isConnected = true;
      if (isContinued && !this.#isStale && this.#loaded.size > 0) {
        if (this.#unwatched === null) {
          this.reload();
        }
      } else {
        this.#refresh();
      }
    } else if (state === "polling") {
      this.isConnected = true;
    } else if (state === "lost") {
      this.isConnected = false;
      this.#isStale = true;
    } else if (state === "paused") {
      this.#isStale = true;
    }
    this.#tell("connection");
  }

  /** Reads everything again, because something on the way holds the stream back. */
  async #poll() {
    this.#isStale = true;
    await this.#refresh();
    this.summary = { ...this.summary, waiting: this.list("waiting").length, mine: this.list("mine").length };
    this.#tell("list");
  }

  /** Reads everything anew: what changed before the stream was open was reported to nobody here. Dispatches `refresh` for what others have read. */
  async #refresh() {
    const lists = new Set(["waiting", "mine", this.tab]);
    // What changed while nobody listened may have left its list: only what is read now is true.
    const old = this.#isStale ? [...this.#conversations.keys()] : [];
    if (this.#isStale || this.#unwatched === null) {
      this.#unwatched = null;
      this.reload();
    }
    this.#isStale = false;
    this.#isReading = true;
    this.#fresh.clear();
    this.#pending.clear();
    this.#next.clear();
    this.#loaded.clear();
    this.mentions.read();
    this.seen.reload();
    this.dispatchEvent(new Event("refresh"));
    this.dispatchEvent(new CustomEvent("setup", { detail: { what: null } }));
    const isRead = await Promise.all([...lists].map((tab) => this.load(tab)));
    if (isRead.every(Boolean)) {
      old.filter((id) => !this.#fresh.has(id)).forEach((id) => this.#conversations.delete(id));
      this.#sorted.clear();
      this.#tell("list");
    }
  }

  /**
   * @param {string} type
   * @param {any} data
   */
  #take(type, data) {
    if (type === "summary") {
      this.summary = data;
      this.#tell("list");
    } else if (type === "conversation") {
      const before = this.#conversations.get(data.id);
      const isSilent = this.#isComplete(data) && this.detail?.id === data.id && this.detail.lastActivityAt === data.lastActivityAt;
      this.takeConversation(data);
      if (isSilent) {
        // Nothing was said: something of the case or of the customer has changed, of which the list knows little.
        this.#reloadSoon();
      }
      if (before?.state !== data.state || before?.agent?.username !== data.agent?.username) {
        // Whose it was may have read it; read marks are events of their own.
        this.seen.reload();
      }
      this.seen.retry();
      this.dispatchEvent(new CustomEvent("arrival", { detail: { before, now: data } }));
    } else if (type === "entry") {
      this.#takeEntry(data);
    } else if (type === "case") {
      this.dispatchEvent(new CustomEvent("case", { detail: data }));
    } else if (type === "typing") {
      this.dispatchEvent(new CustomEvent("typing", { detail: data }));
    } else if (type === "scope") {
      // Conversations have come and gone by it without events of their own.
      this.#isStale = true;
      this.#refresh();
    } else if (type === "setup") {
      this.dispatchEvent(new CustomEvent("setup", { detail: data }));
    } else if (type === "read") {
      this.seen.take(data);
    } else if (type === "mention") {
      this.mentions.take(data);
      this.dispatchEvent(new CustomEvent("mentioned", { detail: data }));
    } else if (type === "gone") {
      this.#forget(data.id);
    }
  }

  /**
   * Checks, when the stream begins to watch the open conversation, whether something fell between the read and the stream; reads it again then.
   *
   * @param {import("./desk-types.js").ConversationItem} item
   * @returns {boolean} whether the stream watched the conversation before
   */
  #isComplete(item) {
    if (this.#unwatched !== item.id) {
      return true;
    }
    if (!this.#isOpen) {
      this.#hasMissed = true;
      return false;
    }
    this.#unwatched = null;
    if (this.#hasMissed) {
      this.reload();
    } else if (this.#loading?.id === item.id) {
      this.#loading.watched = item;
    } else if (this.detail?.id === item.id && differs(this.detail, item)) {
      this.reload();
    }
    return false;
  }

  /**
   * Forgets a conversation that went to a queue of others.
   *
   * @param {string} id
   */
  #forget(id) {
    this.#conversations.delete(id);
    this.#sorted.clear();
    this.#pending.forEach((reported) => reported.add(id));
    if (this.#loading?.id === id) {
      // What is being read was theirs before.
      this.#loading = null;
    }
    if (this.selected === id) {
      this.detail = null;
      this.detailFailure = { status: 404, body: { type: "urn:relay:problem:not-found" } };
      this.#tell("detail");
    }
    this.#tell("list");
  }

  /** @param {{conversationId: string, entry: import("./desk-types.js").Entry}} event */
  #takeEntry({ conversationId, entry }) {
    if (this.#loading?.id === conversationId) {
      this.#loading.entries.push(entry);
    }
    if (this.detail?.id === conversationId) {
      takeEntry(this.detail.transcript, entry);
      this.#tell("detail");
    }
  }

  /**
   * @param {import("./desk-types.js").ConversationItem} item
   * @param {string} tab
   */
  #belongs(item, tab) {
    return {
      waiting: item.state === "waiting",
      mine: item.state === "live" && item.agent?.username === this.me.username,
      open: item.state !== "closed",
      closed: item.state === "closed",
    }[tab];
  }

  /** @param {string} path */
  async #read(path) {
    try {
      return await this.api.get(path);
    } catch {
      // The page shows what it has; a lost session is noticed by the client of the interface.
      return null;
    }
  }

  /** @param {string} what */
  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

/**
 * Checks whether an event shows a conversation differently: deliveries are reported too, of which the list shows nothing.
 *
 * @param {any} known
 * @param {import("./desk-types.js").ConversationItem} now
 */
function differs(known, now) {
  return Object.entries(now).some(([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value));
}

/**
 * A list in which one conversation has changed: only that one is put into its place, because sorting a long list for each event takes longer than
 * drawing it.
 *
 * @template T
 * @param {T[]} list in its order
 * @param {T|undefined} before what is taken out
 * @param {T|null} now what is put in; null if it no longer belongs to the list
 * @param {function(T, T): number} order
 * @returns {T[]} another array, so that whoever compares lists notices the change
 */
function moved(list, before, now, order) {
  const others = list.filter((one) => one !== before);
  if (now === null) {
    return others.length === list.length ? list : others;
  }
  let low = 0;
  for (let high = others.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (order(others[middle], now) <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  others.splice(low, 0, now);
  return others;
}

/**
 * What of a conversation comes from its case, or changes it: if that differs, the case and its customer are read again.
 *
 * @param {import("./desk-types.js").ConversationItem} item
 */
function aboutCase({ state, caseNumber, agent, queue, tags, priority }) {
  return JSON.stringify([state, caseNumber, agent?.username ?? null, queue, tags, priority]);
}

/**
 * Puts an entry in its place: a new one at the end, a known one anew, a change on what it changes.
 *
 * @param {import("./desk-types.js").Entry[]} transcript
 * @param {import("./desk-types.js").Entry} entry
 */
function takeEntry(transcript, entry) {
  const at = transcript.findIndex((/** @type {import("./desk-types.js").Entry} */ other) => other.id === entry.id);
  if (at >= 0) {
    transcript[at] = entry;
  } else {
    transcript.push(entry);
  }
  const target = transcript.find((/** @type {import("./desk-types.js").Entry} */ other) => other.id === entry.target);
  if (target && entry.kind === "edit" && !target.deleted) {
    Object.assign(target, { text: entry.text, edited: true });
  } else if (target && entry.kind === "delete") {
    Object.assign(target, { text: "", deleted: true });
  }
}

/**
 * Checks whether two values read from the server are the same. It ends at the first difference, and makes no text of a long transcript.
 *
 * @param {*} one
 * @param {*} other
 * @returns {boolean}
 */
function isSame(one, other) {
  if (one === other || typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return one === other;
  }
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}
