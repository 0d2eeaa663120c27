package dev.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's time, advanced on demand. Thread-safe. */
final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  void advance(Duration by) {
    ahead = ahead.plus(by);
  }
}
