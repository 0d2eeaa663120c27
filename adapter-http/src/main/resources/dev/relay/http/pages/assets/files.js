/**
 * Files that came with messages: shown by name, fetched when somebody wants them, pictures shown small.
 * @module files
 */

import { element, icon, toast } from "./dom.js";
import { useEffect, useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

/** Pictures that browsers draw and that hold no scripts; anything else is only offered for download. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LARGEST_PREVIEW_BYTES = 6 * 1024 * 1024;
const PREVIEW_EDGE = 320;
/** A picture that is opened has at most this many pixels on its longer side. */
const LARGEST_EDGE = 2400;
/** Pictures drawn before, so that a row which is drawn anew neither fetches again nor jumps. */
const MOST_DRAWN = 100;
/** @type {Map<string, HTMLCanvasElement>} */
const drawn = new Map();

/**
 * A file, as the server describes it.
 *
 * @typedef {{id: string, fileName: string, mediaType: string, sizeBytes: number}} Attachment
 */

/**
 * Where files are fetched.
 *
 * @typedef {Object} FileContext
 * @property {import("./api.js").Api} api who fetches them
 * @property {string} path the path of files, below /api/v1/
 * @property {import("./i18n.js").Texts} texts
 */

/**
 * A file as a row that downloads it, with a small preview above if it is a picture.
 *
 * @param {{file: Attachment, context: FileContext}} properties
 */
export function FileRow({ file, context: { api, path, texts } }) {
  const name = plainName(file.fileName, texts.say("file.unnamed"));
  const [isLoading, setLoading] = useState(false);
  const [canvas, setCanvas] = useState(drawn.get(file.id) ?? null);
  const fetchContent = () => api.content(`${path}/${encodeURIComponent(file.id)}`);
  useEffect(() => {
    if (canvas || !PICTURES.has(file.mediaType) || file.sizeBytes > LARGEST_PREVIEW_BYTES) {
      return undefined;
    }
    let isGone = false;
    fetchContent()
      .then((content) => draw(content))
      .then((made) => {
        remember(file.id, made);
        return isGone || setCanvas(made);
      })
      .catch(() => {
        // No picture after all, or not reachable now: the row below still offers the file.
      });
    return () => {
      isGone = true;
    };
  }, [file.id]);
  const failed = () => toast(texts.say("file.failed", { name }), "danger", texts.say("action.dismiss"));
  const download = async () => {
    setLoading(true);
    try {
      save(await fetchContent(), name);
    } catch {
      failed();
    }
    setLoading(false);
  };
  const open = async () => {
    try {
      openPicture(await draw(await fetchContent(), LARGEST_EDGE), name, texts);
    } catch {
      failed();
    }
  };
  return html`<div class="file-box">
    ${canvas && html`<button type="button" class="file-open" aria-label=${texts.say("file.open", { name })} onClick=${open}><${Preview} canvas=${canvas} name=${name} /></button>`}
    <button type="button" class="file" aria-label=${texts.say("file.download", { name, size: texts.size(file.sizeBytes) })} disabled=${isLoading} onClick=${download}>
      <${Icon} name=${PICTURES.has(file.mediaType) ? "image" : "file"} />
      <span class="file__name" dir="auto">${name}</span>
      <span class="file__size">${isLoading ? texts.say("file.loading") : texts.size(file.sizeBytes)}</span>
      <${Icon} name="download" />
    </button>
  </div>`;
}

/**
 * A copy of a picture that was drawn before.
 *
 * @param {{canvas: HTMLCanvasElement, name: string}} properties
 */
function Preview({ canvas, name }) {
  const copy = useRef(/** @type {HTMLCanvasElement|null} */ (null));
  useLayoutEffect(() => copy.current?.getContext("2d")?.drawImage(canvas, 0, 0), [canvas]);
  return html`<canvas class="file-picture" role="img" aria-label=${name} width=${canvas.width} height=${canvas.height} ref=${copy}></canvas>`;
}

/**
 * Shows a picture in a dialog; Escape, the button and a press beside it close it, and the focus returns to where it was.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {string} name
 * @param {import("./i18n.js").Texts} texts
 */
function openPicture(canvas, name, texts) {
  canvas.className = "picture__canvas";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  const close = element("button", { type: "button", class: "button button--secondary button--icon picture__close", "aria-label": texts.say("action.close") }, icon("close"));
  const dialog = element("dialog", { class: "picture", "aria-label": name }, close, canvas);
  dialog.addEventListener("click", (event) => event.target !== canvas && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * Draws on a canvas: no address of the content arises that a page's policy would have to allow.
 *
 * @param {Blob} content
 * @param {number} [longest] the longer side, in pixels
 */
async function draw(content, longest = PREVIEW_EDGE) {
  const bitmap = await createImageBitmap(content);
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = element("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/**
 * @param {string} id
 * @param {HTMLCanvasElement} canvas
 */
function remember(id, canvas) {
  drawn.set(id, canvas);
  if (drawn.size > MOST_DRAWN) {
    drawn.delete([...drawn.keys()][0]);
  }
}

/**
 * @param {Blob} content
 * @param {string} name
 */
function save(content, name) {
  const address = URL.createObjectURL(content);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  releaseLater(address);
}

/**
 * Releases content that the page gave an address: later, because the browser may still be about to load it, and would report that it is missing.
 *
 * @param {string} address
 */
export function releaseLater(address) {
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
