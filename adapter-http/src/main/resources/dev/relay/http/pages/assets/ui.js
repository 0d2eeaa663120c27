/**
 * What components are made of: Preact with htm, which needs no build step. Every text enters the page as text, never as markup.
 * @module ui
 */

import htm from "./htm.js";
import { h } from "./preact.js";
import { useLayoutEffect, useReducer, useRef } from "./preact-hooks.js";

/** Makes what a component returns, from a template. */
export const html = htm.bind(h);

/** The longest that a drawing waits for a frame, in milliseconds: a hidden page has none. */
const LONGEST_FRAME = 100;

/**
 * Draws the component again whenever one of these events happens, at most once per frame however many there are.
 *
 * @param {EventTarget} target usually a store
 * @param {...string} names the types of events
 */
export function useEvents(target, ...names) {
  const [, redraw] = useReducer((/** @type {number} */ count, /** @type {null} */ _) => count + 1, 0);
  useLayoutEffect(() => {
    const listen = oncePerFrame(() => redraw(null));
    names.forEach((name) => target.addEventListener(name, listen));
    return () => names.forEach((name) => target.removeEventListener(name, listen));
  }, [target]);
}

/**
 * Returns a value, and draws the component again when an event has changed it, at most once per frame.
 *
 * @template T
 * @param {EventTarget} target usually a store
 * @param {string} name the type of the events
 * @param {function(): T} read reads the value, which is compared by its identity
 * @returns {T}
 */
export function useValue(target, name, read) {
  const [, redraw] = useReducer((/** @type {number} */ count, /** @type {null} */ _) => count + 1, 0);
  const shown = useRef(/** @type {{read: function(): T, value: T}} */ ({ read, value: read() }));
  shown.current = { read, value: read() };
  useLayoutEffect(() => {
    const listen = oncePerFrame(() => shown.current.read() === shown.current.value || redraw(null));
    target.addEventListener(name, listen);
    return () => target.removeEventListener(name, listen);
  }, [target]);
  return shown.current.value;
}

/** What is called in the next frame. @type {Set<function(): void>} */
let due = new Set();

/**
 * Returns a function that calls the given one in the next frame, however often it is called before. All of them share one frame.
 *
 * @param {function(): void} call
 * @returns {function(): void}
 */
export function oncePerFrame(call) {
  // Each has a function of its own: the same one may be given twice.
  const own = () => call();
  return () => {
    due.add(own);
    if (due.size > 1) {
      return;
    }
    const calls = due;
    const timer = setTimeout(() => run(calls), LONGEST_FRAME);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      run(calls);
    });
  };
}

/**
 * Calls what was due, unless that was done already. What becomes due meanwhile waits for another frame; a call that fails does not keep others from theirs.
 *
 * @param {Set<function(): void>} calls
 */
function run(calls) {
  if (calls !== due) {
    return;
  }
  due = new Set();
  calls.forEach((call) => {
    try {
      call();
    } catch (failure) {
      reportError(failure);
    }
  });
}

/**
 * An icon. Decoration only: what it means is said in words beside it.
 *
 * @param {{name: string}} properties
 */
export function Icon({ name }) {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`#icon-${name}`} /></svg>`;
}

/**
 * A button of which only the icon is seen.
 *
 * @param {{name: string, label: string, press: function(): void, id?: string}} properties
 */
export function IconButton({ name, label, press, id }) {
  return html`<button type="button" class="button button--quiet button--icon" id=${id} aria-label=${label} title=${label} onClick=${() => press()}><${Icon} name=${name} /></button>`;
}

/**
 * A word or number that stands out. Tones: neutral, accent, warning, success, danger.
 *
 * @param {{tone?: string, mark?: string, children?: *}} properties
 */
export function Badge({ tone = "neutral", mark, children }) {
  return html`<span class=${`badge badge--${tone}`} data-mark=${mark}>${children}</span>`;
}

/**
 * A list of choices.
 *
 * @param {Object} properties
 * @param {string} properties.id
 * @param {string} properties.label
 * @param {[string, string][]} properties.options values and their words
 * @param {string} properties.value
 * @param {function(string): void} properties.choose
 */
export function Select({ id, label, options, value, choose }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select class="input" id=${id} value=${value} onChange=${(/** @type {{target: HTMLSelectElement}} */ event) => choose(event.target.value)}>
      ${options.map(([name, words]) => html`<option key=${name} value=${name} selected=${name === value}>${words}</option>`)}
    </select>
  </div>`;
}
