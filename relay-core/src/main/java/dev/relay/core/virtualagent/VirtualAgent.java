package dev.relay.core.virtualagent;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Locale;

/**
 * The port to the program that answers customers first. Thread-safe. The rules are in docs/virtual-agent-contract.md; the test
 * kit's VirtualAgentContract checks them.
 */
public interface VirtualAgent {

  /** Returns the name that customers see, in their language: 1 to 80 characters, for example "Relay assistant" (V1.6). */
  String displayName(Locale locale);

  /**
   * Answers one turn. Called outside any transaction; may block up to its own time-out. MUST NOT throw when a remote side
   * fails, but return {@link Answer.Failed} (V1.1); MUST hand over when the customer requests a live agent in English or Spanish
   * (V1.2); MUST accept any text (V1.3); SHOULD answer the same turn id in the same way (V1.4), because a turn can be asked again
   * after a crash; MUST say something when it replies (V1.5); MUST NOT mistake an ordinary question for a request for a live
   * agent (V1.8).
   */
  Answer answer(Turn turn);

  /**
   * Checks whether a text requests a live agent, in English or in Spanish, whatever the customer's language is. Phrases are recognised, not
   * words: "report a person" and "my agent character" request nobody.
   */
  static boolean isRequestForLiveAgent(String text) {
    return LiveAgentRequest.isIn(text);
  }

  /**
   * One question of a customer to the virtual agent, with the information needed to answer it: one message, or several that were written
   * in one go.
   *
   * @param conversation the conversation
   * @param id identifies this turn: the same turn asked again (after a crash or a time-out) has the same id
   * @param text the customer's words, as last edited, untrusted; one line per message, at most {@value
   *     dev.relay.core.message.MessageBody#MAX_TEXT} characters
   * @param locale the customer's language
   * @param misses the number of consecutive turns before this one without an answer
   * @param history the conversation up to and including this turn, oldest first, taken from the last 50 entries, as {@link
   *     TranscriptEntry#asPassedOn} returns it: edited messages have their latest text, deleted and internal ones are left out
   */
  record Turn(
      ConversationId conversation,
      String id,
      String text,
      Locale locale,
      int misses,
      List<TranscriptEntry> history) {

    /** Applies the history's edits and deletions, and leaves internal messages out. */
    public Turn {
      history = TranscriptEntry.asPassedOn(history);
    }
  }
}
