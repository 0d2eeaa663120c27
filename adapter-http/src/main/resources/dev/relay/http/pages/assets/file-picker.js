/**
 * Files that are about to be sent: picked, dropped or pasted, uploaded at once, shown with their progress.
 * @module file-picker
 */

import { Problem } from "./api.js";
import { button, element, icon, show } from "./dom.js";
import { problemWords } from "./problem-texts.js";
import { plainName } from "./safe-text.js";

/** The server's limit for one file. */
const LARGEST_BYTES = 10 * 1024 * 1024;
/** The server's limit for one message. */
const MOST_FILES = 10;

/** The files of the message that is being written. */
export class FilePicker {
  #options;
  #files = [];

  /**
   * @param {Object} options
   * @param {HTMLInputElement} options.input the page's field of type file
   * @param {HTMLElement} options.list the element that shows the files
   * @param {HTMLElement} options.dropZone where files can be dropped
   * @param {HTMLTextAreaElement} options.text where files can be pasted
   * @param {import("./i18n.js").Texts} options.texts
   * @param {function(File, function(number): void, AbortSignal): Promise<Object>} options.upload sends one file
   * @param {function(): void} options.changed called whenever a file was added, removed or uploaded
   */
  constructor(options) {
    this.#options = options;
    const { input, dropZone, text } = options;
    input.multiple = true;
    input.addEventListener("change", () => {
      this.add([...input.files]);
      input.value = "";
    });
    text.addEventListener("paste", (event) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length > 0) {
        event.preventDefault();
        this.add(pasted);
      }
    });
    for (const type of ["dragenter", "dragover"]) {
      dropZone.addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes("Files")) {
          event.preventDefault();
          dropZone.classList.add("is-drop-target");
        }
      });
    }
    dropZone.addEventListener("dragleave", (event) => {
      if (!dropZone.contains(event.relatedTarget)) {
        dropZone.classList.remove("is-drop-target");
      }
    });
    dropZone.addEventListener("drop", (event) => {
      dropZone.classList.remove("is-drop-target");
      if (event.dataTransfer?.files.length > 0) {
        event.preventDefault();
        this.add([...event.dataTransfer.files]);
      }
    });
  }

  /** Checks whether a file is still being uploaded. */
  get isBusy() {
    return this.#files.some((entry) => entry.state === "uploading");
  }

  /** Checks whether a file could not be uploaded. */
  get hasFailed() {
    return this.#files.some((entry) => entry.state === "failed");
  }

  /** The files that the server has: what the message will hold. */
  get uploaded() {
    return this.#files.filter((entry) => entry.state === "uploaded").map((entry) => entry.result);
  }

  /** Adds files and uploads them. */
  add(files) {
    for (const file of files) {
      const entry = { file, abort: new AbortController(), state: "uploading", progress: 0, reason: "" };
      this.#files.push(entry);
      if (this.#files.length > MOST_FILES) {
        this.#fail(entry, this.#options.texts.say("file.tooMany", { count: MOST_FILES }));
      } else if (file.size > LARGEST_BYTES) {
        this.#fail(entry, this.#options.texts.say("file.tooLarge", { size: this.#options.texts.size(LARGEST_BYTES) }));
      } else if (file.size === 0) {
        this.#fail(entry, this.#options.texts.say("file.empty"));
      } else {
        this.#upload(entry);
      }
    }
    this.#render();
  }

  /** Forgets all files, after they were sent. */
  clear() {
    this.#files.forEach((entry) => entry.abort.abort());
    this.#files = [];
    this.#render();
  }

  /** Shows files again that the server has already. */
  restore(results) {
    for (const result of results) {
      const file = { name: result.fileName, size: result.sizeBytes };
      this.#files.push({ file, abort: new AbortController(), state: "uploaded", progress: 1, reason: "", result });
    }
    this.#render();
  }

  async #upload(entry) {
    entry.state = "uploading";
    entry.reason = "";
    const progress = (part) => {
      entry.progress = part;
      entry.bar?.setAttribute("value", String(Math.round(part * 100)));
    };
    try {
      entry.result = await this.#options.upload(entry.file, progress, entry.abort.signal);
      entry.state = "uploaded";
    } catch (failure) {
      const { texts } = this.#options;
      this.#fail(entry, failure instanceof Problem ? problemWords(texts, failure.body) : texts.say("file.notReached"));
      entry.mayRetry = !(failure instanceof Problem) || failure.isPassing;
    }
    this.#render();
  }

  #fail(entry, reason) {
    entry.state = "failed";
    entry.reason = reason;
  }

  #remove(entry) {
    entry.abort.abort();
    this.#files = this.#files.filter((other) => other !== entry);
    this.#render();
    this.#options.text.focus();
  }

  #render() {
    const { list, texts, changed } = this.#options;
    list.replaceChildren(...this.#files.map((entry) => this.#chip(entry, texts)));
    show(list, this.#files.length > 0);
    changed();
  }

  #chip(entry, texts) {
    const name = plainName(entry.file.name, texts.say("file.unnamed"));
    const chip = element(
      "li",
      { class: `upload upload--${entry.state}` },
      icon(entry.state === "failed" ? "alert" : "file"),
      element("span", { class: "upload__name", dir: "auto", text: name }),
    );
    if (entry.state === "uploading") {
      entry.bar = element("progress", {
        max: 100,
        value: Math.round(entry.progress * 100),
        "aria-label": texts.say("file.uploading", { name }),
      });
      chip.append(entry.bar);
    } else {
      chip.append(element("span", { class: "upload__state", text: entry.reason || texts.size(entry.file.size) }));
    }
    if (entry.state === "failed" && entry.mayRetry) {
      const press = () => {
        entry.abort = new AbortController();
        this.#upload(entry);
        this.#render();
      };
      chip.append(button({ label: texts.say("file.retry", { name }), icon: "retry", iconOnly: true, kind: "quiet", press }));
    }
    const press = () => this.#remove(entry);
    chip.append(button({ label: texts.say("file.remove", { name }), icon: "close", iconOnly: true, kind: "quiet", press }));
    return chip;
  }
}
