/**
 * Small menus that open at a button, and dialogs.
 * @module menu
 */

import { button, element } from "./dom.js";

/** Distance between a menu and its button, and between a menu and the window's edge. */
const GAP = 4;
const EDGE = 8;

/**
 * Lets a button open a menu of the page's HTML (an element with the attribute `popover`).
 *
 * @param {HTMLButtonElement} opener
 * @param {HTMLElement} menu
 */
export function attachMenu(opener, menu) {
  opener.setAttribute("aria-expanded", "false");
  opener.popoverTargetElement = menu;
  menu.addEventListener("toggle", (event) => {
    const isOpen = event.newState === "open";
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) {
      place(menu, opener);
      /** @type {HTMLElement|null} */ (menu.querySelector("button:not(:disabled), select, a"))?.focus();
    }
  });
  menu.addEventListener("keydown", moveByArrows);
  menu.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("button")) {
      menu.hidePopover();
    }
  });
}

/**
 * Opens a menu made for this moment.
 *
 * @param {HTMLButtonElement} opener the button that opens the menu; gets the focus back
 * @param {{label: string, icon: string, press: function(): void, danger?: boolean}[]} items
 */
export function openMenu(opener, items) {
  const menu = element("div", { class: "menu", popover: "auto" });
  const choose = (/** @type {function(): void} */ press) => () => {
    menu.hidePopover();
    press();
  };
  menu.append(
    ...items.map(({ label, icon, press, danger }) =>
      button({ label, icon, kind: danger ? "danger" : "quiet", press: choose(press) }),
    ),
  );
  menu.addEventListener("keydown", moveByArrows);
  menu.addEventListener("toggle", (event) => {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "closed") {
      menu.remove();
    }
  });
  opener.after(menu);
  menu.showPopover();
  place(menu, opener);
  menu.querySelector("button")?.focus();
}

/**
 * Handles the presses on a modal dialog: one beside it closes it. What is pressed beside a dialog is the dialog itself, as is its edge.
 *
 * @param {function(): void} close
 * @returns {function(Event): void}
 */
export function closingBeside(close) {
  return ({ target, currentTarget }) => {
    if (target === currentTarget) {
      close();
    }
  };
}

/**
 * Makes a dialog of the page's HTML close by its buttons with the attribute `data-close`, and by a press beside it.
 *
 * @param {HTMLDialogElement} dialog
 */
export function prepareDialog(dialog) {
  dialog.addEventListener("click", closingBeside(() => dialog.close()));
  dialog.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("[data-close]")) {
      dialog.close();
    }
  });
}

/**
 * @param {HTMLElement} menu
 * @param {HTMLElement} opener
 */
function place(menu, opener) {
  const at = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP + height <= window.innerHeight - EDGE;
  const left = Math.min(Math.max(at.right - width, EDGE), window.innerWidth - width - EDGE);
  menu.style.left = `${Math.max(left, EDGE)}px`;
  menu.style.top = `${Math.max(EDGE, below ? at.bottom + GAP : at.top - GAP - height)}px`;
}

/** @param {KeyboardEvent} event */
function moveByArrows(event) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") {
    return;
  }
  const menu = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("button:not(:disabled)")]);
  const at = items.findIndex((item) => item === document.activeElement);
  if (items.length > 0 && document.activeElement?.tagName !== "SELECT") {
    event.preventDefault();
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
  }
}
