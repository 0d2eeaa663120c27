package dev.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The system's time, advanced or stopped on demand. Thread-safe. */
final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;
  private volatile @Nullable Instant stopped;

  @Override
  public Instant instant() {
    Instant time = stopped;
    return time != null ? time : Instant.now().plus(ahead);
  }

  /** Shows the present time from now on, so that a limit can be tested to the second however slow the machine is. */
  void stop() {
    stopped = instant();
  }

  /** Shows the time again that it would show if it had never been stopped. */
  void goOn() {
    stopped = null;
  }

  void advance(Duration by) {
    ahead = ahead.plus(by);
  }
}
