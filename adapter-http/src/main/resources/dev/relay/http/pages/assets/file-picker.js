/**
 * Files that are about to be sent: picked, dropped or pasted, uploaded at once, shown with their progress.
 * @module file-picker
 */

import { Problem } from "./api.js";
import { problemWords } from "./problem-texts.js";
import { plainName } from "./safe-text.js";
import { Icon, IconButton, html, useEvents } from "./ui.js";

/** The server's limit for one file. */
const LARGEST_BYTES = 10 * 1024 * 1024;
/** The server's limit for one message. */
const MOST_FILES = 10;

/**
 * @typedef {import("./files.js").Attachment} Attachment
 * @typedef {function(File, function(number): void, AbortSignal): Promise<Attachment>} Upload sends one file and reports its progress from 0 to 1
 */

/**
 * A file of the message.
 *
 * @typedef {Object} Picked
 * @property {number} key
 * @property {string} name
 * @property {number} size in bytes
 * @property {File|null} file null if the server has it already
 * @property {AbortController} abort
 * @property {"uploading"|"uploaded"|"failed"} state
 * @property {number} progress from 0 to 1
 * @property {string} reason why it could not be uploaded
 * @property {boolean} mayRetry
 * @property {Attachment|null} result what the server answered
 */

/** The files of the message that is being written. Dispatches `change` when one was added, removed or uploaded, `progress` meanwhile. */
export class FilePicker extends EventTarget {
  #texts;
  #upload;
  #keys = 0;
  /** @type {Picked[]} */
  files = [];

  /**
   * @param {import("./i18n.js").Texts} texts
   * @param {Upload} upload
   */
  constructor(texts, upload) {
    super();
    this.#texts = texts;
    this.#upload = upload;
  }

