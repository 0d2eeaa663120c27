/**
 * Keyboard shortcuts of the desk, and the dialog that lists them.
 * @module desk-shortcuts
 */

import { byId, element } from "./dom.js";
import { keep, kept } from "./keep.js";
import { prepareDialog } from "./menu.js";

const CHOICE = "relay.desk.shortcuts";

/** One key each; they can be turned off, because voice input and slips of a finger press single keys too. */
export class Shortcuts {
  #actions;

  /**
   * @param {import("./i18n.js").Texts} texts
   * @param {Object<string, function(KeyboardEvent): void>} actions what each key does
   */
  constructor(texts, actions) {
    this.#actions = actions;
    const dialog = byId("help", HTMLDialogElement);
    prepareDialog(dialog);
    const rows = [
      ["1 2 3 4", "help.lists"],
      ["J K", "help.nextPrevious"],
      ["A", "help.accept"],
      ["W", "help.compose"],
      ["I", "help.internal"],
      ["L", "help.leave"],
      ["P", "help.passOn"],
      ["E", "help.end"],
      ["D", "help.details"],
      ["S", "help.find"],
      ["Ctrl+K", "help.palette"],
      ["X", "help.choose"],
      ["Shift X", "help.chooseRange"],
      ["/", "help.search"],
      ["?", "help.self"],
      ["Enter", "help.send"],
    ];
    byId("help-keys").append(
      ...rows.flatMap(([keys, words]) => [
        element("dt", {}, ...keys.split(" ").map((key) => element("kbd", { text: key }))),
        element("dd", { text: texts.say(words) }),
      ]),
    );
    const single = byId("help-single", HTMLInputElement);
    single.checked = kept(CHOICE) !== "off";
    single.addEventListener("change", () => keep(CHOICE, single.checked ? "on" : "off"));
    byId("show-help").addEventListener("click", () => dialog.showModal());
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const isWriting = target.isContentEditable || target.matches("input, textarea, select");
    const isElsewhere = document.querySelector("dialog[open], :popover-open") !== null;
    const isCombined = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (isWriting || isElsewhere || isCombined || byId("desk").hidden || kept(CHOICE) === "off") {
      return;
    }
    const action = event.key === "?" ? () => byId("help", HTMLDialogElement).showModal() : this.#actions[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action(event);
    }
  }
}
