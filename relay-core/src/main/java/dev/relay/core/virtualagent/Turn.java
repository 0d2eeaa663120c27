package dev.relay.core.virtualagent;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Locale;

/**
 * One thing that a customer said to the virtual agent, with what it needs to answer.
 *
 * @param conversation in which conversation
 * @param id names this turn: the same turn asked again (after a crash or a time-out) has the same id
 * @param text the customer's words, untrusted
 * @param locale the customer's language
 * @param misses how many turns before this one found no answer, in a row
 * @param history the conversation so far, oldest first, at most the last 50 entries, this turn included
 */
public record Turn(
    ConversationId conversation,
    String id,
    String text,
    Locale locale,
    int misses,
    List<TranscriptEntry> history) {

  /** Copies the history, so that the turn cannot change. */
  public Turn {
    history = List.copyOf(history);
  }
}
