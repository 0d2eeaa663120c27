package dev.relay.http.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets so many through at once per key and then goes on at a pace. Bounded: beyond {@value #MAX_KEYS} keys the one that is
 * longest unused is forgotten. Thread-safe.
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

  /** Takes one; answers how long to wait where none is left, which takes nothing. */
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
