package dev.relay.http.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts attempts per key within a fixed window. Bounded: beyond {@value #MAX_KEYS} keys the least recently used one is
 * forgotten. Thread-safe.
 */
public final class AttemptLimit {
  static final int MAX_KEYS = 20_000;

  private final long allowed;
  private final Duration window;
  private final Map<String, Count> counts = new LinkedHashMap<>(64, 0.75f, true);

  public AttemptLimit(long allowed, Duration window) {
    this.allowed = allowed;
    this.window = window;
  }

  /** Takes one attempt; returns how long to wait if none is left. */
  public Optional<Duration> take(String key, Instant now) {
    return take(key, 1, now);
  }

  /** Takes that many attempts; takes none and returns how long to wait if fewer are left. */
  public synchronized Optional<Duration> take(String key, long amount, Instant now) {
    Count count = counts.get(key);
    if (count == null || !now.isBefore(count.until)) {
      count = new Count(now.plus(window));
      counts.put(key, count);
      forgetOldest();
    }
    if (count.taken + amount > allowed) {
      return Optional.of(Duration.between(now, count.until));
    }
    count.taken += amount;
    return Optional.empty();
  }

  /** Checks whether no attempt is left at the moment. */
  synchronized boolean isSpent(String key, Instant now) {
    Count count = counts.get(key);
    return count != null && now.isBefore(count.until) && count.taken >= allowed;
  }

  /** Gives back an attempt that should not count. */
  void giveBack(String key) {
    giveBack(key, 1);
  }

  /** Gives back that many attempts. */
  synchronized void giveBack(String key, long amount) {
    Count count = counts.get(key);
    if (count != null) {
      count.taken = Math.max(0, count.taken - amount);
    }
  }

  private void forgetOldest() {
    if (counts.size() > MAX_KEYS) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  private static final class Count {
    private final Instant until;
    private long taken;

    Count(Instant until) {
      this.until = until;
    }
  }
}
