package dev.relay.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what failed, so that it is not tried again at once and in the way of others. Bounded: beyond {@value #MAX_KEYS} the
 * one that is longest unused is forgotten, and tried again. Thread-safe.
 */
final class PutAside<K> {
  static final int MAX_KEYS = 500;
  static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  /** Beyond this many doublings every wait is longer than the longest one. */
  private static final int MAX_DOUBLINGS = 20;

  private final Map<K, Failed> all = new LinkedHashMap<>(16, 0.75f, true);

  private record Failed(int times, Instant until) {}

  /** It failed once more: each time it is put aside for twice as long. */
  synchronized void failed(K key, Instant now) {
    Failed before = all.get(key);
    int times = before == null ? 0 : Math.min(before.times() + 1, MAX_DOUBLINGS);
    Duration wait = FIRST.multipliedBy(1L << times);
    all.put(key, new Failed(times, now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST)));
    if (all.size() > MAX_KEYS) {
      all.remove(all.keySet().iterator().next());
    }
  }

  /** It went well. */
  synchronized void done(K key) {
    all.remove(key);
  }

  /** Whether it is to be left alone at the moment. */
  synchronized boolean isAside(K key, Instant now) {
    Failed failed = all.get(key);
    return failed != null && now.isBefore(failed.until());
  }

  /** How many are remembered: so many more have to be looked at to find others. */
  synchronized int size() {
    return all.size();
  }
}
