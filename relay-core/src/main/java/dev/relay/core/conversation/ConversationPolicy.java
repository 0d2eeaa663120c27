package dev.relay.core.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time limits of conversations.
 *
 * @param botIdle how long a conversation with the virtual agent may be idle before it is closed
 * @param queueTimeout how long a customer waits for a live agent before the virtual agent takes over again
 * @param liveIdle how long a conversation with a live agent may be idle before it is closed and its case set to pending
 * @param confirmWithin how long a customer has to answer whether the matter is solved before the conversation is closed as solved
 */
public record ConversationPolicy(
    Duration botIdle, Duration queueTimeout, Duration liveIdle, Duration confirmWithin) {
  /** A day with the virtual agent, half an hour in the queue, a day with a live agent, a day to confirm. */
  public static final ConversationPolicy DEFAULT =
      new ConversationPolicy(Duration.ofHours(24), Duration.ofMinutes(30), Duration.ofHours(24));

  /** Creates limits with a day to confirm that the matter is solved. */
  public ConversationPolicy(Duration botIdle, Duration queueTimeout, Duration liveIdle) {
    this(botIdle, queueTimeout, liveIdle, Duration.ofHours(24));
  }

  /** Returns the longest of the limits: no timer of a conversation is further ahead, unless the clock was. */
  public Duration longest() {
    return Stream.of(botIdle, queueTimeout, liveIdle, confirmWithin)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Returns whether the timer of a conversation is further ahead than the limit of its own state: the clock was ahead when it was set. */
  public boolean isTimerAhead(Conversation conversation, Instant now) {
    Optional<Instant> farthest = limit(conversation.handling()).map(now::plus);
    return farthest.isPresent()
        && conversation.wakeAt().filter(at -> at.isAfter(farthest.get())).isPresent();
  }

  /** Returns the limit for a conversation that is handled so; empty if it has none. */
  Optional<Duration> limit(Handling handling) {
    if (handling instanceof Handling.Bot) {
      return Optional.of(botIdle);
    }
    if (handling instanceof Handling.Waiting) {
      return Optional.of(queueTimeout);
    }
    if (handling instanceof Handling.Live live) {
      return Optional.of(live.closeProposedAt().isPresent() ? confirmWithin : liveIdle);
    }
    return Optional.empty();
  }
}
