/**
 * The agent's own picture: chosen, made small here, and sent.
 * @module desk-own-picture
 */

import { pictureAddress } from "./api.js";
import { byId, picture, show, toast } from "./dom.js";
import { tellFailure, tellSuccess } from "./question.js";
import { initials } from "./safe-text.js";

/** Twice the pixels of the largest place in which it is shown. */
const EDGE = 256;
const QUALITY = 0.85;
const PATH = "agents/me/picture";

/** The card of the agent's picture in the settings. */
export class OwnPicture {
  #api;
  #texts;
  #name;

  /**
   * @param {import("./api.js").Api} api
   * @param {import("./i18n.js").Texts} texts
   * @param {{displayName: string, role: string}} me who is logged in
   */
  constructor(api, texts, me) {
    this.#api = api;
    this.#texts = texts;
    this.#name = me.displayName;
    // A viewer writes to no customer.
    show(byId("own-picture"), me.role !== "viewer");
    const input = /** @type {HTMLInputElement} */ (byId("own-picture-file"));
    byId("own-picture-choose").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      input.value = "";
      if (file) {
        this.#choose(file);
      }
    });
    byId("own-picture-remove").addEventListener("click", () => this.#remove());
  }

  /** Reads the picture and shows it. */
  async show() {
    try {
      const { picture: id } = await this.#api.get(PATH);
      this.#draw(id);
    } catch {
      this.#draw(null);
    }
  }

  /** @param {Blob} file */
  async #choose(file) {
    let small;
    try {
      small = await square(file);
    } catch {
      toast(this.#texts.say("picture.unreadable"), "danger", this.#texts.say("action.dismiss"));
      return;
    }
    try {
      const { picture: id } = await this.#api.put(PATH, small);
      this.#draw(id);
      tellSuccess(this.#texts, this.#texts.say("picture.saved"));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  async #remove() {
    try {
      await this.#api.delete(PATH);
      byId("own-picture-choose").focus();
      this.#draw(null);
      tellSuccess(this.#texts, this.#texts.say("picture.removed"));
    } catch (failure) {
      tellFailure(this.#texts, failure);
    }
  }

  /** @param {string|null} id */
  #draw(id) {
    const letters = initials(this.#name);
    byId("own-picture-shown").replaceChildren(id ? picture(pictureAddress(id), letters) : letters);
    show(byId("own-picture-remove"), id !== null);
  }
}

/**
 * The middle of a picture as a small square. Drawing it anew leaves out what a camera adds, such as the place.
 *
 * @param {Blob} file
 * @returns {Promise<Blob>} a JPEG
 */
async function square(file) {
  const bitmap = await createImageBitmap(file);
  const edge = Math.min(bitmap.width, bitmap.height);
  const canvas = document.createElement("canvas");
  canvas.width = EDGE;
  canvas.height = EDGE;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  // JPEG has no transparency: without a ground it would be black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, EDGE, EDGE);
  context.drawImage(bitmap, (bitmap.width - edge) / 2, (bitmap.height - edge) / 2, edge, edge, 0, 0, EDGE, EDGE);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser makes no JPEG"))), "image/jpeg", QUALITY);
  });
}
