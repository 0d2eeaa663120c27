/**
 * Shows what people wrote. A text is never read as HTML: it becomes text and a few elements that this module makes for a small part
 * of Markdown: bold, italic, code, lists, quotations and links to https addresses. There are no pictures, and no attribute comes from the
 * text but the address of a link.
 * @module message-text
 */

import { h } from "./preact.js";
import { useState } from "./preact-hooks.js";
import { outsideLink, safeAddress, shownAddress } from "./safe-text.js";
import { html } from "./ui.js";

/** Longer texts are shown in part at first. */
const LONG_TEXT = 1500;
const LONG_LINES = 24;
/** How deep bold and italic words are looked for within each other. */
const DEEPEST = 3;

const FENCE = /^```[\w+#.-]{0,20}\s*$/;
const QUOTE = /^> ?/;
const BULLET = /^[-*] +(?=\S)/;
const NUMBER = /^(\d{1,9})[.)] +(?=\S)/;
/**
 * What has a meaning within a line. The marks of bold and italic stand at the edges of words, so that a product (2*3*4) or a name
 * (snake_case) stays as it is. All lengths are bounded, so that no text takes long.
 */
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]{1,500})`",
    "(?<!!)\\[(?<label>[^\\[\\]\\n]{1,200})\\]\\((?<target>https://[^\\s()<>\"'`]{1,2000})\\)",
    "(?<address>https://[^\\s<>\"'`\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]+)",
    "(?<![\\p{L}\\p{N}*])\\*\\*(?<bold>[^\\s*](?:[^\\n]{0,300}?\\S)??)\\*\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}*])\\*(?<starred>[^\\s*](?:[^*\\n]{0,300}?[^\\s*])??)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?<lined>[^\\s_](?:[^_\\n]{0,300}?[^\\s_])??)_(?![\\p{L}\\p{N}_])",
  ].join("|"),
  "gu",
);

/**
 * A part of a text: words or an element.
 *
 * @typedef {import("./preact.js").VNode|string} Part
 */

/**
 * A message's text. Its direction is its own: whatever it holds cannot turn the text around it.
 *
 * @param {Object} properties
 * @param {string} properties.text
 * @param {{more: string, less: string}} properties.labels words of the button below a long text
 */
export function MessageText({ text, labels }) {
  const [isShort, setShort] = useState(true);
  const lines = text.split("\n");
  const isLong = text.length > LONG_TEXT || lines.length > LONG_LINES;
  const body = html`<div class=${`message-text${isLong && isShort ? " message-text--shortened" : ""}`} dir="auto">${blocks(lines)}</div>`;
  return isLong
    ? html`<div>
        ${body}
        <button type="button" class="button button--quiet button--small" aria-expanded=${String(!isShort)} onClick=${() => setShort(!isShort)}>${isShort ? labels.more : labels.less}</button>
      </div>`
    : body;
}

/**
 * Lines that belong together, as parts; lines without a meaning of their own stay text with its line breaks.
 *
 * @param {string[]} lines
 * @returns {Part[]}
 */
export function blocks(lines) {
  /** @type {Part[]} */
  const nodes = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length > 0) {
      nodes.push(...inline(plain.join("\n")));
    }
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const block = blockAt(lines, at);
    if (block) {
      flush();
      nodes.push(block.node);
      at = block.next;
    } else {
      plain.push(lines[at]);
      at += 1;
    }
  }
  flush();
  return nodes;
}

/**
 * @param {string[]} lines
 * @param {number} at
 * @returns {{node: Part, next: number}|null}
 */
function blockAt(lines, at) {
  const line = lines[at];
  if (FENCE.test(line)) {
    const end = lines.indexOf("```", at + 1);
    if (end > at + 1) {
      return { node: h("pre", null, h("code", null, lines.slice(at + 1, end).join("\n"))), next: end + 1 };
    }
  }
  for (const [mark, made] of BLOCKS) {
    let next = at;
    while (next < lines.length && mark.test(lines[next])) {
      next += 1;
    }
    if (next > at) {
      return { node: made(lines.slice(at, next)), next };
    }
  }
  return null;
}

/** @type {[RegExp, function(string[]): Part][]} */
const BLOCKS = [
  [QUOTE, (lines) => h("blockquote", null, ...inline(lines.map((line) => line.replace(QUOTE, "")).join("\n")))],
  [BULLET, (lines) => h("ul", null, ...lines.map((line) => h("li", null, ...inline(line.replace(BULLET, "")))))],
  [NUMBER, (lines) => h("ol", null, ...lines.map((line) => h("li", { value: NUMBER.exec(line)?.[1] }, ...inline(line.replace(NUMBER, "")))))],
];

/**
 * @param {string} text
 * @param {number} [depth]
 * @returns {Part[]}
 */
function inline(text, depth = 0) {
  /** @type {Part[]} */
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const found = meaning(/** @type {Object<string, string>} */ (match.groups), depth);
    if (found) {
      nodes.push(text.slice(from, match.index), ...found.nodes);
      from = match.index + (found.length ?? match[0].length);
    }
  }
  nodes.push(text.slice(from));
  return nodes;
}

/**
 * @param {Object<string, string>} found
 * @param {number} depth
 * @returns {{nodes: Part[], length?: number}|null} null if it is plain text after all
 */
function meaning({ code, label, target, address, bold, starred, lined }, depth) {
  if (code !== undefined) {
    return { nodes: [h("code", null, code)] };
  }
  if (label !== undefined) {
    return namedLink(label, target);
  }
  if (address !== undefined) {
    const written = address.replace(/[.,;:!?)\]}*_]+$/, "");
    const safe = safeAddress(written);
    return safe ? { nodes: [outsideLink(safe, shownAddress(written, safe))], length: written.length } : null;
  }
  if (depth === DEEPEST) {
    return null;
  }
  /** @type {["strong"|"em", string]} */
  const [tag, words] = bold !== undefined ? ["strong", bold] : ["em", starred ?? lined];
  return { nodes: [h(tag, null, ...inline(words, depth + 1))] };
}

/**
 * The words of a text without the marks of its Markdown, for a preview of one line. What looks like a mark and is none stays.
 *
 * @param {string} text
 * @returns {string}
 */
export function plainWords(text) {
  const lines = text.split("\n").filter((line) => !/^```/.test(line));
  return lines.map((line) => unmarked(line.replace(QUOTE, "").replace(BULLET, ""), 0)).join("\n");
}

/**
 * @param {string} text
 * @param {number} depth
 * @returns {string}
 */
function unmarked(text, depth) {
  return text.replace(INLINE, (whole, ...rest) => {
    const { code, label, bold, starred, lined } = rest.at(-1);
    const words = bold ?? starred ?? lined;
    return code ?? label ?? (words === undefined || depth === DEEPEST ? whole : unmarked(words, depth + 1));
  });
}

/** A link with words of its own; the host is shown beside them, because words can name another one. */
function namedLink(/** @type {string} */ label, /** @type {string} */ target) {
  const safe = safeAddress(target);
  return safe ? { nodes: [outsideLink(safe, label), ` (${new URL(safe).host})`] } : null;
}
