/**
 * A list of any length of which only the visible rows exist. All rows have the same height.
 * @module virtual-rows
 */

import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { html } from "./ui.js";

/** Rows beyond each edge, so that a turn of the wheel does not show a gap. */
const BEYOND = 8;

/**
 * Shows rows; the row that has the focus always exists.
 *
 * @template {{key: string}} T
 * @param {Object} properties
 * @param {string} properties.id
 * @param {T[]} properties.items
 * @param {number} properties.height of a row, in rem
 * @param {HTMLElement} properties.scroller what scrolls around the list
 * @param {function(T): *} properties.row makes the content of a row
 * @param {function(): void} [properties.nearEnd] called when the reader comes near to the end
 */
export function VirtualRows({ id, items, height, scroller, row, nearEnd }) {
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const [range, setRange] = useState({ first: 0, last: 40 });
  const newest = useRef({ length: items.length, nearEnd });
  newest.current = { length: items.length, nearEnd };

  useLayoutEffect(() => {
    const update = () => {
      const pixels = height * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const first = Math.max(0, Math.floor(scroller.scrollTop / pixels) - BEYOND);
      const last = Math.ceil((scroller.scrollTop + scroller.clientHeight) / pixels) + BEYOND;
      setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
      if (last >= newest.current.length) {
        newest.current.nearEnd?.();
      }
    };
    const resized = new ResizeObserver(update);
    resized.observe(scroller);
    scroller.addEventListener("scroll", update, { passive: true });
    return () => {
      resized.disconnect();
      scroller.removeEventListener("scroll", update);
    };
  }, [scroller, height]);

  const active = document.activeElement;
  const focused = (list.current?.contains(active) && active?.closest("[data-key]")?.getAttribute("data-key")) || null;
  useLayoutEffect(() => {
    // A row that changes its place is taken out of the page for a moment, and with it the focus.
    if (focused !== null && document.activeElement === document.body) {
      const row = `[data-key="${CSS.escape(focused)}"]`;
      const control = /** @type {HTMLElement|null|undefined} */ (list.current?.querySelector(`${row} a, ${row} button`));
      control?.focus({ preventScroll: true });
    }
  });

  const shown = /** @type {{item: T, index: number}[]} */ ([]);
  items.forEach((item, index) => {
    if ((index >= range.first && index < range.last) || item.key === focused) {
      shown.push({ item, index });
    }
  });
  return html`<ul class="rows rows--dense" id=${id} ref=${list} style=${{ height: `${items.length * height}rem` }}>
    ${shown.map(
      ({ item, index }) => html`<li
        key=${item.key}
        data-key=${item.key}
        style=${{ top: `${index * height}rem`, height: `${height}rem` }}
        aria-setsize=${items.length}
        aria-posinset=${index + 1}
      >
        ${row(item)}
      </li>`,
    )}
  </ul>`;
}
