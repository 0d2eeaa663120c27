/**
 * One message as both pages show it.
 * @module message-view
 */

import { pictureAddress } from "./api.js";
import { element, icon, picture } from "./dom.js";
import { fileRow } from "./files.js";
import { messageText } from "./message-text.js";
import { initials, outsideLink, plainName, safeAddress } from "./safe-text.js";

/**
 * A message to be shown.
 *
 * @typedef {Object} ShownMessage
 * @property {string} key names it within the transcript
 * @property {"own"|"other"} side whether it is on the reader's side
 * @property {boolean} isMine whether the reader wrote it
 * @property {"customer"|"virtual_agent"|"agent"|"system"} author
 * @property {boolean} [internal] whether only agents read it
 * @property {string} name of the author
 * @property {string|null} [picture] the id of the author's picture
 * @property {string} at when
 * @property {string} text
 * @property {boolean} edited
 * @property {boolean} deleted
 * @property {Object[]} attachments
 * @property {Object[]} articles
 * @property {boolean} continues whether the message before it is by the same author, shortly before
 * @property {{icon: string, words: string, tone: string}|null} delivery how far it came
 */

/**
 * A row of the transcript.
 *
 * @param {ShownMessage} message
 * @param {Object} context as for {@link fileRow}
 * @param {HTMLElement[]} [below] further parts below the bubble: buttons, a menu
 * @returns {HTMLLIElement}
 */
export function messageRow(message, context, below = []) {
  const { texts } = context;
  return element(
    "li",
    {
      class: ["message", `message--${message.side}`, message.internal && "message--internal", message.continues && "message--continues"].filter(Boolean).join(" "),
      data: { key: message.key, author: message.author },
    },
    message.side === "own" ? null : avatar(message),
    element(
      "div",
      { class: "message__main" },
      authorLine(message, texts),
      message.internal && element("p", { class: "message__internal" }, icon("key"), element("span", { text: texts.say("internal.badge") })),
      bubble(message, context),
      ...(message.deleted ? [] : message.articles.map((article) => articleCard(article, texts, context.readArticle))),
      metaLine(message, texts),
      ...below,
    ),
  );
}

/** A line by Relay itself, in the middle. */
export function noticeRow(key, text, at, texts) {
  return element(
    "li",
    { class: "notice", data: { key, author: "system" } },
    element("span", { class: "notice__text", dir: "auto", text }),
    element("time", { class: "notice__time", datetime: at, text: texts.time(at) }),
  );
}

/** The line that begins a day. */
export function dayRow(at, texts) {
  return element("li", { class: "day" }, element("span", { text: texts.day(at) }));
}

/** An article: its title, the passage that answers, and all of it: here if the page can show it, else by a link. */
export function articleCard(article, texts, read) {
  const address = safeAddress(article.url);
  return element(
    "article",
    { class: address ? "article article--linked" : "article" },
    element("p", { class: "article__kind" }, icon("book"), element("span", { text: texts.say("article.kind") })),
    element("h3", { class: "article__title", dir: "auto", text: plainName(article.title, article.articleId) }),
    article.passage && element("p", { class: "article__passage", dir: "auto", text: article.passage }),
    read
      ? element("button", {
          type: "button",
          class: "article__link link",
          data: { article: article.articleId },
          text: texts.say("article.read"),
          on: { click: () => read(article.articleId) },
        })
      : address && outsideLink(address, texts.say("article.read"), "article__link link"),
  );
}

function avatar(message) {
  const box = element("div", { class: `avatar avatar--${message.author}`, "aria-hidden": "true" });
  const symbol = message.author === "virtual_agent" ? icon("spark") : initials(message.name);
  box.append(message.picture ? picture(pictureAddress(message.picture), symbol) : symbol);
  return box;
}

function authorLine(message, texts) {
  const { isMine } = message;
  return element(
    "p",
    { class: `message__author${isMine || message.continues ? " visually-hidden" : ""}` },
    element("bdi", { class: "message__name", text: isMine ? texts.say("author.you") : authorName(message, texts) }),
    isMine ? null : element("span", { class: "message__role", text: texts.say(`author.${message.author}`) }),
  );
}

function authorName(message, texts) {
  return plainName(message.name, texts.say(`author.${message.author}`));
}

function bubble(message, context) {
  const { texts } = context;
  if (message.deleted) {
    return element("div", { class: "message__bubble message__bubble--deleted", text: texts.say("message.deleted") });
  }
  if (!message.text && message.attachments.length === 0) {
    return null;
  }
  const labels = { more: texts.say("message.more"), less: texts.say("message.less") };
  return element(
    "div",
    { class: "message__bubble" },
    message.text && messageText(message.text, labels),
    ...message.attachments.map((file) => fileRow(file, context)),
  );
}

function metaLine(message, texts) {
  return element(
    "p",
    { class: "message__meta" },
    element("time", { datetime: message.at, title: texts.moment(message.at), text: texts.time(message.at) }),
    message.edited && !message.deleted && element("span", { text: texts.say("message.edited") }),
    message.delivery &&
      element(
        "span",
        { class: `delivery delivery--${message.delivery.tone}` },
        icon(message.delivery.icon),
        element("span", { class: "delivery__words", text: message.delivery.words }),
      ),
  );
}
