/**
 * Markdown as Discord shows it in an announcement. Every text enters the page as text, and only https addresses become links.
 * @module desk-markdown
 */

import { safeAddress } from "./safe-text.js";
import { html } from "./ui.js";

/** Marks within marks beyond this depth stay as they were written. */
const DEEPEST = 5;
const INLINE =
  /\\([\\*_~`|>#[\]()-])|`([^`\n]+)`|\*\*([^]+?)\*\*|__([^]+?)__|~~([^]+?)~~|\|\|([^]+?)\|\||\*(?!\s)([^*]+?)\*|\b_(?!\s)([^_]+?)_\b|\[([^\]\n]+)\]\((https:\/\/[^\s)]+)\)|(https:\/\/[^\s<>]+)/;

/**
 * The parts of a text.
 *
 * @param {string} text
 * @returns {*} what a component returns
 */
export function markdown(text) {
  return text.split(/(```[^]*?```)/).map((part) => {
    const block = /^```(?:\w*\n)?([^]*?)```$/.exec(part);
    return block ? html`<pre><code>${block[1]}</code></pre>` : lines(part);
  });
}

/** @param {string} text */
function lines(text) {
  return text.split("\n").map((line, place, all) => {
    const [, mark, rest] = /^(#{1,3}|>|[-*]) (.+)$/.exec(line) ?? [null, "", line];
    if (mark === ">") {
      return html`<blockquote>${inline(rest)}</blockquote>`;
    }
    if (mark === "-" || mark === "*") {
      return html`<div class="markdown__item">${inline(rest)}</div>`;
    }
    if (mark) {
      return html`<div class=${`markdown__head markdown__head--${mark.length}`}>${inline(rest)}</div>`;
    }
    return html`${inline(line)}${place < all.length - 1 && html`<br />`}`;
  });
}

/**
 * @param {string} text
 * @param {number} [depth]
 * @returns {*}
 */
function inline(text, depth = 0) {
  const found = depth < DEEPEST ? INLINE.exec(text) : null;
  if (!found) {
    return text;
  }
  const parts = [];
  let rest = text;
  for (let match = /** @type {RegExpExecArray|null} */ (found); match; match = INLINE.exec(rest)) {
    parts.push(rest.slice(0, match.index), shown(match, depth + 1));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...parts, rest];
}

/**
 * @param {RegExpExecArray} match
 * @param {number} depth
 */
function shown([all, escaped, code, bold, underlined, struck, hidden, italic, alsoItalic, label, target, address], depth) {
  if (escaped) {
    return escaped;
  }
  if (code) {
    return html`<code>${code}</code>`;
  }
  if (bold) {
    return html`<strong>${inline(bold, depth)}</strong>`;
  }
  if (underlined) {
    return html`<u>${inline(underlined, depth)}</u>`;
  }
  if (struck) {
    return html`<s>${inline(struck, depth)}</s>`;
  }
  if (hidden) {
    return html`<span class="markdown__spoiler">${inline(hidden, depth)}</span>`;
  }
  if (italic || alsoItalic) {
    return html`<em>${inline(italic || alsoItalic, depth)}</em>`;
  }
  const link = safeAddress(target ?? address);
  return link ? html`<a class="link" href=${link} target="_blank" rel="noopener noreferrer nofollow">${label ?? address}</a>` : all;
}
