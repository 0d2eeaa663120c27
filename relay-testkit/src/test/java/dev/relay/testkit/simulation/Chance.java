package dev.relay.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** All that is left to chance in one simulation, drawn from its seed. Used by one thread. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Whether something happens that happens that many times of a hundred. */
  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Whether something happens that happens that many times of ten thousand. */
  boolean perTenThousand(int times) {
    return random.nextInt(10_000) < times;
  }

  /** A number from the least to the most, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  Duration millisBetween(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A source of randomness of its own for somebody else. */
  RandomGenerator split() {
    return random.split();
  }
}
