/**
 * The chat inside another page: notifies the script that embedded it (embed.js) of the events that the page needs, and of nothing else.
 * @module chat-frame
 */

import { byId, show } from "./dom.js";

/** Whether another page holds this one. */
const isFramed = window.parent !== window;
/** Whether the page that holds this one shows it; a hidden frame cannot determine this itself. */
let isShownByParent = !isFramed || window.location.hash !== "#hidden";

/**
 * Prepares the page for being held by another one.
 *
 * @param {function(): void} shown called when the page is shown or hidden
 */
export function prepareFrame(shown) {
  if (isFramed) {
    window.addEventListener("message", (event) => {
      if (event.source === window.parent && event.data?.type === "relay:shown") {
        isShownByParent = event.data.shown === true;
        shown();
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

/** Sends a message to the embedding page, whose origin is unknown here. Messages contain no secrets, so any page may receive them. */
function tell(message) {
  if (isFramed) {
    window.parent.postMessage(message, "*");
  }
}
