package dev.relay.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a condition by checking it again and again. The pauses between two checks grow from 1 to 40 milliseconds, so that a
 * condition that comes true at once costs nothing and an expensive one is not checked too often. Thread-safe.
 */
public final class Eventually {
  /** The time after which a wait fails unless the caller names another one: long enough for a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long FIRST_PAUSE_NANOS = 1_000_000;
  private static final long LONGEST_PAUSE_NANOS = 40_000_000;

  private Eventually() {}

  /**
   * Waits until the condition holds.
   *
   * @param what describes the condition in the failure
   * @throws AssertionError if it does not hold within {@link #PATIENCE}
   */
  public static void holds(String what, BooleanSupplier condition) {
    holds(PATIENCE, () -> what, condition);
  }

  /**
   * Waits until the condition holds.
   *
   * @param what describes the condition in the failure; called only then, so that it can say what is seen instead
   * @throws AssertionError if it does not hold within {@link #PATIENCE}
   */
  public static void holds(Supplier<String> what, BooleanSupplier condition) {
    holds(PATIENCE, what, condition);
  }

  /**
   * Waits until the condition holds, and checks it at least once.
   *
   * @param patience the longest wait
   * @param what describes the condition in the failure; called only then, so that it can say what is seen instead
   * @throws AssertionError if it does not hold in time
   */
  public static void holds(Duration patience, Supplier<String> what, BooleanSupplier condition) {
    var unused = gives(patience, what, () -> condition.getAsBoolean() ? true : null);
  }

  /**
   * Waits until the supplier returns something other than null.
   *
   * @param what describes the awaited value in the failure
   * @return the first value that is not null
   * @throws AssertionError if there is none within {@link #PATIENCE}
   */
  public static <T> T gives(String what, Supplier<? extends @Nullable T> supplier) {
    return gives(PATIENCE, () -> what, supplier);
  }

  private static <T> T gives(
      Duration patience, Supplier<String> what, Supplier<? extends @Nullable T> supplier) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      T found = supplier.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() - begin >= patience.toNanos()) {
        throw new AssertionError("not within " + patience.toMillis() + " ms: " + what.get());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_NANOS);
    }
  }
}
