/**
 * The transcript from the event stream, together with the messages that are still being sent.
 * @module chat-transcript
 */

/** Messages of one author within this time are grouped. */
const TOGETHER_MILLISECONDS = 4 * 60_000;

/**
 * @typedef {import("./message-row.js").RowModel} RowModel
 * @typedef {import("./chat-outbox.js").OutgoingItem} OutgoingItem
 */

/**
 * A message as the stream sends it.
 *
 * @typedef {Object} ChatEntry
 * @property {string} id
 * @property {string|null} [clientMessageId]
 * @property {"customer"|"virtual_agent"|"agent"|"system"} author
 * @property {string} name
 * @property {string|null} [picture] the id of the author's picture
 * @property {string|null} [notice] the kind of a notice
 * @property {string} at
 * @property {string} text
 * @property {boolean} [edited]
 * @property {boolean} [deleted]
 * @property {import("./files.js").Attachment[]} attachments
 * @property {import("./message-view.js").ShownArticle[]} articles
 * @property {string[]} [buttons]
 */

/** The customer's view of all messages in the session. */
export class ChatTranscript {
  /** @type {Map<string, ChatEntry>} */
  #entries = new Map();
  /** @type {Map<string, string>} */
  #byClientId = new Map();
  /** @type {Map<string, string>} */
  #deliveries = new Map();
  /** @type {Map<string, OutgoingItem & {messageId: string|null}>} */
  #accepted = new Map();

  /** Forgets everything: another session begins. */
  clear() {
    [this.#entries, this.#byClientId, this.#deliveries, this.#accepted].forEach((map) => map.clear());
  }

  /** Checks whether there are no messages yet. */
  get isEmpty() {
    return this.#entries.size === 0;
  }

  /**
   * Takes an event of the stream; the same event again changes nothing.
   *
   * @param {string} type
   * @param {any} data
   * @returns {ChatEntry|null} the message, if it is a new one
   */
  take(type, data) {
    if (type === "message") {
      return this.#takeMessage(data);
    }
    const target = this.#entries.get(data.target);
    if (type === "delivery") {
      this.#deliveries.set(data.id, data.state);
    } else if (target && type === "edit" && !target.deleted) {
      target.text = data.text;
      // A notice is brought up to date, which is nothing that customers need to know.
      target.edited = !target.notice;
    } else if (target && type === "delete") {
      target.deleted = true;
      target.text = "";
    }
    return null;
  }

  /**
   * Takes an earlier page of the transcript, which comes before all that is known.
   *
   * @param {{name: string, data: any}[]} events
   */
  takeEarlier(events) {
    const later = this.#entries;
    this.#entries = new Map();
    events.forEach(({ name, data }) => later.has(data.id) || this.take(name, data));
    later.forEach((entry, id) => this.#entries.set(id, entry));
  }

  /**
   * Notes that the server has a message which the stream may show only later.
   *
   * @param {OutgoingItem} item
   * @param {string|null} messageId
   */
  accepted(item, messageId) {
    if (!item.action && !this.#byClientId.has(item.clientMessageId)) {
      this.#accepted.set(item.clientMessageId, { ...item, messageId });
    }
  }

  /**
   * Everything in its order, ready to be shown.
   *
   * @param {OutgoingItem[]} outgoing
   * @returns {RowModel[]} messages and notices, see message-view.js
   */
  shown(outgoing) {
    const entries = [...this.#entries.values()];
    const endedAt = entries.findLastIndex((entry) => entry.notice?.startsWith("ENDED"));
    const onTheWay = [...this.#accepted.values(), ...outgoing.filter((item) => !item.action)].filter(
      (item) => !this.#byClientId.has(item.clientMessageId),
    );
    const all = [
      ...entries.map((entry, index) => this.#shownEntry(entry, index > endedAt)),
      ...onTheWay.map((item) => shownItem(item)),
    ];
    all.forEach((model, index) => {
      model.continues = continues(all[index - 1], model);
    });
    // What was refused has not been said: it answers no question.
    const last = all.findLast((model) => !model.notice && model.state !== "rejected");
    // The rating belongs to the conversation that has just ended, until something is said again.
    const since = all.slice(last ? all.indexOf(last) + 1 : 0);
    const ended = since.findLast((model) => model.buttons.includes("rate"));
    // So does a question of Relay's, or what it told of a case.
    const asked = since.findLast((model) => model.buttons.some((name) => OF_NOTICES.includes(name)));
    all.filter((model) => model !== last && model !== ended && model !== asked).forEach((model) => {
      model.buttons = [];
    });
    if (last && since.some((model) => model.notice)) {
      // Relay has said something since: whether the answer helped is settled, the way to a person is not.
      last.buttons = last.buttons.filter((name) => name === "talk_to_person");
    }
    return all;
  }

  /** @param {ChatEntry} data */
  #takeMessage(data) {
    if (this.#entries.has(data.id)) {
      return null;
    }
    this.#entries.set(data.id, { ...data });
    if (data.clientMessageId) {
      this.#byClientId.set(data.clientMessageId, data.id);
      this.#accepted.delete(data.clientMessageId);
    }
    return data;
  }

  /**
   * @param {ChatEntry} entry
   * @param {boolean} isCurrent whether it belongs to the present conversation
   * @returns {RowModel}
   */
  #shownEntry(entry, isCurrent) {
    const own = entry.author === "customer";
    return {
      key: entry.clientMessageId ? `c-${entry.clientMessageId}` : `e-${entry.id}`,
      id: entry.id,
      clientMessageId: entry.clientMessageId ?? null,
      side: own ? "own" : "other",
      isMine: own,
      author: entry.author,
      notice: entry.author === "system",
      name: entry.name,
      picture: entry.picture ?? null,
      at: entry.at,
      text: entry.text,
      edited: entry.edited === true,
      deleted: entry.deleted === true,
      attachments: entry.attachments,
      articles: entry.articles,
      buttons: entry.buttons ?? [],
      state: own && !entry.deleted ? (this.#deliveries.get(entry.id) ?? "sent") : null,
      problem: {},
      continues: false,
      delivery: null,
      mayChange: own && isCurrent && !entry.deleted && Boolean(entry.clientMessageId),
    };
  }
}

/** The buttons below notices, which are answers to Relay and not to a message. */
export const OF_NOTICES = ["it_is_solved", "still_need_help", "stop_case_notices", "resume_case_notices"];

/**
 * @param {OutgoingItem & {messageId?: string|null}} item
 * @returns {RowModel}
 */
function shownItem(item) {
  return {
    key: `c-${item.clientMessageId}`,
    id: null,
    clientMessageId: item.clientMessageId,
    side: "own",
    isMine: true,
    author: "customer",
    notice: false,
    name: "",
    at: item.at,
    text: item.text,
    edited: false,
    deleted: false,
    attachments: item.attachments,
    articles: [],
    buttons: [],
    state: item.messageId ? "sent" : item.state,
    problem: item.problem ?? {},
    continues: false,
    delivery: null,
    mayChange: false,
  };
}

/**
 * @param {RowModel|undefined} before
 * @param {RowModel} model
 */
function continues(before, model) {
  return Boolean(
    before &&
      !before.notice &&
      !model.notice &&
      before.author === model.author &&
      before.name === model.name &&
      Date.parse(model.at) - Date.parse(before.at) < TOGETHER_MILLISECONDS,
  );
}
