/**
 * The chat inside another page: notifies the script that embedded it (embed.js) of what that page needs, and of nothing else.
 * @module chat-frame
 */

import { byId, show } from "./dom.js";

/** Whether another page holds this one. */
const isFramed = window.parent !== window;
/** Whether the page that holds this one shows it; a hidden frame cannot determine this itself. */
let isShownByParent = true;

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

/** Whether somebody can see the page. */
export function isSeen() {
  return document.visibilityState === "visible" && isShownByParent;
}

/**
 * Tells how many messages nobody has seen.
 *
 * @param {number} count
 */
export function tellUnread(count) {
  tell({ type: "relay:unread", count });
}

/** Holds no secret, so any page may hear it: which one holds this page is not known here. */
function tell(message) {
  if (isFramed) {
    window.parent.postMessage(message, "*");
  }
}
