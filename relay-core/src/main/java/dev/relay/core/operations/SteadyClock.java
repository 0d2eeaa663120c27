package dev.relay.core.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that does not jump. It starts with the wall clock, runs by the machine's monotonic clock, never goes back, and follows
 * a wall clock that was changed by at most a tenth of the time that passes: a jump of ten minutes is made up in less than two
 * hours. A jump therefore neither ends leases, nor fires time-outs, nor delays due deliveries. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
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
  SteadyClock(InstantSource wall, LongSupplier nanoTime) {
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
