package dev.relay.core.conversation;

import java.time.Duration;

/**
 * How long conversations wait for what.
 *
 * @param botIdle after how long without a word a conversation with the virtual agent is closed
 * @param queueTimeout how long a customer waits for an agent before the virtual agent takes over again
 * @param liveIdle after how long without a word a conversation with an agent is closed and its case set to pending
 */
public record ConversationPolicy(Duration botIdle, Duration queueTimeout, Duration liveIdle) {
  /** A day with the virtual agent, half an hour in the queue, a day with an agent. */
  public static final ConversationPolicy DEFAULT =
      new ConversationPolicy(Duration.ofHours(24), Duration.ofMinutes(30), Duration.ofHours(24));
}
