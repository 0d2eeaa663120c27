package dev.relay.core.engine.commit;

import dev.relay.core.operations.SteadyClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The detection of jumps of the clock, by checks that come at short intervals: the machine slept, its clock was set, or the engine
 * was held up so long that nothing could be received either. Thread-safe.
 */
public final class ClockJumps {
  private Optional<Instant> lastCheck = Optional.empty();
  private Optional<Jump> forward = Optional.empty();

  /** Creates a detection without a check so far. */
  public ClockJumps() {}

  /**
   * A jump forward.
   *
   * @param from the last time before the jump
   * @param to the first time after it
   */
  private record Jump(Instant from, Instant to) {
    /** Returns what is left of the jump after the clock was set back to that time. */
    Optional<Jump> undoneTo(Instant now) {
      if (!now.isAfter(from)) {
        return Optional.empty();
      }
      return Optional.of(now.isBefore(to) ? new Jump(from, now) : this);
    }
  }

  /** Takes the time of a check; returns the length of the jump since the one before, negative for a jump back, if there was one. */
  public synchronized Optional<Duration> check(Instant now) {
    Optional<Instant> before = lastCheck;
    lastCheck = Optional.of(now);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Duration passed = Duration.between(before.get(), now);
    if (passed.abs().compareTo(SteadyClock.LARGEST_SLEW) <= 0) {
      return Optional.empty();
    }
    forward = passed.isNegative()
        ? forward.flatMap(jump -> jump.undoneTo(now))
        : Optional.of(new Jump(before.get(), now));
    return Optional.of(passed);
  }

  /** Returns the length of the jump by which a timer became due at that time; empty if it was waited for. */
  public synchronized Optional<Duration> over(Instant wakeAt) {
    return forward
        .filter(jump -> wakeAt.isAfter(jump.from()) && !wakeAt.isAfter(jump.to()))
        .map(jump -> Duration.between(jump.from(), jump.to()));
  }

  /** Returns the moment since which that much time has passed, without a jump in between: what is older is really older. */
  public synchronized Instant ago(Duration age, Instant now) {
    Instant plain = now.minus(age);
    return forward
        .filter(jump -> plain.isBefore(jump.to()))
        .map(jump -> plain.minus(Duration.between(jump.from(), jump.to())))
        .orElse(plain);
  }
}
