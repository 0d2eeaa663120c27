/**
 * The chat inside another page: notifies the script that embedded it (embed.js) of the events that the page needs, and of nothing else.
 * @module chat-frame
 */

import { byId, show } from "./dom.js";

/** Whether another page holds this one. */
const isFramed = window.parent !== window;
/** What the embedding script asks for: "hidden", "identified", "reset". */
const wishes = isFramed ? window.location.hash.slice(1).split("&") : [];
/** Whether the page that holds this one shows it; a hidden frame cannot determine this itself. */
let isShownByParent = !wishes.includes("hidden");

/** Whether the customer leaves a shared computer: everything has to be forgotten. */
export const isReset = wishes.includes("reset");

/**
 * Returns the token by which the embedding site identifies its customer; null if it identifies nobody.
 *
 * @returns {Promise<string|null>}
 */
export function identityOfParent() {
  if (!wishes.includes("identified")) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    listen((message) => message.type === "relay:identity" && resolve(typeof message.token === "string" ? message.token : null));
    tell({ type: "relay:who" });
  });
}

/**
 * Prepares the page for being held by another one.
 *
 * @param {Object} handlers
 * @param {function(): void} handlers.shown called when the page is shown or hidden
 * @param {function(string): void} handlers.identified receives a further token of the same or another customer
 */
export function prepareFrame({ shown, identified }) {
  if (isFramed) {
    listen((message) => {
      if (message.type === "relay:shown") {
        isShownByParent = message.shown === true;
        shown();
      } else if (message.type === "relay:identity" && typeof message.token === "string") {
        identified(message.token);
      }
    });
    tell({ type: "relay:ready" });
    document.documentElement.classList.add("is-framed");
    const close = byId("close-window");
    show(close, true);
    close.addEventListener("click", () => tell({ type: "relay:close" }));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], [popover]:popover-open")) {
        tell({ type: "relay:close" });
      }
    });
  }
}

/** Checks whether the page is visible. */
export function isSeen() {
  return document.visibilityState === "visible" && isShownByParent;
}

/**
 * Reports the number of unread messages to the embedding page.
 *
 * @param {number} count
 */
export function tellUnread(count) {
  tell({ type: "relay:unread", count });
}

/** Reports that the customer has a session, so that the next page of the site looks for unread answers. */
export function tellSession() {
  tell({ type: "relay:session" });
}

/** Reports that everything is forgotten. */
export function tellForgotten() {
  tell({ type: "relay:forgotten" });
}

/** Reports that another window of this browser has forgotten everybody; a page of its own begins anew. */
export function tellSignedOut() {
  if (isFramed) {
    tell({ type: "relay:signed-out" });
  } else {
    window.location.reload();
  }
}

/**
 * Reports that the site's token was refused.
 *
 * @param {string} reason what the server said, for the site's developer
 * @param {boolean} isLate whether the customer was known until now: the chat then waits for another token
 */
export function tellRefused(reason, isLate) {
  tell({ type: isLate ? "relay:expired" : "relay:refused", reason });
}

/**
 * What the embedding page sends.
 *
 * @typedef {{type?: unknown, token?: unknown, shown?: unknown}} ParentMessage
 */

/** @param {function(ParentMessage): void} receive */
function listen(receive) {
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data) {
      receive(event.data);
    }
  });
}

/**
 * Sends a message to the embedding page, whose origin is unknown here. Messages contain no secrets, so any page may receive them.
 *
 * @param {{type: string, [name: string]: unknown}} message
 */
function tell(message) {
  if (isFramed) {
    window.parent.postMessage(message, "*");
  }
}
