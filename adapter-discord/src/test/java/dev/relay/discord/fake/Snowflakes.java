package dev.relay.discord.fake;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The source of Discord's ids: the milliseconds since 2015 in the upper 42 bits, so that an id shows when it was made. Each is at least a
 * millisecond later than the one before, even if the clock does not move, so that ids order all events.
 */
final class Snowflakes {
  /** Discord's documented epoch, the first second of 2015. */
  private static final long EPOCH_MILLIS = 1_420_070_400_000L;

  private static final int TIME_SHIFT = 22;

  private final InstantSource clock;
  private long lastMillis;

  Snowflakes(InstantSource clock) {
    this.clock = clock;
  }

  synchronized long next() {
    return (stamp().toEpochMilli() - EPOCH_MILLIS) << TIME_SHIFT;
  }

  /** Returns a time later than all returned before, equal to the clock's or slightly ahead. */
  synchronized Instant stamp() {
    lastMillis = Math.max(clock.millis(), lastMillis + 1);
    return Instant.ofEpochMilli(lastMillis);
  }

  static Instant time(long snowflake) {
    return Instant.ofEpochMilli((snowflake >>> TIME_SHIFT) + EPOCH_MILLIS);
  }
}
