/**
 * Where the customer writes.
 * @module chat-composer
 */

import { byId, growWithText, setText, show } from "./dom.js";
import { FilePicker, UploadList } from "./file-picker.js";
import { forget, keep, kept } from "./keep.js";
import { render } from "./preact.js";
import { html } from "./ui.js";

const DRAFT = "relay.chat.draft";
const LONGEST_TEXT = 16_000;

/** The form at the foot of the page. */
export class ChatComposer {
  #texts;
  #send;
  #text = byId("text", HTMLTextAreaElement);
  #error = byId("composer-error");
  #picker;

  /**
   * @param {import("./i18n.js").Texts} texts
   * @param {import("./file-picker.js").Upload} upload
   * @param {function(string, import("./files.js").Attachment[]): void} send sends a text and uploaded files
   */
  constructor(texts, upload, send) {
    this.#texts = texts;
    this.#send = send;
    this.#picker = new FilePicker(texts, upload);
    this.#picker.listen({ input: byId("file", HTMLInputElement), dropZone: byId("chat"), text: this.#text });
    this.#picker.addEventListener("change", () => this.#say(""));
    render(html`<${UploadList} picker=${this.#picker} texts=${texts} removed=${() => this.#text.focus()} />`, byId("upload-list"));
    byId("attach").addEventListener("click", () => byId("file").click());
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
    });
    this.#text.addEventListener("input", () => {
      keep(DRAFT, this.#text.value);
      this.#say("");
    });
    this.#text.value = kept(DRAFT) ?? "";
    growWithText(this.#text);
  }

  /** Puts the cursor there. */
  focus() {
    this.#text.focus({ preventScroll: true });
  }

  #submit() {
    const text = this.#text.value.trim();
    if (this.#picker.isBusy) {
      this.#say(this.#texts.say("file.wait"));
    } else if (this.#picker.hasFailed) {
      this.#say(this.#texts.say("file.fix"));
    } else if (text.length > LONGEST_TEXT) {
      this.#say(this.#texts.say("message.tooLong", { length: text.length.toLocaleString(this.#texts.language) }));
    } else if (text || this.#picker.uploaded.length > 0) {
      this.#send(text, this.#picker.uploaded);
      this.#text.value = "";
      this.#text.dispatchEvent(new Event("input"));
      forget(DRAFT);
      this.#picker.clear();
    }
    this.focus();
  }

  /** @param {string} words */
  #say(words) {
    setText(this.#error, words);
    show(this.#error, words !== "");
  }
}
