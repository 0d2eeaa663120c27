package dev.relay.discord.rest;

import java.time.Duration;

/**
 * Until when the requests of one piece of work must be answered. Immutable.
 *
 * @param isSet whether there is one
 * @param at its time as {@link System#nanoTime()} tells it
 */
record Deadline(boolean isSet, long at) {
  /** No request is begun with less time than that: it could not be answered. */
  private static final Duration LEAST = Duration.ofMillis(500);

  /** None. */
  static Deadline none() {
    return new Deadline(false, 0);
  }

  /** After that time. */
  static Deadline in(Duration time) {
    return new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /** Whichever comes first. */
  Deadline earlier(Deadline other) {
    if (!isSet || !other.isSet) {
      return isSet ? this : other;
    }
    return at - other.at < 0 ? this : other;
  }

  /** Whether there is no time for another request. */
  boolean isOver() {
    return isSet && at - System.nanoTime() < LEAST.toNanos();
  }

  /** That wait, or what is left. */
  Duration atMost(Duration wait) {
    if (!isSet) {
      return wait;
    }
    Duration left = Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    return left.compareTo(wait) < 0 ? left : wait;
  }
}
