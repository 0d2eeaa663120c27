package dev.relay.testkit.simulation;

import java.util.Optional;

/**
 * Runs simulations from the command line: with one number that seed, with two the seeds from the first, as many as the second
 * says. Ends with 1 and the whole history at the first failure.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** See the class. */
  public static void main(String[] arguments) {
    long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
    long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    Optional<Simulation.Result> failed = firstFailure(first, count);
    if (failed.isPresent()) {
      System.out.println(failed.get().report());
      System.exit(1);
    }
    System.out.println(count + " simulations from seed " + first + " on: nothing wrong");
  }

  /** The first of so many runs that fails, if one does. */
  static Optional<Simulation.Result> firstFailure(long first, long count) {
    for (long seed = first; seed < first + count; seed++) {
      Simulation.Result result = Simulation.run(seed);
      if (result.failure().isPresent()) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }
}
