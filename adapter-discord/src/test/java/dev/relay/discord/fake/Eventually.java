package dev.relay.discord.fake;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what comes soon, by polling until a deadline. */
public final class Eventually {
  /** The default limit, long enough for a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long POLL_NANOS = 2_000_000;

  private Eventually() {}

  /** Waits until a condition holds; fails with the text if it does not within {@link #PATIENCE}. */
  public static void holds(String what, BooleanSupplier condition) {
    holds(PATIENCE, what, condition);
  }

  /** Waits until a condition holds; fails with the text if it does not in time. */
  public static void holds(Duration patience, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + ": not within " + patience);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Waits until the supplier returns a value and returns it; fails with the text if it does not within {@link #PATIENCE}. */
  public static <T> T gives(String what, Supplier<? extends @Nullable T> supplier) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      T found = supplier.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + ": not within " + PATIENCE);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
