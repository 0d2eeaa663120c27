package dev.relay.http.live;

import dev.relay.core.message.Participant;
import dev.relay.http.web.Texts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sign that somebody is typing, as event streams send it. It ends without a further event.
 *
 * @param conversationId the conversation; null in the customer's own stream, which has one only
 * @param author {@code customer} or {@code agent}
 * @param username the live agent's user name; null in a customer's stream, and for a customer
 * @param name the live agent's name for colleagues; null likewise
 * @param internal whether an internal message is written, which the customer never sees
 * @param seconds how long the sign is true if it is not repeated
 */
record Typing(
    @Nullable String conversationId,
    String author,
    @Nullable String username,
    @Nullable String name,
    boolean internal,
    long seconds) {
  /** Longer than the time after which clients repeat it, so that the sign does not flicker. */
  static final Duration LASTS = Duration.ofSeconds(6);

  /** What a customer sees of their live agent, whose name the status has. */
  static final Typing OF_AGENT =
      new Typing(null, Texts.lower(Participant.Role.AGENT), null, null, false, LASTS.toSeconds());

  static Typing ofCustomer(String conversation) {
    return new Typing(
        conversation, Texts.lower(Participant.Role.CUSTOMER), null, null, false, LASTS.toSeconds());
  }

  static Typing ofAgent(String conversation, Participant agent, boolean internal) {
    return new Typing(
        conversation,
        Texts.lower(Participant.Role.AGENT),
        agent.id(),
        agent.nameForColleagues(),
        internal,
        LASTS.toSeconds());
  }
}
