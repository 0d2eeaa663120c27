package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A circuit breaker that slows JDA down if Discord accepts the connection and keeps dropping it. Without it, JDA resumes at once each
 * time, a thousand times within seconds. JDA reports each disconnection on the thread that reconnects, so that blocking this thread is
 * enough. Thread-safe.
 */
final class ReconnectBreaker {
  /** A connection that lasted this long counts as stable. */
  private static final Duration GOOD = Duration.ofMinutes(1);

  private static final int FREE_FAILURES = 2;
  /** The number of failures from which the status reports a loop. */
  private static final int LOOP = 5;

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final InstantSource clock;
  private final Duration first;
  private final CountDownLatch released = new CountDownLatch(1);
  private Instant connectedAt;
  private int failures;

  /**
   * Creates a breaker.
   *
   * @param first the first wait; each further wait is twice as long
   */
  ReconnectBreaker(InstantSource clock, Duration first) {
    this.clock = clock;
    this.first = first;
    this.connectedAt = clock.instant();
  }

  /** Records that a session has begun or resumed. */
  synchronized void connected() {
    connectedAt = clock.instant();
  }

  /** Records that the connection broke. Returns the wait before the next connection. */
  synchronized Duration broke() {
    if (clock.instant().isAfter(connectedAt.plus(GOOD))) {
      failures = 0;
    }
    failures++;
    connectedAt = clock.instant();
    if (failures <= FREE_FAILURES) {
      return Duration.ZERO;
    }
    Duration wait =
        first.multipliedBy(1L << Math.min(failures - FREE_FAILURES - 1, MOST_DOUBLINGS));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  /** Checks whether the connection keeps breaking. */
  synchronized boolean isLoop() {
    return failures >= LOOP;
  }

  /** Waits, at most until {@link #release}. */
  void await(Duration wait) {
    try {
      var unused = released.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all waits. */
  void release() {
    released.countDown();
  }
}
