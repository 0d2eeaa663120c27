package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Source of all randomness in one simulation, derived from its seed. Used by one thread. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns true with the given probability in per cent. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Returns true with the given probability, in times per ten thousand. */
  boolean perTenThousand(int times) {
    return random.nextInt(10_000) < times;
  }

  /** Returns a number between the two bounds, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration millisBetween(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns a separate source of randomness, derived from this one. */
  RandomGenerator split() {
    return random.split();
  }
}
