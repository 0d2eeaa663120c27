package dev.relay.core.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The delays between attempts to deliver.
 *
 * @param delays the delay before the second attempt, the third, …; after the last one the lane is parked
 * @param jitter random variation of each delay as a fraction, 0 to 1: 0.2 means ±20 %
 */
public record BackOff(List<Duration> delays, double jitter) {
  /** 0, 1 s, 5 s, 30 s, 2 min, 10 min, 30 min, 2 h, 5 h, 10 h, each ±20 %: the usual pattern of webhook senders. */
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

  /**
   * Copies the delays.
   *
   * @throws IllegalArgumentException if the jitter is not from 0 to 1
   */
  public BackOff {
    delays = List.copyOf(delays);
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("the jitter must be from 0 to 1; it is " + jitter);
    }
  }

  /** Returns the delay after that many failed attempts (1 or more); empty if no further attempt is due. */
  public Optional<Duration> after(int failures, RandomGenerator random) {
    if (failures > delays.size()) {
      return Optional.empty();
    }
    long millis = delays.get(failures - 1).toMillis();
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    return Optional.of(Duration.ofMillis(Math.round(millis * factor)));
  }

  /** Returns the shorter of two waits. */
  public static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
