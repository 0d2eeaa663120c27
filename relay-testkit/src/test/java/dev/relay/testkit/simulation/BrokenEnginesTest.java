package dev.relay.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the simulator itself: it finds every defect of a broken engine. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenEnginesTest {
  private static final int SEEDS = 300;

  @ParameterizedTest
  @EnumSource
  void a_broken_engine_is_found_out_by_the_check_that_is_there_for_it(
      BrokenEngine engine, TestReporter reporter) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation.Result result = Simulation.run(seed, engine);
      if (result.failure().isPresent()) {
        System.out.println(
            engine + " is found out by seed " + seed + ": " + result.failure().get());
        assertThat(engine.isFoundBy(result.failure().get().check()))
            .as(result.report())
            .isTrue();
        return;
      }
    }
    throw new AssertionError(engine + " was not found out in " + SEEDS + " seeds");
  }
}
