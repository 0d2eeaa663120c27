/**
 * The state of the desk: conversations, counts, the open conversation. Views listen to it.
 * @module desk-store
 */

import { query } from "./api.js";
import { Mentions } from "./desk-mentions.js";
import { Seen } from "./desk-seen.js";
import { EventStream } from "./stream.js";

/** The lists of conversations, in their order on the page. */
export const TABS = ["waiting", "mine", "open", "closed"];
const PAGE = 100;
/** How long the first list waits, in milliseconds, for the stream to be open; something on the way may hold the stream back. */
const PATIENCE = 2_000;
/** How many entries of a transcript are read at a time, from its end. */
const TRANSCRIPT_PAGE = 60;

/** Keeps itself up to date by the desk's event stream, and reads everything anew after every reconnect. */
export class DeskStore extends EventTarget {
  #conversations = new Map();
  /** The lists in their order, until a conversation changes. */
  #sorted = new Map();
  #pending = new Set();
  /** The conversations that were read or reported since the last refresh began. */
  #fresh = new Set();
  #next = new Map();
  #loaded = new Set();
  #stream = null;
  /** The read in progress: its conversation, the entries received meanwhile, and whether to read again. */
  #loading = null;
  /** Whether the connection was lost since the lists were read. */
  #isStale = false;
  /** Whether lists are read: not before the stream is open, because what is read earlier has to be read again. */
  #isReading = false;

  /**
   * @param {import("./api.js").Api} api
   * @param {{username: string, displayName: string, role: string}} me who is logged in
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
    this.selected = null;
    this.detail = null;
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

  /** Stops for good. */
  stop() {
    this.#stream?.stop();
  }

  /** How many conversations a list contains; null if they are not counted. */
  count(tab) {
    const { waiting, live, bot, mine } = this.summary;
    return { waiting, mine, open: waiting + live + bot, closed: null }[tab];
  }

