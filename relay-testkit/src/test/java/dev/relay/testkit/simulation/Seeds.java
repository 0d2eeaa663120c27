package dev.relay.testkit.simulation;

import java.util.Optional;
import java.util.stream.LongStream;

/** Runner of many seeds in parallel, with one thread per processor. */
final class Seeds {
  private Seeds() {}

  /** Returns the failure with the lowest seed among {@code count} runs that begin with {@code first}, if any of them fails. */
  static Optional<Simulation.Result> firstFailure(long first, long count) {
    return LongStream.range(first, first + count)
        .parallel()
        .mapToObj(Seeds::failureOf)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Runs one seed and discards the history of a successful run, to save memory in a long soak. */
  private static Optional<Simulation.Result> failureOf(long seed) {
    return Optional.of(Simulation.run(seed)).filter(result -> result.failure().isPresent());
  }
}
