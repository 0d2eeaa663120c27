/**
 * One message as both pages show it.
 * @module message-view
 */

import { pictureAddress } from "./api.js";
import { FileRow } from "./files.js";
import { MessageText } from "./message-text.js";
import { useState } from "./preact-hooks.js";
import { initials, outsideLink, plainName, safeAddress } from "./safe-text.js";
import { Icon, html } from "./ui.js";

/**
 * An article of the knowledge base, as a message names it.
 *
 * @typedef {{articleId: string, title: string, passage?: string, url?: string|null}} ShownArticle
 */

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
 * @property {import("./files.js").Attachment[]} attachments
 * @property {ShownArticle[]} articles
 * @property {boolean} continues whether the message before it is by the same author, shortly before
 * @property {boolean} [isNamed] whether the reader's own message shows who wrote it
 * @property {{icon: string, words: string, tone: string}|null} delivery how far it came
 */

/**
 * What messages are shown with.
 *
 * @typedef {import("./files.js").FileContext & {readArticle?: function(string): void}} MessageContext
 */

/**
 * A row of the transcript.
 *
 * @param {Object} properties
 * @param {ShownMessage} properties.message
 * @param {MessageContext} properties.context
 * @param {*} [properties.change] the button in front of an own message
 * @param {*} [properties.editor] what replaces the text while it is changed
 * @param {*} [properties.children] further parts below the bubble
 */
export function Message({ message, context, change, editor, children }) {
  const { texts, readArticle } = context;
  const { side, internal, continues, author, deleted } = message;
  const name = ["message", `message--${side}`, internal && "message--internal", continues && "message--continues"].filter(Boolean).join(" ");
  return html`<li class=${name} data-key=${message.key} data-author=${author}>
    ${change}
    ${side !== "own" && html`<${Avatar} message=${message} />`}
    <div class="message__main">
      <${AuthorLine} message=${message} texts=${texts} />
      ${internal && html`<p class="message__internal"><${Icon} name="key" /><span>${texts.say("internal.badge")}</span></p>`}
      ${editor ?? html`<${Bubble} message=${message} context=${context} />`}
      ${!deleted && message.articles.map((article) => html`<${ArticleCard} key=${article.articleId} article=${article} texts=${texts} read=${readArticle} />`)}
      <${MetaLine} message=${message} texts=${texts} />
      ${children}
    </div>
  </li>`;
}

/**
 * A line by Relay itself, in the middle.
 *
 * @param {{id: string, text: *, at: string, texts: import("./i18n.js").Texts, children?: *}} properties
 */
export function Notice({ id, text, at, texts, children }) {
  return html`<li class="notice" data-key=${id} data-author="system">
    <span class="notice__text" dir="auto">${text}</span>
    <time class="notice__time" datetime=${at}>${texts.time(at)}</time>
    ${children}
  </li>`;
}

/**
 * The line that begins a day.
 *
 * @param {{at: string, texts: import("./i18n.js").Texts}} properties
 */
export function Day({ at, texts }) {
  return html`<li class="day"><span>${texts.day(at)}</span></li>`;
}

/**
 * An article: its title, the passage that answers, and all of it: here if the page can show it, else by a link.
 *
 * @param {{article: ShownArticle, texts: import("./i18n.js").Texts, read?: function(string): void}} properties
 */
function ArticleCard({ article, texts, read }) {
  const address = safeAddress(article.url);
  return html`<article class=${address ? "article article--linked" : "article"}>
    <p class="article__kind"><${Icon} name="book" /><span>${texts.say("article.kind")}</span></p>
    <h3 class="article__title" dir="auto">${plainName(article.title, article.articleId)}</h3>
    ${article.passage && html`<p class="article__passage" dir="auto">${article.passage}</p>`}
    ${read
      ? html`<button type="button" class="article__link link" data-article=${article.articleId} onClick=${() => read(article.articleId)}>${texts.say("article.read")}</button>`
      : address && outsideLink(address, texts.say("article.read"), "article__link link")}
  </article>`;
}

/** @param {{message: ShownMessage}} properties */
function Avatar({ message: { author, name, picture } }) {
  const [isMissing, setMissing] = useState(false);
  return html`<div class=${`avatar avatar--${author}`} aria-hidden="true">
    ${picture && !isMissing
      ? html`<img class="portrait" src=${pictureAddress(picture)} alt="" onError=${() => setMissing(true)} />`
      : author === "virtual_agent"
        ? html`<${Icon} name="spark" />`
        : initials(name)}
  </div>`;
}

/** @param {{message: ShownMessage, texts: import("./i18n.js").Texts}} properties */
function AuthorLine({ message: { isMine, isNamed, continues, name, author }, texts }) {
  const words = isMine ? texts.say("author.you") : plainName(name, texts.say(`author.${author}`));
  return html`<p class=${`message__author${(isMine && !isNamed) || continues ? " visually-hidden" : ""}`}>
    <bdi class="message__name">${words}</bdi>${!isMine && html`<span class="message__role">${texts.say(`author.${author}`)}</span>`}
  </p>`;
}

/** @param {{message: ShownMessage, context: MessageContext}} properties */
function Bubble({ message: { text, deleted, attachments }, context }) {
  const { texts } = context;
  if (deleted) {
    return html`<div class="message__bubble message__bubble--deleted">${texts.say("message.deleted")}</div>`;
  }
  if (!text && attachments.length === 0) {
    return null;
  }
  const labels = { more: texts.say("message.more"), less: texts.say("message.less") };
  return html`<div class="message__bubble">
    ${text && html`<${MessageText} key=${text} text=${text} labels=${labels} />`}
    ${attachments.map((file) => html`<${FileRow} key=${file.id} file=${file} context=${context} />`)}
  </div>`;
}

/** @param {{message: ShownMessage, texts: import("./i18n.js").Texts}} properties */
function MetaLine({ message: { at, edited, deleted, delivery }, texts }) {
  return html`<p class="message__meta">
    <time datetime=${at} title=${texts.moment(at)}>${texts.time(at)}</time>
    ${edited && !deleted && html`<span>${texts.say("message.edited")}</span>`}
    ${delivery && html`<span class=${`delivery delivery--${delivery.tone}`}><${Icon} name=${delivery.icon} /><span class="delivery__words">${delivery.words}</span></span>`}
  </p>`;
}
