package dev.relay.core.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that hides small corrections of the wall clock and follows large ones at once. It starts with the wall clock and runs by
 * the machine's monotonic clock. If the two differ by at most {@link #LARGEST_SLEW}, it follows by a tenth of the time that passes,
 * without going back: a correction of a minute is made up in ten, so that it neither ends leases nor fires time-outs. If they
 * differ by more, the machine slept or its clock was wrong, and the clock steps to the wall clock at once, forwards or backwards:
 * people's times, business hours and time-outs are then right from the first moment. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  /** The largest correction that is made gradually: well above what NTP corrects on a running machine. */
  public static final Duration LARGEST_SLEW = Duration.ofMinutes(5);

  private static final int SLEW = 10;

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private Instant last;
  private long lastNanos;

  /** Creates a clock that follows the system's clock. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * Creates a clock that follows another one.
   *
   * @param wall the clock to follow
   * @param nanoTime a monotonic clock, in nanoseconds from any moment
   */
  public SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.last = wall.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  @Override
  public synchronized Instant instant() {
    long nanos = nanoTime.getAsLong();
    Duration passed = Duration.ofNanos(Math.max(0, nanos - lastNanos));
    Instant steady = last.plus(passed);
    Duration off = Duration.between(steady, wall.instant());
    Duration most = passed.dividedBy(SLEW);
    if (off.abs().compareTo(LARGEST_SLEW) > 0) {
      most = off.abs();
    }
    if (off.compareTo(most) > 0) {
      off = most;
    } else if (off.compareTo(most.negated()) < 0) {
      off = most.negated();
    }
    last = steady.plus(off);
    lastNanos = nanos;
    return last;
  }
}
