/**
 * What the browser keeps for this site. Where it keeps nothing (private windows, blocked frames) the page remembers until
 * it is left.
 * @module keep
 */

const memory = new Map();
/** What is kept for one customer of the chat; other names belong to the browser. */
const OWNED = "relay.chat.";
/** Whose the owned names are: empty for a guest. */
let owner = "";

/**
 * Keeps apart what is kept for different customers of the chat, so that nothing of one is ever sent or shown as another's.
 *
 * @param {string} subject the site's id of the customer; empty for a guest
 */
export function belongTo(subject) {
  // No name of a guest's begins like this.
  owner = subject ? `@${encodeURIComponent(subject)}/` : "";
}

/**
 * Forgets all that is kept for customers of the chat, guests included.
 *
 * @param {string} name
 * @returns {string[]} what was kept under that name for each of them
 */
export function forgetAll(name) {
  const suffix = name.slice(OWNED.length);
  /** @type {string[]} */
  const found = [];
  for (const each of new Set([...memory.keys(), ...storedNames()].filter((stored) => stored.startsWith(OWNED)))) {
    if (each === name || (each.startsWith(`${OWNED}@`) && each.endsWith(`/${suffix}`))) {
      found.push(raw(each) ?? "");
    }
    remove(each);
  }
  return found;
}

/**
 * @param {string} stored the name with its owner
 * @returns {string|null}
 */
function raw(stored) {
  try {
    return window.localStorage.getItem(stored) ?? memory.get(stored) ?? null;
  } catch {
    return memory.get(stored) ?? null;
  }
}

/** @param {string} stored the name with its owner */
function remove(stored) {
  memory.delete(stored);
  try {
    window.localStorage.removeItem(stored);
  } catch {
    // Forbidden: there was nothing kept.
  }
}

/** @returns {string[]} */
function storedNames() {
  try {
    return Object.keys(window.localStorage);
  } catch {
    return [];
  }
}

/** @param {string} name */
function full(name) {
  return name.startsWith(OWNED) ? OWNED + owner + name.slice(OWNED.length) : name;
}

/**
 * The value kept under a name.
 *
 * @param {string} name
 * @returns {string|null}
 */
export function kept(name) {
  return raw(full(name));
}

/**
 * Keeps a value.
 *
 * @param {string} name
 * @param {string} value
 */
export function keep(name, value) {
  memory.set(full(name), value);
  try {
    window.localStorage.setItem(full(name), value);
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
  remove(full(name));
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
    await navigator.locks.request(full(name), begin);
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
  const start = full(prefix);
  const names = new Set([...memory.keys(), ...storedNames()].filter((name) => name.startsWith(start)));
  return [...names].map((name) => prefix + name.slice(start.length)).sort();
}

/**
 * Calls back when another window of this browser keeps something under that name.
 *
 * @param {string} name
 * @param {function(): void} changed
 */
export function whenKept(name, changed) {
  window.addEventListener("storage", (event) => {
    if (event.key === full(name) && event.newValue !== null) {
      changed();
    }
  });
}
