/**
 * Calls that must not overtake each other.
 * @module in-turn
 */

/** Runs calls one after the other, in the order in which they were asked for; one that fails does not stop those behind it. */
export class InTurn {
  /** @type {Promise<*>} */
  #last = Promise.resolve();

  /**
   * Runs a call when all before it have ended.
   *
   * @template T
   * @param {function(): Promise<T>} call
   * @returns {Promise<T>} what the call returns or throws
   */
  run(call) {
    const result = this.#last.then(call);
    this.#last = result.catch(() => {
      // Whoever asked for it learns of it.
    });
    return result;
  }
}
