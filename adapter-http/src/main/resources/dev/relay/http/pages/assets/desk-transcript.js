/**
 * What an agent reads: the entries of a transcript together with what this agent is just sending.
 * @module desk-transcript
 */

import { failureWords } from "./desk-failure.js";
import { plainName } from "./safe-text.js";

/** Messages of one author within this time are grouped. */
const TOGETHER_MILLISECONDS = 4 * 60_000;

/**
 * @typedef {import("./message-row.js").RowModel} RowModel
 * @typedef {import("./desk-types.js").Entry} Entry
 */

/**
 * The entries as the page shows them.
 *
 * @param {{state: string, agent?: import("./desk-types.js").Agent|null, transcript: Entry[]}} detail the conversation with its transcript
 * @param {import("./desk-sending.js").Outgoing[]} outgoing what is on its way
 * @param {{username: string, displayName: string}} me
 * @param {import("./i18n.js").Texts} texts
 * @returns {RowModel[]}
 */
export function shownTranscript(detail, outgoing, me, texts) {
  const isMine = detail.state === "live" && detail.agent?.username === me.username;
  const models = detail.transcript
    .filter((entry) => !isShownElsewhere(entry, detail.transcript))
    .map((entry) => (entry.kind === "message" || entry.kind === "whisper" ? message(entry, isMine, me, texts) : line(entry, texts)));
  models.push(...outgoing.map((item) => onTheWay(item, me)));
  models.forEach((model, index) => {
    const before = models[index - 1];
    // All of the brand's messages are on one side: below another author's the reader's own need their name.
    model.isNamed = Boolean(model.isMine && before && !before.notice && before.side === model.side && !before.isMine);
    model.continues = Boolean(
      before &&
        !before.notice &&
        !model.notice &&
        before.author === model.author &&
        before.internal === model.internal &&
        before.name === model.name &&
        Date.parse(model.at) - Date.parse(before.at) < TOGETHER_MILLISECONDS,
    );
  });
  return models;
}

/**
 * Edits are shown at the message they change; if there is a notice of the end, it replaces the entry.
 *
 * @param {Entry} entry
 * @param {Entry[]} transcript
 */
function isShownElsewhere(entry, transcript) {
  return (
    entry.kind === "edit" ||
    entry.kind === "delete" ||
    (entry.kind === "ended" && transcript.some((other) => other.notice?.startsWith("ENDED")))
  );
}

/**
 * @param {Entry} entry
 * @param {boolean} isMineNow
 * @param {{displayName: string}} me
 * @param {import("./i18n.js").Texts} texts
 * @returns {RowModel}
 */
function message(entry, isMineNow, me, texts) {
  const internal = entry.kind === "whisper";
  const isBrand = entry.author === "agent" || entry.author === "virtual_agent";
  // The transcript contains agents' display names but not their user names; the server checks who may change a message.
  const isMine = entry.author === "agent" && entry.name === me.displayName;
  return {
    key: `e-${entry.id}`,
    id: entry.id,
    side: isBrand ? "own" : "other",
    isMine,
    author: entry.author,
    internal,
    notice: false,
    name: entry.author === "customer" ? plainName(entry.name, texts.say("customer.unnamed")) : entry.name,
    at: entry.at,
    text: entry.text,
    edited: entry.edited,
    deleted: entry.deleted,
    attachments: entry.attachments,
    articles: entry.articles,
    buttons: [],
    state: isBrand && !entry.deleted && entry.delivery !== "none" ? entry.delivery : null,
    problem: {},
    continues: false,
    delivery: null,
    mayChange: isMine && isMineNow && !entry.deleted && !internal,
  };
}

/**
 * Returns why a conversation was handed over, its handoff withdrawn or the conversation ended, in the reader's language; words that are none of
 * Relay's sentences stay as they are.
 *
 * @param {string} words the English sentence
 * @param {{code: string, arguments: Record<string, string>}} reason
 * @param {import("./i18n.js").Texts} texts
 * @returns {string}
 */
function reasonWords(words, reason, texts) {
  const name = [`handoff.${reason.code}`, `endReason.${reason.code}`].find((known) => texts.has(known));
  return name ? texts.say(name, reason.arguments) : words;
}

/**
 * Returns the line that reports a failed delivery to the agents; null if the entry is no such report.
 *
 * @param {Entry} entry
 * @param {import("./i18n.js").Texts} texts
 * @returns {string|null}
 */
function notDelivered(entry, texts) {
  return entry.notice === "DELIVERY_FAILED" && entry.failureReason
    ? texts.say("entry.deliveryFailed", { reason: plainName(failureWords(entry.failureReason, entry.text, texts)) })
    : null;
}

/**
 * @param {Entry} entry
 * @param {import("./i18n.js").Texts} texts
 * @returns {RowModel}
 */
function line(entry, texts) {
  const button = `entry.button.${entry.text.toUpperCase()}`;
  const values = {
    name: plainName(entry.name, texts.say("customer.unnamed")),
    button: texts.has(button) ? texts.say(button) : entry.text,
    text: entry.reason ? reasonWords(entry.text, entry.reason, texts) : entry.text,
    words: entry.kind === "rating" ? texts.name("rating", entry.text) : "",
    comment: plainName(entry.comment),
  };
  const known = `entry.${entry.kind}`;
  const said = notDelivered(entry, texts) ?? (texts.has(known) ? texts.say(known, values) : entry.text);
  const words = values.comment ? `${said}\n${texts.say("entry.ratingComment", values)}` : said;
  return {
    key: `e-${entry.id}`,
    id: entry.id,
    notice: true,
    side: "other",
    isMine: false,
    author: "system",
    name: "",
    at: entry.at,
    text: words,
    edited: false,
    deleted: false,
    attachments: [],
    articles: [],
    buttons: [],
    state: null,
    problem: {},
    continues: false,
    delivery: null,
    mayChange: false,
  };
}

/**
 * @param {import("./desk-sending.js").Outgoing} item
 * @param {{displayName: string}} me
 * @returns {RowModel}
 */
function onTheWay(item, me) {
  return {
    key: `o-${item.clientMessageId}`,
    id: null,
    clientMessageId: item.clientMessageId,
    side: "own",
    isMine: true,
    author: "agent",
    internal: item.internal,
    notice: false,
    name: me.displayName,
    at: item.at,
    text: item.text,
    edited: false,
    deleted: false,
    attachments: item.attachments,
    articles: item.articles,
    buttons: [],
    state: item.state,
    problem: item.problem,
    continues: false,
    delivery: null,
    mayChange: false,
  };
}
