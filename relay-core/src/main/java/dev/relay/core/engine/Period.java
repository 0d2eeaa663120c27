package dev.relay.core.engine;

import java.time.Duration;
import java.time.Instant;

/** The time between two runs of a check. A clock that was set back delays the next run by no more than that. Used by one thread. */
final class Period {
  private final Duration length;
  private Instant next = Instant.MIN;

  Period(Duration length) {
    this.length = length;
  }

  /** Checks whether the next run is due and, if so, begins the period after it. */
  boolean isOver(Instant now) {
    boolean clockWasSetBack = next.isAfter(now.plus(length));
    if (now.isBefore(next) && !clockWasSetBack) {
      return false;
    }
    next = now.plus(length);
    return true;
  }
}
