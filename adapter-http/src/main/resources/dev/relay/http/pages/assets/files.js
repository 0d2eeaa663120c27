/**
 * Files that came with messages: shown by name, fetched when somebody wants them, pictures shown small.
 * @module files
 */

import { element, icon, toast } from "./dom.js";
import { plainName } from "./safe-text.js";

/** Pictures that browsers draw and that hold no scripts; anything else is only offered for download. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LARGEST_PREVIEW_BYTES = 6 * 1024 * 1024;
const PREVIEW_EDGE = 320;
/** A picture that is opened has at most this many pixels on its longer side. */
const LARGEST_EDGE = 2400;
/** Pictures drawn before, so that a row which is drawn anew neither fetches again nor jumps. */
const MOST_DRAWN = 100;
const drawn = new Map();

/**
 * A file as a row that downloads it, with a small preview above if it is a picture.
 *
 * @param {{id: string, fileName: string, mediaType: string, sizeBytes: number}} file
 * @param {Object} context
 * @param {import("./api.js").Api} context.api who fetches it
 * @param {string} context.path the path of files, below /api/v1/
 * @param {import("./i18n.js").Texts} context.texts
 * @returns {HTMLElement}
 */
export function fileRow(file, { api, path, texts }) {
  const name = plainName(file.fileName, texts.say("file.unnamed"));
  const state = element("span", { class: "file__size", text: texts.size(file.sizeBytes) });
  const fetchContent = () => api.content(`${path}/${encodeURIComponent(file.id)}`);
  const row = element(
    "button",
    {
      type: "button",
      class: "file",
      "aria-label": texts.say("file.download", { name, size: texts.size(file.sizeBytes) }),
      on: {
        click: async () => {
          row.disabled = true;
          state.textContent = texts.say("file.loading");
          try {
            save(await fetchContent(), name);
          } catch {
            toast(texts.say("file.failed", { name }), "danger", texts.say("action.dismiss"));
          }
          state.textContent = texts.size(file.sizeBytes);
          row.disabled = false;
        },
      },
    },
    icon(PICTURES.has(file.mediaType) ? "image" : "file"),
    element("span", { class: "file__name", dir: "auto", text: name }),
    state,
    icon("download"),
  );
  const box = element("div", { class: "file-box" }, row);
  if (drawn.has(file.id)) {
    box.prepend(preview(drawn.get(file.id), name, fetchContent, texts));
  } else if (PICTURES.has(file.mediaType) && file.sizeBytes <= LARGEST_PREVIEW_BYTES) {
    fetchContent()
      .then((content) => draw(content))
      .then((canvas) => {
        remember(file.id, canvas);
        box.prepend(preview(canvas, name, fetchContent, texts));
      })
      .catch(() => {
        // No picture after all, or not reachable now: the row below still offers the file.
      });
  }
  return box;
}

/** The small picture, which opens the large one in place. */
function preview(canvas, name, fetchContent, texts) {
  return element(
    "button",
    {
      type: "button",
      class: "file-open",
      "aria-label": texts.say("file.open", { name }),
      on: {
        click: async () => {
          try {
            openPicture(await draw(await fetchContent(), LARGEST_EDGE), name, texts);
          } catch {
            toast(texts.say("file.failed", { name }), "danger", texts.say("action.dismiss"));
          }
        },
      },
    },
    copyOf(canvas, name),
  );
}

/** Shows a picture in a dialog; Escape, the button and a press beside it close it, and the focus returns to where it was. */
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

/** Draws on a canvas: no address of the content arises that a page's policy would have to allow. */
async function draw(content, longest = PREVIEW_EDGE) {
  const bitmap = await createImageBitmap(content);
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = element("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

function copyOf(canvas, name) {
  const copy = element("canvas", { class: "file-picture", role: "img", "aria-label": name });
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return copy;
}

function remember(id, canvas) {
  drawn.set(id, canvas);
  if (drawn.size > MOST_DRAWN) {
    drawn.delete(drawn.keys().next().value);
  }
}

function save(content, name) {
  const address = URL.createObjectURL(content);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
