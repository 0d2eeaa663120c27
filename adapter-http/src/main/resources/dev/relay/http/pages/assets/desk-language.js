/**
 * The desk's words in the language of its agent. English is part of the page; another language is loaded when it is spoken, because the
 * words are a large part of what the page loads.
 * @module desk-language
 */

import { withCommon } from "./common-texts.js";
import { DESK_TEXTS_EN } from "./desk-texts-en.js";

/**
 * Words by language and key: English and that language.
 *
 * @param {string} language
 * @returns {Promise<Object<string, Object<string, string>>>}
 */
export async function deskTexts(language) {
  const own = language === "es" ? (await import("./desk-texts-es.js")).DESK_TEXTS_ES : {};
  return withCommon({ en: DESK_TEXTS_EN, es: own });
}
