package dev.relay.app.serve;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a stop may take, shared by all that has to end: whatever one of them has used up, the others do not get. Begins to
 * run when it is made. Not thread-safe.
 */
final class StopGrace {
  private final Duration whole;
  private final LongSupplier nanos;
  private final long began;

  /** With the time of {@link System#nanoTime}. */
  StopGrace(Duration whole, LongSupplier nanos) {
    this.whole = whole;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Returns the time for requests in progress: not all of it, so that what they submitted can still be delivered. */
  Duration forRequests() {
    return left().minus(whole.dividedBy(4)).isNegative()
        ? Duration.ZERO
        : left().minus(whole.dividedBy(4));
  }

  /** Returns the time that is left. */
  Duration left() {
    Duration left = whole.minusNanos(nanos.getAsLong() - began);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
