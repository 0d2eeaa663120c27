/**
 * Keeps the rows of a list in step with what they show, and leaves rows alone that did not change: focus, selection and
 * open parts of a row stay as they are.
 * @module keyed-list
 */

/** A list of rows by key. */
export class KeyedList {
  #parent;
  #build;
  #rows = new Map();

  /**
   * @param {HTMLElement} parent holds the rows and nothing else
   * @param {function(Object): HTMLElement} build makes the row of a model
   */
  constructor(parent, build) {
    this.#parent = parent;
    this.#build = build;
  }

  /**
   * Shows these models in this order.
   *
   * @param {{key: string}[]} models plain data; a row is made anew when its model's JSON differs
   */
  show(models) {
    const before = this.#rows;
    // First, because all rows behind one that is gone would be moved before it, and laid out anew, one by one.
    const wanted = new Set(models.map(({ key }) => key));
    before.forEach(({ row }, key) => wanted.has(key) || row.remove());
    this.#rows = new Map();
    let place = this.#parent.firstElementChild;
    for (const model of models) {
      const signature = JSON.stringify(model);
      const known = before.get(model.key);
      const row = known && known.signature === signature ? known.row : this.#build(model);
      this.#rows.set(model.key, { signature, row });
      if (known && known.row !== row) {
        const isNext = place === known.row;
        replace(known.row, row);
        // It is in its place already: to move it there once more would take the focus from it.
        place = isNext ? row : place;
      }
      if (place === row) {
        place = row.nextElementSibling;
      } else {
        this.#parent.insertBefore(row, place);
      }
    }
    while (place) {
      const next = place.nextElementSibling;
      place.remove();
      place = next;
    }
  }

  /** All rows, in their order. */
  rows() {
    return [...this.#rows.values()].map(({ row }) => row);
  }

  /**
   * The row of that key, if it is shown.
   *
   * @param {string} key
   */
  row(key) {
    return this.#rows.get(key)?.row ?? null;
  }
}

/**
 * Replaces a row by a new one; if the old one had the focus, the same control of the new one gets it.
 *
 * @param {HTMLElement} old
 * @param {HTMLElement} row
 */
function replace(old, row) {
  const focused = old.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const name = focused?.dataset.focus;
  old.replaceWith(row);
  if (name) {
    const control = row.dataset.focus === name ? row : /** @type {HTMLElement|null} */ (row.querySelector(`[data-focus="${CSS.escape(name)}"]`));
    control?.focus();
  }
}
