package dev.relay.core.virtualagent;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Locale;

/**
 * One message of a customer to the virtual agent, with the information needed to answer it.
 *
 * @param conversation the conversation
 * @param id identifies this turn: the same turn asked again (after a crash or a time-out) has the same id
 * @param text the customer's words, untrusted
 * @param locale the customer's language
 * @param misses the number of consecutive turns before this one without an answer
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
