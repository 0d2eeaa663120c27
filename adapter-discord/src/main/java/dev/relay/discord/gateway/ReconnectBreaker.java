package dev.relay.discord.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Slows JDA down where Discord accepts the connection and drops it again and again: JDA alone resumes at once each time, a
 * thousand times in seconds. JDA tells of each disconnection on the very thread that will connect again, so that making that thread
 * wait is enough. Thread-safe.
 */
final class ReconnectBreaker {
  /** A connection that lasted so long counts as a good one. */
  private static final Duration GOOD = Duration.ofMinutes(1);

  private static final int FREE_FAILURES = 2;
  /** From here on people are told. */
  private static final int LOOP = 5;

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final InstantSource clock;
  private final Duration first;
  private final CountDownLatch released = new CountDownLatch(1);
  private Instant connectedAt;
  private int failures;

  /** Whose first wait is that long; each further one is twice as long. */
  ReconnectBreaker(InstantSource clock, Duration first) {
    this.clock = clock;
    this.first = first;
    this.connectedAt = clock.instant();
  }

  /** A session has begun or goes on. */
  synchronized void connected() {
    connectedAt = clock.instant();
  }

  /** The connection broke; answers how long to wait before the next. */
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

  /** Whether it breaks again and again. */
  synchronized boolean isLoop() {
    return failures >= LOOP;
  }

  /** Waits that long, or until {@link #release}. */
  void await(Duration wait) {
    try {
      var unused = released.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody waits any more. */
  void release() {
    released.countDown();
  }
}
