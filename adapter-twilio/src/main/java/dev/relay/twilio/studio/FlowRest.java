package dev.relay.twilio.studio;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Says when a Studio flow is not asked: where it was asked in vain three times in a row, customers do not wait for it for half a
 * minute; then one question shows whether it answers again. Thread-safe.
 */
final class FlowRest {
  private static final int IN_VAIN = 3;
  private static final Duration LASTS = Duration.ofSeconds(30);

  private final InstantSource clock;
  private int inVain;
  private Instant until = Instant.MIN;

  FlowRest(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a question is answered without the flow; the first after the rest is not. */
  synchronized boolean isResting() {
    if (inVain < IN_VAIN) {
      return false;
    }
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return true;
    }
    // One question tries; others rest until it is known what came of it.
    until = now.plus(LASTS);
    return false;
  }

  synchronized void askedInVain() {
    inVain++;
    if (inVain == IN_VAIN) {
      until = clock.instant().plus(LASTS);
    }
  }

  synchronized void heard() {
    inVain = 0;
  }
}