  /**
   * Takes files from the page until the returned function is called.
   *
   * @param {Object} parts
   * @param {HTMLInputElement} parts.input the page's field of type file
   * @param {HTMLElement} parts.dropZone where files can be dropped
   * @param {HTMLTextAreaElement} parts.text where files can be pasted
   * @returns {function(): void}
   */
  listen({ input, dropZone, text }) {
    const listening = new AbortController();
    const { signal } = listening;
    input.multiple = true;
    input.addEventListener("change", () => {
      this.add([...(input.files ?? [])]);
      input.value = "";
    }, { signal });
    text.addEventListener("paste", (event) => {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length > 0) {
        event.preventDefault();
        this.add(pasted);
      }
    }, { signal });
    const dragged = (/** @type {DragEvent} */ event) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        dropZone.classList.add("is-drop-target");
      }
    };
    dropZone.addEventListener("dragenter", dragged, { signal });
    dropZone.addEventListener("dragover", dragged, { signal });
    dropZone.addEventListener("dragleave", (event) => {
      if (!dropZone.contains(/** @type {Node|null} */ (event.relatedTarget))) {
        dropZone.classList.remove("is-drop-target");
      }
    }, { signal });
    dropZone.addEventListener("drop", (event) => {
      dropZone.classList.remove("is-drop-target");
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (dropped.length > 0) {
        event.preventDefault();
        this.add(dropped);
      }
    }, { signal });
    return () => listening.abort();
  }

  /** Checks whether a file is still being uploaded. */
  get isBusy() {
    return this.files.some((entry) => entry.state === "uploading");
  }

  /** Checks whether a file could not be uploaded. */
  get hasFailed() {
    return this.files.some((entry) => entry.state === "failed");
  }

  /** The files that the server has: what the message will hold. */
  get uploaded() {
    return this.files.flatMap((entry) => (entry.state === "uploaded" && entry.result ? [entry.result] : []));
  }

  /**
   * Adds files and uploads them.
   *
   * @param {File[]} files
   */
  add(files) {
    for (const file of files) {
      const entry = this.#entry(file.name, file.size, file, null);
      this.files.push(entry);
      if (this.files.length > MOST_FILES) {
        fail(entry, this.#texts.say("file.tooMany", { count: MOST_FILES }));
      } else if (file.size > LARGEST_BYTES) {
        fail(entry, this.#texts.say("file.tooLarge", { size: this.#texts.size(LARGEST_BYTES) }));
      } else if (file.size === 0) {
        fail(entry, this.#texts.say("file.empty"));
      } else {
        this.#send(entry, file);
      }
    }
    this.#changed();
  }

  /** Forgets all files, after they were sent. */
  clear() {
    this.files.forEach((entry) => entry.abort.abort());
    this.files = [];
    this.#changed();
  }

  /**
   * Shows files again that the server has already.
   *
   * @param {Attachment[]} results
   */
  restore(results) {
    this.files.push(...results.map((result) => this.#entry(result.fileName, result.sizeBytes, null, result)));
    this.#changed();
  }

  /**
   * Forgets a file.
   *
   * @param {Picked} entry
   */
  remove(entry) {
    entry.abort.abort();
    this.files = this.files.filter((other) => other !== entry);
    this.#changed();
  }

  /**
   * Uploads a file once more.
   *
   * @param {Picked} entry
   */
  retry(entry) {
    if (entry.file) {
      entry.abort = new AbortController();
      this.#send(entry, entry.file);
      this.#changed();
    }
  }

  /**
   * @param {string} name
   * @param {number} size
   * @param {File|null} file
   * @param {Attachment|null} result
   * @returns {Picked}
   */
  #entry(name, size, file, result) {
    this.#keys += 1;
    const state = result ? "uploaded" : "uploading";
    return { key: this.#keys, name, size, file, abort: new AbortController(), state, progress: result ? 1 : 0, reason: "", mayRetry: false, result };
  }

  /**
   * @param {Picked} entry
   * @param {File} file
   */
  async #send(entry, file) {
    Object.assign(entry, { state: "uploading", progress: 0, reason: "" });
    const progress = (/** @type {number} */ part) => {
      entry.progress = part;
      this.dispatchEvent(new Event("progress"));
    };
    try {
      entry.result = await this.#upload(file, progress, entry.abort.signal);
      entry.state = "uploaded";
    } catch (failure) {
      fail(entry, failure instanceof Problem ? problemWords(this.#texts, failure.body) : this.#texts.say("file.notReached"));
      entry.mayRetry = !(failure instanceof Problem) || failure.isPassing;
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {Picked} entry
 * @param {string} reason
 */
function fail(entry, reason) {
  entry.state = "failed";
  entry.reason = reason;
}

/**
 * The files with their progress.
 *
 * @param {Object} properties
 * @param {FilePicker} properties.picker
 * @param {import("./i18n.js").Texts} properties.texts
 * @param {function(): void} properties.removed called after the button that removes a file was pressed, which is gone then
 */
export function UploadList({ picker, texts, removed }) {
  useEvents(picker, "change", "progress");
  return html`<ul class="uploads" id="uploads" hidden=${picker.files.length === 0}>
    ${picker.files.map((entry) => html`<${UploadRow} key=${entry.key} entry=${entry} picker=${picker} texts=${texts} removed=${removed} />`)}
  </ul>`;
}

/** @param {{entry: Picked, picker: FilePicker, texts: import("./i18n.js").Texts, removed: function(): void}} properties */
function UploadRow({ entry, picker, texts, removed }) {
  const name = plainName(entry.name, texts.say("file.unnamed"));
  const remove = () => {
    picker.remove(entry);
    removed();
  };
  return html`<li class=${`upload upload--${entry.state}`}>
    <${Icon} name=${entry.state === "failed" ? "alert" : "file"} />
    <span class="upload__name" dir="auto">${name}</span>
    ${entry.state === "uploading"
      ? html`<progress max="100" value=${Math.round(entry.progress * 100)} aria-label=${texts.say("file.uploading", { name })}></progress>`
      : html`<span class="upload__state">${entry.reason || texts.size(entry.size)}</span>`}
    ${entry.state === "failed" && entry.mayRetry && html`<${IconButton} name="retry" label=${texts.say("file.retry", { name })} press=${() => picker.retry(entry)} />`}
    <${IconButton} name="close" label=${texts.say("file.remove", { name })} press=${remove} />
  </li>`;
}
