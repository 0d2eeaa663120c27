package dev.relay.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys whose work failed and is not retried before a delay has passed. The delay doubles with each failure, so that work
 * that keeps failing does not hold up the rest. Bounded: beyond {@value #MAX_KEYS} keys the least recently used one is forgotten,
 * and its work is retried. Thread-safe.
 */
final class BackedOff<K> {
  static final int MAX_KEYS = 500;
  static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  /** Beyond this many doublings every delay is longer than the longest one. */
  private static final int MAX_DOUBLINGS = 20;

  private final Map<K, Failure> failures = new LinkedHashMap<>(16, 0.75f, true);

  private record Failure(int doublings, Instant at, Instant until) {
    /** A clock that was set back to before the failure says nothing of the delay, which could then last as long as the clock was ahead. */
    boolean isRecent(Instant now) {
      return !now.isBefore(at) && now.isBefore(until);
    }
  }

  /** Records one more failure of a key, and doubles its delay. */
  synchronized void failed(K key, Instant now) {
    Failure before = failures.get(key);
    int doublings = before == null ? 0 : Math.min(before.doublings() + 1, MAX_DOUBLINGS);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    failures.put(
        key, new Failure(doublings, now, now.plus(delay.compareTo(LONGEST) < 0 ? delay : LONGEST)));
    if (failures.size() > MAX_KEYS) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /** Forgets the failures of a key. */
  synchronized void succeeded(K key) {
    failures.remove(key);
  }

  /** Checks whether a key is still backed off. */
  synchronized boolean contains(K key, Instant now) {
    Failure failure = failures.get(key);
    return failure != null && failure.isRecent(now);
  }

  /** Returns the number of keys that have failed, whether or not their delay has passed. */
  synchronized int size() {
    return failures.size();
  }
}
