package dev.relay.twilio.studio;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The circuit breaker of a Studio flow: opens for half a minute after three questions in a row that the flow did not answer, so that
 * customers do not wait for it; then one question probes it. Thread-safe.
 */
final class CircuitBreaker {
  private static final int FAILURES = 3;
  private static final Duration OPEN_FOR = Duration.ofSeconds(30);

  private final InstantSource clock;
  private int failures;
  private Instant openUntil = Instant.MIN;

  CircuitBreaker(InstantSource clock) {
    this.clock = clock;
  }

  /** Checks whether a question is answered without the flow; the first one after the pause is not. */
  synchronized boolean isOpen() {
    if (failures < FAILURES) {
      return false;
    }
    Instant now = clock.instant();
    if (now.isBefore(openUntil)) {
      return true;
    }
    // One question probes the flow; the others skip it until the result is known.
    openUntil = now.plus(OPEN_FOR);
    return false;
  }

  synchronized void failed() {
    failures++;
    if (failures == FAILURES) {
      openUntil = clock.instant().plus(OPEN_FOR);
    }
  }

  synchronized void succeeded() {
    failures = 0;
  }
}
