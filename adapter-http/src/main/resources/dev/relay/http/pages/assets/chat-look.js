/**
 * What the operator has chosen for the look of the chat. It comes with the page.
 * @module chat-look
 */

/**
 * @typedef {Object} Look
 * @property {string} [title] the name in the head
 * @property {string} [logo] the address of the picture in the head
 * @property {Object<string, string>} greetings what a customer reads first, by language
 * @property {Object<string, string[]>} quickReplies what a customer can say by pressing a button, by language
 * @property {Object<string, Object<string, string>>} texts texts that replace those of the page, by language and name
 */

/** @returns {Look} */
function chosen() {
  const meta = document.querySelector("meta[name=relay-look]");
  return meta instanceof HTMLMetaElement ? JSON.parse(meta.content) : { greetings: {}, quickReplies: {}, texts: {} };
}

const look = chosen();

/**
 * The value for a language: its own, else the English one, else any.
 *
 * @param {Object<string, any>} byLanguage
 * @param {string} language
 * @returns {any}
 */
function inLanguage(byLanguage, language) {
  return byLanguage[language] ?? byLanguage.en ?? Object.values(byLanguage)[0];
}

/**
 * The page's texts with those that the operator has replaced.
 *
 * @param {Object<string, Object<string, string>>} shipped by language and name
 * @returns {Object<string, Object<string, string>>}
 */
export function withOwnTexts(shipped) {
  return Object.fromEntries(Object.entries(shipped).map(([language, words]) => [language, { ...words, ...look.texts[language] }]));
}

/** The name in the head of the chat; undefined if none was chosen. */
export const title = look.title;

/** The address of the picture in the head; undefined if none was chosen. */
export const logo = look.logo;

/**
 * What a customer reads first; undefined if no words were chosen.
 *
 * @param {string} language
 * @returns {string|undefined}
 */
export function greeting(language) {
  return inLanguage(look.greetings, language);
}

/**
 * What a customer can say by pressing a button.
 *
 * @param {string} language
 * @returns {string[]}
 */
export function quickReplies(language) {
  return inLanguage(look.quickReplies, language) ?? [];
}
