package dev.relay.http.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Throttles guessing. Some wrong guesses per key are free; each further one doubles the wait before the next, up to a maximum.
 * A right guess, or a day without guesses, resets the key. Bounded: beyond {@value #MAX_KEYS} keys the least recently used one
 * is forgotten. Thread-safe.
 */
final class GuessLimit {
  static final int MAX_KEYS = 20_000;
  static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  /** Beyond this many doublings every wait exceeds the maximum. */
  private static final int MAX_DOUBLINGS = 20;

  private final Duration longestWait;
  private final Map<String, Guesses> all = new LinkedHashMap<>(64, 0.75f, true);

  private record Guesses(int wrong, Instant last, Instant next) {}

  GuessLimit(Duration longestWait) {
    this.longestWait = longestWait;
  }

  /** Counts a guess as wrong before it is checked; returns how long to wait if it must not be made now. */
  synchronized Optional<Duration> take(String key, int free, Instant now) {
    Guesses before = all.get(key);
    if (before == null || now.isAfter(before.last().plus(FORGOTTEN_AFTER))) {
      before = new Guesses(0, now, now);
    }
    if (now.isBefore(before.next())) {
      return Optional.of(Duration.between(now, before.next()));
    }
    int wrong = before.wrong() + 1;
    all.put(key, new Guesses(wrong, now, now.plus(wait(wrong - free))));
    if (all.size() > MAX_KEYS) {
      all.remove(all.keySet().iterator().next());
    }
    return Optional.empty();
  }

  /** Resets the key after a right guess. */
  synchronized void right(String key) {
    all.remove(key);
  }

  /** Gives back a guess that could not be checked. */
  synchronized void giveBack(String key) {
    all.computeIfPresent(
        key, (same, guesses) -> new Guesses(guesses.wrong() - 1, guesses.last(), guesses.last()));
  }

  private Duration wait(int beyond) {
    if (beyond < 0) {
      return Duration.ZERO;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(beyond, MAX_DOUBLINGS));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
