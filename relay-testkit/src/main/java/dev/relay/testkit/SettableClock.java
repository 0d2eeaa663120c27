package dev.relay.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock whose time changes only when a test sets it. Thread-safe. */
public final class SettableClock implements InstantSource {
  private Instant now;

  /** Creates a clock that shows the given time. */
  public SettableClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Sets the time, which may be earlier or later than the present one. */
  public synchronized void set(Instant time) {
    now = time;
  }

  /** Moves the time forward, or back if the duration is negative, and returns the new time. */
  public synchronized Instant advance(Duration duration) {
    now = now.plus(duration);
    return now;
  }
}
