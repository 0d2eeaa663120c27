package dev.relay.http.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A token bucket per key: a burst, then a steady rate. Bounded: beyond {@value #MAX_KEYS} keys the least recently used one is
 * forgotten. Thread-safe.
 */
final class PaceLimit {
  static final int MAX_KEYS = 20_000;
  private static final double NANOS_PER_MINUTE = 60e9;

  private final int atOnce;
  private final int perMinute;
  private final Map<String, Left> all = new LinkedHashMap<>(64, 0.75f, true);

  PaceLimit(int atOnce, int perMinute) {
    this.atOnce = atOnce;
    this.perMinute = perMinute;
  }

  private record Left(double count, Instant at) {}

  /** Takes one token; takes none and returns how long to wait if the bucket is empty. */
  synchronized Optional<Duration> take(String key, Instant now) {
    Left before = all.getOrDefault(key, new Left(atOnce, now));
    long passed = Math.max(0, Duration.between(before.at(), now).toNanos());
    double left = Math.min(atOnce, before.count() + passed * perMinute / NANOS_PER_MINUTE);
    if (left < 1) {
      return Optional.of(Duration.ofNanos((long) ((1 - left) * NANOS_PER_MINUTE / perMinute)));
    }
    all.put(key, new Left(left - 1, now));
    if (all.size() > MAX_KEYS) {
      all.remove(all.keySet().iterator().next());
    }
    return Optional.empty();
  }
}
