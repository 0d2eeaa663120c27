package dev.relay.app.serve;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time budget of a stop, shared by all parts that have to end: time used by one is lost to the others. Starts when created. Not
 * thread-safe.
 */
final class StopGrace {
  private final Duration whole;
  private final LongSupplier nanos;
  private final long began;

  /**
   * Starts the budget.
   *
   * @param nanos reads {@link System#nanoTime}
   */
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