  /** The conversations of a list, in its order. */
  list(tab) {
    if (!this.#sorted.has(tab)) {
      const all = [...this.#conversations.values()].filter((item) => this.#belongs(item, tab));
      const order = tab === "waiting" ? (a, b) => a.sinceTime - b.sinceTime : (a, b) => b.activeTime - a.activeTime;
      this.#sorted.set(tab, all.sort(order));
    }
    return this.#sorted.get(tab);
  }

  /** Returns whether a list was read, and whether there is more of it. */
  state(tab) {
    return { isLoaded: this.#loaded.has(tab), hasMore: Boolean(this.#next.get(tab)) };
  }

  /** Shows another list. */
  choose(tab) {
    this.tab = tab;
    if (this.#isReading && !this.#loaded.has(tab)) {
      this.load(tab);
    }
    this.#tell("list");
  }

  /** Reads the next page of a list; returns whether that worked. */
  async load(tab) {
    if (this.#pending.has(tab)) {
      return false;
    }
    this.#pending.add(tab);
    const wanted = { waiting: { state: "waiting" }, mine: { state: "live", mine: true }, open: {}, closed: { state: "closed" } };
    const after = this.#next.get(tab);
    const page = await this.#read(`conversations${query({ ...wanted[tab], after, limit: PAGE })}`);
    this.#pending.delete(tab);
    if (page) {
      page.items.forEach((item) => this.#keep(item));
      this.#next.set(tab, page.next);
      this.#loaded.add(tab);
      this.#tell("list");
    }
    return page !== null;
  }

  /** Opens a conversation, or none. */
  select(id) {
    if (this.selected !== id) {
      this.selected = id;
      this.detail = null;
      this.detailFailure = null;
      this.#tell("detail");
      if (id !== null) {
        // The new stream reads the conversation as soon as it listens to it: nothing falls in between.
        this.#listen();
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
    const loading = { id, entries: [], again: false };
    this.#loading = loading;
    try {
      const detail = await this.#whole(id);
      if (this.#loading === loading && this.selected === id) {
        // What the stream has brought meanwhile may be newer than what was read.
        loading.entries.forEach((entry) => takeEntry(detail.transcript, entry));
        this.detail = detail;
        this.detailFailure = null;
      }
    } catch (failure) {
      if (this.selected === id && this.detail === null) {
        this.detailFailure = failure;
      }
    } finally {
      if (this.#loading === loading) {
        this.#loading = null;
      }
    }
    this.#tell("detail");
    if (loading.again) {
      this.reload();
    }
  }

  /** Takes what a call answered about a conversation. */
  takeConversation(item) {
    this.#keep(item);
    if (this.detail?.id === item.id) {
      const isOther = aboutCase(this.detail) !== aboutCase(item);
      Object.assign(this.detail, item);
      if (isOther) {
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

  #keep(item) {
    this.#fresh.add(item.id);
    // Read once: sorting a long list compares each time often.
    this.#conversations.set(item.id, { ...item, sinceTime: Date.parse(item.since), activeTime: Date.parse(item.lastActivityAt) });
    this.#sorted.clear();
  }

  /** Reads the end of a transcript, and keeps what was read of its beginning if nothing is missing in between. */
  async #whole(id) {
    const detail = await this.api.get(`conversations/${id}${query({ last: true, limit: TRANSCRIPT_PAGE })}`);
    const known = this.detail?.id === id ? this.detail : null;
    const first = Number(detail.transcript[0]?.id ?? 0);
    const earlier = known?.transcript.filter((entry) => Number(entry.id) < first) ?? [];
    if (earlier.length > 0 && known.transcript.some((entry) => Number(entry.id) >= first)) {
      detail.transcript.unshift(...earlier);
      detail.previous = known.previous;
    }
    return detail;
  }

  /** Reads earlier entries of the open conversation. */
  async loadEarlier() {
    const { detail } = this;
    const page = await this.#read(`conversations/${detail.id}${query({ before: detail.previous, limit: TRANSCRIPT_PAGE })}`);
    if (page && this.detail === detail) {
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

  #connection(state, isContinued) {
    if (state === "open") {
      this.isConnected = true;
      if (isContinued && !this.#isStale && this.#loaded.size > 0) {
        this.reload();
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

  async #refresh() {
    const lists = new Set(["waiting", "mine", this.tab]);
    // What changed while nobody listened may have left its list: only what is read now is true.
    const old = this.#isStale ? [...this.#conversations.keys()] : [];
    this.#isStale = false;
    this.#isReading = true;
    this.#fresh.clear();
    this.#next.clear();
    this.#loaded.clear();
    this.mentions.read();
    this.reload();
    this.seen.reload();
    const isRead = await Promise.all([...lists].map((tab) => this.load(tab)));
    if (isRead.every(Boolean)) {
      old.filter((id) => !this.#fresh.has(id)).forEach((id) => this.#conversations.delete(id));
      this.#sorted.clear();
      this.#tell("list");
    }
  }

  #take(type, data) {
    if (type === "summary") {
      this.summary = data;
      this.#tell("list");
    } else if (type === "conversation") {
      const before = this.#conversations.get(data.id);
      const isSilent = this.detail?.id === data.id && this.detail.lastActivityAt === data.lastActivityAt;
      this.takeConversation(data);
      if (isSilent) {
        // Nothing was said: something of the case or of the customer has changed, of which the list knows little.
        this.reload();
      }
      this.seen.reload();
      this.dispatchEvent(new CustomEvent("arrival", { detail: { before, now: data } }));
    } else if (type === "entry") {
      this.#takeEntry(data);
    } else if (type === "case") {
      this.dispatchEvent(new CustomEvent("case", { detail: data }));
    } else if (type === "typing") {
      this.dispatchEvent(new CustomEvent("typing", { detail: data }));
    } else if (type === "mention") {
      this.mentions.take(data);
      this.dispatchEvent(new CustomEvent("mentioned", { detail: data }));
    } else if (type === "gone") {
      this.#forget(data.id);
    }
  }

  /** Forgets a conversation that went to a queue of others. */
  #forget(id) {
    this.#conversations.delete(id);
    this.#sorted.clear();
    if (this.selected === id) {
      this.detail = null;
      this.detailFailure = { status: 404, body: { type: "urn:relay:problem:not-found" } };
      this.#tell("detail");
    }
    this.#tell("list");
  }

  #takeEntry({ conversationId, entry }) {
    if (this.#loading?.id === conversationId) {
      this.#loading.entries.push(entry);
    }
    if (this.detail?.id === conversationId) {
      takeEntry(this.detail.transcript, entry);
      this.#tell("detail");
    }
  }

  #belongs(item, tab) {
    return {
      waiting: item.state === "waiting",
      mine: item.state === "live" && item.agent?.username === this.me.username,
      open: item.state !== "closed",
      closed: item.state === "closed",
    }[tab];
  }

  async #read(path) {
    try {
      return await this.api.get(path);
    } catch {
      // The page shows what it has; a lost session is noticed by the client of the interface.
      return null;
    }
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

/**
 * What of a conversation comes from its case, or changes it: if that differs, the case and its customer are read again.
 *
 * @param {import("./desk-types.js").ConversationItem} item
 */
function aboutCase({ state, caseNumber, agent, queue, tags, priority }) {
  return JSON.stringify([state, caseNumber, agent?.username ?? null, queue, tags, priority]);
}

/** Puts an entry in its place: a new one at the end, a known one anew, a change on what it changes. */
function takeEntry(transcript, entry) {
  const at = transcript.findIndex((other) => other.id === entry.id);
  if (at >= 0) {
    transcript[at] = entry;
  } else {
    transcript.push(entry);
  }
  const target = transcript.find((other) => other.id === entry.target);
  if (target && entry.kind === "edit" && !target.deleted) {
    Object.assign(target, { text: entry.text, edited: true });
  } else if (target && entry.kind === "delete") {
    Object.assign(target, { text: "", deleted: true });
  }
}
