/**
 * Why a delivery failed, in the reader's language.
 * @module desk-failure
 */

/**
 * Returns why a delivery failed; the words of an adapter or of the far side stay as they are.
 *
 * @param {import("./desk-types.js").FailureReason} reason
 * @param {string} words the English sentence
 * @param {import("./i18n.js").Texts} texts
 * @returns {string}
 */
export function failureWords(reason, words, texts) {
  const name = `failure.${reason.code}`;
  if (!texts.has(name)) {
    return reason.arguments.words ?? words;
  }
  const { cause } = reason;
  const values = cause ? { ...reason.arguments, reason: failureWords(cause, reason.arguments.reason, texts) } : reason.arguments;
  return texts.say(name, values);
}
