package dev.relay.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes soon. */
final class Eventually {
  private static final long POLL_NANOS = 2_000_000;

  private Eventually() {}

  /** Waits until that holds; fails with that message where it does not in time. */
  static void holds(Duration patience, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + ": not within " + patience);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
