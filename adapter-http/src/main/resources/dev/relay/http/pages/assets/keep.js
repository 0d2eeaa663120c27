/**
 * What the browser keeps for this site. Where it keeps nothing (private windows, blocked frames) the page remembers until
 * it is left.
 * @module keep
 */

const memory = new Map();

/**
 * The value kept under a name.
 *
 * @param {string} name
 * @returns {string|null}
 */
export function kept(name) {
  try {
    return window.localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

/**
 * Keeps a value.
 *
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  memory.set(name, value);
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // Full or forbidden: the page's own memory has it.
  }
}

/**
 * Keeps nothing under that name any more.
 *
 * @param {string} name
 */
export function forget(name) {
  memory.delete(name);
  try {
    window.localStorage.removeItem(name);
  } catch {
    // Forbidden: there was nothing kept.
  }
}

/**
 * Runs an action that other windows of the same browser do not run at the same time. Where the browser has no locks or forbids
 * them (private windows, blocked frames), the action runs without one.
 *
 * @param {string} name
 * @param {function(): Promise<void>} action
 * @returns {Promise<void>} fails only if the action fails
 */
export async function alone(name, action) {
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return action();
  };
  try {
    await navigator.locks.request(name, begin);
  } catch (failure) {
    if (isBegun) {
      throw failure;
    }
    await action();
  }
}

/**
 * The names under which something is kept and that begin like this, in their order.
 *
 * @param {string} prefix
 * @returns {string[]}
 */
export function keptNames(prefix) {
  const names = new Set(memory.keys());
  try {
    Object.keys(window.localStorage).forEach((name) => names.add(name));
  } catch {
    // Forbidden: the page's own memory has them all.
  }
  return [...names].filter((name) => name.startsWith(prefix)).sort();
}
