package dev.relay.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class SettableClock implements InstantSource {
  private Instant now;

  /** Creates a clock that shows that time. */
  public SettableClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Shows that time from now on, be it earlier or later. */
  public synchronized void set(Instant time) {
    now = time;
  }

  /** Moves forward by that duration, or back if it is negative; returns the new time. */
  public synchronized Instant advance(Duration duration) {
    now = now.plus(duration);
    return now;
  }
}
