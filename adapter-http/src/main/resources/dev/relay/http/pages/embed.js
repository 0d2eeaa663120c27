/*
 * Puts Relay's web chat into another page:
 *
 *   <script src="https://support.example.com/embed.js" async
 *           data-label="Help" data-side="left" data-identity="eyJhbGciOiJIUzI1NiJ9…"></script>
 *
 * data-label: the words of the button (default "Help"); data-side: "left" or "right" (default); data-identity: a token by which the
 * site identifies its customer. A customer who has chatted sees unread answers on the next pages of the site, too, and a chat that was
 * open is open there again. The interface for scripts of the page is window.Relay, see docs/web-chat.md.
 * The page that uses it needs no style or script of its own; with a content security policy it allows this server in
 * script-src and frame-src.
 */
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(".", script.src);
  const label = script.dataset.label || "Help";
  const side = script.dataset.side === "left" ? "left" : "right";
  const isSpanish = (document.documentElement.lang || navigator.language).toLowerCase().startsWith("es");
  const texts = isSpanish
    ? { lost: "No se puede abrir el chat en este momento.", again: "Intentar de nuevo", close: "Cerrar" }
    : { lost: "The chat cannot be opened right now.", again: "Try again", close: "Close" };
  /** A frame that has not reported by then shows an error of the browser's, which cannot be closed. */
  const patience = 8000;
  /** The chat reports before its frame has loaded; an error page never does. */
  const grace = 1500;
  /** The server puts the colour of the brand here. */
  const colours = { fill: "#4149bf", hover: "#353ca3", on: "#ffffff" };
  const style = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    button {
      position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483000;
      display: inline-flex; align-items: center; gap: 8px; min-height: 52px; padding: 0 22px;
      border: 0; border-radius: 26px; background: ${colours.fill}; color: ${colours.on}; cursor: pointer;
      font: 600 16px/1.2 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      box-shadow: 0 8px 28px rgb(25 29 43 / 28%);
    }
    button:hover { background: ${colours.hover}; }
    button:focus-visible { outline: 3px solid #aab1ff; outline-offset: 3px; }
    .lost {
      position: fixed; bottom: 20px; ${side}: 20px; z-index: 2147483001;
      display: grid; gap: 12px; width: min(320px, calc(100vw - 40px)); padding: 16px;
      border: 1px solid rgb(25 29 43 / 18%); border-radius: 14px; background: #fff; color: #191d2b;
      font: 400 16px/1.4 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      box-shadow: 0 18px 60px rgb(25 29 43 / 32%);
    }
    .lost p { margin: 0; }
    .lost button { position: static; justify-content: center; min-height: 44px; box-shadow: none; }
    .lost button + button { border: 1px solid #545b6e; background: none; color: #191d2b; }
    .count {
      min-width: 22px; padding: 2px 6px; border-radius: 11px; background: #fff; color: #191d2b;
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
    @media (prefers-color-scheme: dark) {
      iframe { background: #191c26; }
      .lost { background: #191c26; color: #eef0f8; }
      .lost button + button { border-color: #a8b0c2; color: #eef0f8; }
    }`;

  /** The token by which the site identifies its customer; null for a guest. */
  let identity = script.dataset.identity || null;
  const listeners = { open: [], close: [], unread: [], refused: [], expired: [] };
  const report = (name, detail) =>
    listeners[name].forEach((listener) => {
      try {
        listener(detail);
      } catch (failure) {
        reportError(failure);
      }
    });

  /** What the site's own storage remembers of the chat; nothing where it is forbidden. */
  const remembered = (store, name) => {
    try {
      return window[store].getItem(name);
    } catch {
      return null;
    }
  };
  const remember = (store, name, value) => {
    try {
      window[store].setItem(name, value);
    } catch {
      // Forbidden or full: the next page begins with a closed chat.
    }
  };

  const forgetHere = () => {
    try {
      ["relay.chatted", "relay.unread"].forEach((name) => window.localStorage.removeItem(name));
      window.sessionStorage.removeItem("relay.open");
    } catch {
      // Forbidden: there was nothing remembered.
    }
  };
  /** Whether the server's own page has still to forget the customers of this browser. */
  let isForgetting = remembered("localStorage", "relay.forget") === "yes";

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
    let lost = null;
    let timer = null;
    let isReady = false;
    let isOpen = false;
    const button = (text, press) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", press);
      return made;
    };
    const tell = (message) => frame.contentWindow.postMessage(message, base.origin);
    const tellShown = () => isReady && tell({ type: "relay:shown", shown: isOpen });
    const drop = () => {
      clearTimeout(timer);
      frame?.remove();
      lost?.remove();
      frame = null;
      lost = null;
      isReady = false;
    };
    const load = () => {
      drop();
      frame = document.createElement("iframe");
      // Hidden until it is shown: what arrives before that is unread.
      const wishes = ["hidden", identity && "identified", isForgetting && "reset"].filter(Boolean);
      frame.src = new URL(`chat#${wishes.join("&")}`, base).href;
      frame.title = label;
      frame.hidden = !isOpen;
      frame.setAttribute("allow", "clipboard-write");
      timer = setTimeout(giveUp, patience);
      frame.addEventListener("load", () => {
        if (!isReady) {
          clearTimeout(timer);
          timer = setTimeout(giveUp, grace);
        }
      });
      root.append(frame);
    };
    const giveUp = () => {
      drop();
      if (isOpen) {
        const words = document.createElement("p");
        words.textContent = texts.lost;
        lost = document.createElement("div");
        lost.className = "lost";
        lost.setAttribute("role", "alert");
        lost.append(words, button(texts.again, () => open()), button(texts.close, close));
        root.append(lost);
        lost.querySelector("button").focus();
      }
    };
    const open = (isAsked = true) => {
      if (!isOpen) {
        isOpen = true;
        report("open");
      }
      remember("sessionStorage", "relay.open", "yes");
      if (frame) {
        frame.hidden = false;
        tellShown();
      } else {
        load();
      }
      launcher.hidden = true;
      launcher.setAttribute("aria-expanded", "true");
      if (isAsked) {
        frame.focus();
      }
    };
    const close = () => {
      // Scripts of the page may close the chat while the customer is elsewhere.
      const hadFocus = document.activeElement === host;
      if (isOpen) {
        isOpen = false;
        report("close");
      }
      remember("sessionStorage", "relay.open", "no");
      if (frame && isReady) {
        frame.hidden = true;
        tellShown();
      } else {
        drop();
      }
      launcher.hidden = false;
      launcher.setAttribute("aria-expanded", "false");
      if (hadFocus) {
        launcher.focus();
      }
    };
    let lastUnread = 0;
    const showUnread = (unread) => {
      count.textContent = String(unread);
      count.hidden = unread === 0;
      if (unread !== lastUnread) {
        lastUnread = unread;
        report("unread", unread);
      }
    };
    const identify = (token) => {
      if (typeof token !== "string" || token === "") {
        console.error("Relay.identify expects a token, see docs/web-chat.md of Relay; use Relay.reset() when a customer signs out.");
      } else if (token !== identity) {
        const wasGuest = identity === null;
        identity = token;
        if (frame && (wasGuest || !isReady)) {
          load();
        } else if (frame) {
          tell({ type: "relay:identity", token });
        }
      }
    };
    const reset = () => {
      identity = null;
      isForgetting = true;
      forgetHere();
      remember("localStorage", "relay.forget", "yes");
      showUnread(0);
      if (isOpen) {
        close();
      }
      remember("sessionStorage", "relay.open", "no");
      load();
    };
    /** The chat goes on as a guest's if the site's token was never valid; otherwise it waits for another one. */
    const refused = (reason, name) => {
      console.error(`Relay: the customer's token was refused: ${reason}`);
      if (name === "refused") {
        identity = null;
        load();
      }
      report(name, reason);
    };
    launcher.addEventListener("click", () => open());
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen && !isReady) {
        close();
      }
    });
    window.addEventListener("message", (event) => {
      if (!frame || event.source !== frame.contentWindow || event.origin !== base.origin) {
        return;
      }
      if (event.data?.type === "relay:ready") {
        clearTimeout(timer);
        isReady = true;
        tellShown();
      } else if (event.data?.type === "relay:who") {
        tell({ type: "relay:identity", token: identity });
      } else if (event.data?.type === "relay:refused" || event.data?.type === "relay:expired") {
        refused(String(event.data.reason), event.data.type.slice("relay:".length));
      } else if (event.data?.type === "relay:signed-out") {
        identity = null;
        if (isOpen) {
          load();
        } else {
          drop();
        }
      } else if (event.data?.type === "relay:forgotten") {
        isForgetting = false;
        remember("localStorage", "relay.forget", "no");
        if (!isOpen && !identity) {
          drop();
        }
      } else if (event.data?.type === "relay:close") {
        close();
      } else if (event.data?.type === "relay:unread") {
        const unread = Number(event.data.count) || 0;
        showUnread(unread);
        remember("localStorage", "relay.unread", String(unread));
      } else if (event.data?.type === "relay:session") {
        remember("localStorage", "relay.chatted", "yes");
      }
    });
    window.Relay = {
      open: () => open(),
      close: () => isOpen && close(),
      identify,
      reset,
      on: (name, listener) => {
        if (!(name in listeners)) {
          throw new Error(`Relay.on: there is no event ${name}; the events are ${Object.keys(listeners).join(", ")}`);
        }
        listeners[name].push(listener);
        return () => {
          listeners[name] = listeners[name].filter((other) => other !== listener);
        };
      },
    };
    window.dispatchEvent(new Event("relay:loaded"));
    if (isOpen) {
      // A listener of the page has opened it.
    } else if (isForgetting) {
      load();
    } else if (remembered("sessionStorage", "relay.open") === "yes") {
      open(false);
    } else if (remembered("localStorage", "relay.chatted") === "yes") {
      // Answers can have arrived since: the frame listens for them, out of sight.
      showUnread(Number(remembered("localStorage", "relay.unread")) || 0);
      load();
    }
  }

  if (document.body) {
    build();
  } else {
    document.addEventListener("DOMContentLoaded", build);
  }
})();
