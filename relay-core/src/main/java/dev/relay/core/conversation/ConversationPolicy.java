package dev.relay.core.conversation;

import java.time.Duration;

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
}
