/**
 * Why a conversation was handed over, in the reader's language. The transcript keeps the reason in English words, which also go to other desks.
 * @module desk-reasons
 */

/**
 * The English words of each reason, and the name of its text.
 *
 * @type {[RegExp, string][]}
 */
const REASONS = [
  [/^the customer asked for a live agent$/, "handoff.asked"],
  [/^the customer answered about case (?<case>.+)$/, "handoff.answered"],
  [/^the virtual agent handed over$/, "handoff.virtualAgent"],
  [/^the virtual agent could not be reached$/, "handoff.virtualAgentFailed"],
  [/^a routing rule requires it$/, "handoff.rule"],
  [/^routing rule (?<rule>.+)$/, "handoff.namedRule"],
  [/^the agent left without ending the conversation$/, "handoff.left"],
  [/^the agent is not there any longer$/, "handoff.absent"],
  [/^the agent no longer works here$/, "handoff.disabled"],
  [/^(?<name>.+) passed it to queue (?<queue>[^ ]+)$/, "handoff.passed"],
  [/^it was passed to queue (?<queue>[^ ]+)$/, "handoff.moved"],
  [/^the case was moved to queue (?<queue>[^ ]+)$/, "handoff.moved"],
  [/^the desk lost the conversation$/, "handoff.lost"],
  [/^desk (?<desk>[^ ]+) lost the conversation: (?<reason>.*)$/, "handoff.lostBy"],
  [/^desk (?<desk>[^ ]+) could not accept it: (?<reason>.*)$/, "handoff.refusedBy"],
];

/**
 * Returns the reason of a handoff in the reader's language; words that are not Relay's own stay as they are.
 *
 * @param {import("./i18n.js").Texts} texts
 * @param {string} reason as the transcript has it
 * @returns {string}
 */
export function handoffReason(texts, reason) {
  for (const [words, name] of REASONS) {
    const found = words.exec(reason);
    if (found) {
      return texts.say(name, found.groups ?? {});
    }
  }
  return reason;
}
