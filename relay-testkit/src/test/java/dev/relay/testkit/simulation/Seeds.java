package dev.relay.testkit.simulation;

import java.util.Optional;
import java.util.stream.LongStream;

/** Runs many seeds at once, one thread for each processor. */
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

  /** Runs one seed and forgets the history of a run that went well, which a long soak has no room for. */
  private static Optional<Simulation.Result> failureOf(long seed) {
    return Optional.of(Simulation.run(seed)).filter(result -> result.failure().isPresent());
  }
}
