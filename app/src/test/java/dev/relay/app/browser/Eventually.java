package dev.relay.app.browser;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions that soon hold: checks repeatedly, and fails after a while. */
final class Eventually {
  /** Only a failure takes that long; a busy computer can be very slow. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(40);

  private Eventually() {}

  /** Waits until the condition holds; fails with this description and the visible text otherwise. */
  static void await(String what, BooleanSupplier condition, Supplier<String> seen) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited without success: " + what + "; visible: " + seen.get());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
