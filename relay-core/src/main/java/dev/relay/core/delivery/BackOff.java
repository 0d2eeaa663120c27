package dev.relay.core.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait between attempts to deliver.
 *
 * @param delays the wait before the second attempt, the third, …; after the last one the lane is parked
 * @param jitter by which part of itself a wait may be shorter or longer, 0 to 1
 */
public record BackOff(List<Duration> delays, double jitter) {
  /** 0, 1 s, 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, 10 h, each ±20 %: after the pattern that webhook senders use. */
  public static final BackOff DEFAULT = new BackOff(
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10)),
      0.2);

  /** Copies the delays; refuses a jitter outside 0 to 1. */
  public BackOff {
    delays = List.copyOf(delays);
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("the jitter is 0 to 1, not " + jitter);
    }
  }

  /** The wait after that many failed attempts (1 or more); empty where no further attempt is due. */
  public Optional<Duration> after(int failures, RandomGenerator random) {
    if (failures > delays.size()) {
      return Optional.empty();
    }
    long millis = delays.get(failures - 1).toMillis();
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Optional.of(Duration.ofMillis(Math.round(millis * factor)));
  }
}
