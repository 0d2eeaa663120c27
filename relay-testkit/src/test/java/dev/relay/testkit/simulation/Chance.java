package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The random choices of one simulation, drawn from its seed. Used by one thread. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns true with a probability of that many percent. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Returns true with a probability of that many in ten thousand. */
  boolean perTenThousand(int times) {
    return random.nextInt(10_000) < times;
  }

  /** Returns a number from the least to the most, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration millisBetween(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Returns an independent source of randomness. */
  RandomGenerator split() {
    return random.split();
  }
}
