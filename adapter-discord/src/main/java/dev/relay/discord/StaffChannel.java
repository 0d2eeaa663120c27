package dev.relay.discord;

import dev.relay.core.id.QueueName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A channel whose members are notified of customers who wait for a live agent. Immutable.
 *
 * @param channel the channel, which only staff should see
 * @param role the role to ping; empty to ping nobody
 * @param queues the queues that concern the channel; empty for all
 * @param after how long a customer must have waited, at least a second
 * @param repeat the time after which the role is pinged again while somebody still waits, at least a minute
 * @param pings how often the role is pinged for one notice, 1 to 20
 */
public record StaffChannel(
    long channel,
    Optional<Long> role,
    Set<QueueName> queues,
    Duration after,
    Duration repeat,
    int pings) {
  /** The default of {@link #after}. */
  public static final Duration DEFAULT_AFTER = Duration.ofMinutes(2);
  /** The default of {@link #repeat}. */
  public static final Duration DEFAULT_REPEAT = Duration.ofMinutes(10);
  /** The default of {@link #pings}. */
  public static final int DEFAULT_PINGS = 3;

  private static final int MOST_PINGS = 20;

  /**
   * Copies the queues.
   *
   * @throws IllegalArgumentException if a number is outside its limits
   */
  public StaffChannel {
    queues = Set.copyOf(queues);
    if (after.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "staff is notified after " + after + "; expected 1 s or more");
    }
    if (repeat.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "staff is pinged every " + repeat + "; expected 1 min or more");
    }
    if (pings < 1 || pings > MOST_PINGS) {
      throw new IllegalArgumentException(
          "staff is pinged " + pings + " times; expected 1 to " + MOST_PINGS);
    }
  }

  /** Returns a channel for all queues with the default times. */
  public static StaffChannel of(long channel, Optional<Long> role) {
    return new StaffChannel(channel, role, Set.of(), DEFAULT_AFTER, DEFAULT_REPEAT, DEFAULT_PINGS);
  }
}
