/**
 * Which messages of customers this agent has not read, as the server keeps it for all of the agent's windows.
 * @module desk-seen
 */

const RELOAD_MILLISECONDS = 500;
/** What is read within this time is told to the server together. */
const TELL_MILLISECONDS = 1_000;

/**
 * Knows the read marks of the agent. What was just read counts at once; the server learns of it in the background. Dispatches `marked` when this
 * window has marked a conversation, which it shows, and `seen` when any other may be shown differently.
 */
export class Seen extends EventTarget {
  /** Whether the server has answered: until then nothing is called unread. */
  #isKnown = false;
  /** How far the agent has read, by conversation: as the server knows it, and what was read in this window. */
  #marks = /** @type {Map<string, number>} */ (new Map());
  #own = /** @type {Map<string, number>} */ (new Map());
  /** What the server has not taken yet. */
  #untold = /** @type {Map<string, string>} */ (new Map());
  /** The conversations of which the server is being told. */
  #telling = /** @type {Set<string>} */ (new Set());
  #isReloading = false;
  #me;
  #api;

  /**
   * @param {{username: string, role: string}} me who is logged in
   * @param {import("./api.js").Api} api
   */
  constructor(me, api) {
    super();
    this.#me = me;
    this.#api = api;
  }

  /**
   * Checks whether the customer has written something that this agent, who has to answer, has not read.
   *
   * @param {import("./desk-types.js").ConversationItem} item
   */
  isUnread({ id, state, agent, last }) {
    const concerns = state === "waiting" || (state === "live" && agent?.username === this.#me.username);
    if (!concerns || !this.#isKnown || last?.author !== "customer") {
      return false;
    }
    return Number(last.id) > Math.max(this.#marks.get(id) ?? 0, this.#own.get(id) ?? 0);
  }

  /**
   * Notes that all of a conversation was on the screen.
   *
   * @param {import("./desk-types.js").ConversationItem} item
   */
  mark({ id, last }) {
    if (last && Number(last.id) > (this.#own.get(id) ?? 0)) {
      this.#own.set(id, Number(last.id));
      this.dispatchEvent(new Event("marked"));
      if (this.#me.role !== "viewer") {
        // Who only reads is waited for by nobody: the server keeps no marks of theirs.
        this.#untold.set(id, last.id);
        this.#tell(id);
      }
    }
  }

  /**
   * Takes what was read in another window of the agent.
   *
   * @param {{conversationId: string, upTo: string}} mark
   */
  take({ conversationId, upTo }) {
    const known = Math.max(this.#marks.get(conversationId) ?? 0, this.#own.get(conversationId) ?? 0);
    if (Number(upTo) > known) {
      this.#marks.set(conversationId, Number(upTo));
      this.dispatchEvent(new Event("seen"));
    }
  }

  /** Tells the server what it could not take before. */
  retry() {
    [...this.#untold.keys()].forEach((id) => this.#tell(id));
  }

  /** Asks the server what is unread, at most once in a while however often it is called. */
  reload() {
    if (this.#isReloading) {
      return;
    }
    this.#isReloading = true;
    setTimeout(async () => {
      this.#isReloading = false;
      this.retry();
      try {
        const { read } = await this.#api.get("agents/me/unread");
        this.#isKnown = true;
        this.#marks = new Map(read.map((/** @type {{conversationId: string, upTo: string}} */ mark) => [mark.conversationId, Number(mark.upTo)]));
      } catch {
        // What was known before still holds; the next change asks again.
      }
      this.dispatchEvent(new Event("seen"));
    }, RELOAD_MILLISECONDS);
  }

  /**
   * Tells the server how far a conversation was read; what is read meanwhile is told together after that.
   *
   * @param {string} id
   */
  async #tell(id) {
    if (this.#telling.has(id)) {
      return;
    }
    this.#telling.add(id);
    for (let upTo = this.#untold.get(id); upTo !== undefined; upTo = this.#untold.get(id)) {
      try {
        await this.#api.put(`conversations/${id}/read`, { upTo });
      } catch (failure) {
        if (/** @type {{isPassing?: boolean}} */ (failure).isPassing !== false) {
          // The next event or reload tells the server.
          break;
        }
      }
      if (this.#untold.get(id) === upTo) {
        this.#untold.delete(id);
      }
      await new Promise((resolve) => setTimeout(resolve, TELL_MILLISECONDS));
    }
    this.#telling.delete(id);
  }
}
