package dev.relay.app.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions that soon hold. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 20_000_000;

  private Await() {}

  /** Waits until the condition holds; fails with that description otherwise. */
  static void until(Supplier<String> what, BooleanSupplier condition) {
    until(PATIENCE, what, condition);
  }

  /** Waits at most that long until the condition holds; fails with that description otherwise. */
  static void until(Duration patience, Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited without success for: " + what.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
