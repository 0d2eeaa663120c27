package dev.relay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts attempts per key within a fixed window. Bounded: beyond {@value #MAX_KEYS} keys the one that is longest unused is
 * forgotten. Thread-safe.
 */
final class AttemptLimit {
  static final int MAX_KEYS = 20_000;

  private final int allowed;
  private final Duration window;
  private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true);

  AttemptLimit(int allowed, Duration window) {
    this.allowed = allowed;
    this.window = window;
  }

  /** Takes an attempt; answers how long to wait where there is none left. */
  synchronized Optional<Duration> take(String key, Instant now) {
    Count count = counts.get(key);
    if (count == null || !now.isBefore(count.until)) {
      count = new Count(now.plus(window));
      counts.put(key, count);
      forgetOldest();
    }
    if (count.taken >= allowed) {
      return Optional.of(Duration.between(now, count.until));
    }
    count.taken++;
    return Optional.empty();
  }

  /** Gives an attempt back: it was none. */
  synchronized void giveBack(String key) {
    Count count = counts.get(key);
    if (count != null && count.taken > 0) {
      count.taken--;
    }
  }

  private void forgetOldest() {
    if (counts.size() > MAX_KEYS) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  private static final class Count {
    private final Instant until;
    private int taken;

    Count(Instant until) {
      this.until = until;
    }
  }
}
