package dev.relay.discord.rest;

import java.time.Duration;

/**
 * The time by which the requests of one piece of work must be answered. Immutable.
 *
 * @param isSet false if there is no deadline
 * @param at the time on the scale of {@link System#nanoTime()}
 */
record Deadline(boolean isSet, long at) {
  /** No request starts with less remaining time, because it could not be answered. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** Returns no deadline. */
  static Deadline none() {
    return new Deadline(false, 0);
  }

  /** Returns the deadline after a time from now. */
  static Deadline in(Duration time) {
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /** Returns the earlier of two deadlines. */
  Deadline earlier(Deadline other) {
    if (!isSet || !other.isSet) {
      return isSet ? this : other;
    }
    return at - other.at < 0 ? this : other;
  }

  /** Checks whether no time is left for another request. */
  boolean isOver() {
    return isSet && at - System.nanoTime() < LEAST.toNanos();
  }

  /** Returns a wait, shortened to the remaining time. */
  Duration atMost(Duration wait) {
    if (!isSet) {
      return wait;
    }
    Duration left = Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    return left.compareTo(wait) < 0 ? left : wait;
  }
}
