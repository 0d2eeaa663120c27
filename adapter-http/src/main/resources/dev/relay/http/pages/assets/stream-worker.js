/**
 * The shared worker that holds the connections of all windows of a browser.
 * @module stream-worker
 */

import { Hub } from "./stream-hub.js";

const hub = new Hub();

self.addEventListener("connect", (event) => {
  const [port] = /** @type {MessageEvent} */ (event).ports;
  /** What has arrived together goes on together, so that the page draws it in one frame. @type {any[]} */
  let answers = [];
  const post = (/** @type {any} */ answer) => {
    if (answers.push(answer) === 1) {
      queueMicrotask(() => {
        port.postMessage(answers);
        answers = [];
      });
    }
  };
  port.onmessage = ({ data }) => {
    if (data.type === "attach") {
      whenGone(data.life, () => hub.take({ type: "detach", id: data.id }));
    }
    hub.take(data, post);
  };
  port.postMessage({ type: "hello" });
});

/**
 * Calls an action when the window is gone that holds the lock of that name; a window without locks can only detach when it is left.
 *
 * @param {string|null} name
 * @param {function(): void} action
 */
function whenGone(name, action) {
  if (name !== null) {
    navigator.locks.request(name, action).catch(() => {});
  }
}
