/*
 * Puts Relay's web chat into another page:
 *
 *   <script src="https://support.example.com/embed.js" async
 *           data-label="Help" data-side="left"></script>
 *
 * data-label: the words of the button (default "Help"); data-side: "left" or "right" (default).
 * The page that uses it needs no style or script of its own; with a content security policy it allows this server in
 * script-src and frame-src.
 */
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const label = script.dataset.label || "Help";
  const side = script.dataset.side === "left" ? "left" : "right";
  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button {
      position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483000;
      display: inline-flex; align-items: center; gap: 8px; min-height: 52px; padding: 0 22px;
      border: 0; border-radius: 26px; background: #4149bf; color: #fff; cursor: pointer;
      font: 600 16px/1.2 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      box-shadow: 0 8px 28px rgb(25 29 43 / 28%);
    }
    button:hover { background: #353ca3; }
    button:focus-visible { outline: 3px solid #aab1ff; outline-offset: 3px; }
    .count {
      min-width: 22px; padding: 2px 6px; border-radius: 11px; background: #fff; color: #353ca3;
      font-size: 13px; text-align: center;
    }
    iframe {
      position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483001;
      width: min(400px, calc(100vw - 24px)); height: min(680px, calc(100dvh - 40px));
      border: 1px solid rgb(25 29 43 / 18%); border-radius: 18px; background: #fff;
      box-shadow: 0 18px 60px rgb(25 29 43 / 32%);
    }
    [hidden] { display: none !important; }
    @media (max-width: 480px) {
      iframe { inset: 0; width: 100vw; height: 100dvh; border: 0; border-radius: 0; }
    }
    @media (prefers-color-scheme: dark) { iframe { background: #191c26; } }`;

  function build() {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    // A constructed style sheet is allowed under policies that forbid style elements.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];

    const launcher = document.createElement("button");
    launcher.type = "button";
    launcher.setAttribute("aria-expanded", "false");
    const words = document.createElement("span");
    words.textContent = label;
    const count = document.createElement("span");
    count.className = "count";
    count.hidden = true;
    launcher.append(words, count);
    root.append(launcher);
    document.body.append(host);

    let frame = null;
    const tellShown = (shown) => frame.contentWindow.postMessage({ type: "relay:shown", shown }, base.origin);
    const open = () => {
      if (!frame) {
        frame = document.createElement("iframe");
        frame.src = new URL("chat", base).href;
        frame.title = label;
        frame.setAttribute("allow", "clipboard-write");
        root.append(frame);
      }
      if (frame.hidden) {
        frame.hidden = false;
        tellShown(true);
      }
      launcher.hidden = true;
      launcher.setAttribute("aria-expanded", "true");
      frame.focus();
    };
    const close = () => {
      frame.hidden = true;
      tellShown(false);
      launcher.hidden = false;
      launcher.setAttribute("aria-expanded", "false");
      launcher.focus();
    };
    launcher.addEventListener("click", open);
    window.addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== base.origin) {
        return;
      }
      if (event.data?.type === "relay:close") {
        close();
      } else if (event.data?.type === "relay:unread") {
        const unread = Number(event.data.count) || 0;
        count.textContent = String(unread);
        count.hidden = unread === 0;
      }
    });
  }

  if (document.body) {
    build();
  } else {
    document.addEventListener("DOMContentLoaded", build);
  }
})();
