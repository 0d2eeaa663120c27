package dev.relay.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Simulations of the build: {@code relay.simulation.seeds} seeds from 1 on (without Maven 1,000), or only the seed
 * {@code relay.simulation.seed}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationTest {
  private static final int SEEDS = 1_000;
  private static final int DAMAGED_WORLDS = 50;

  @Test
  void whatever_goes_wrong_nothing_is_lost_doubled_or_out_of_order() {
    Long seed = Long.getLong("relay.simulation.seed");
    Optional<Simulation.Result> failed = seed == null
        ? Seeds.firstFailure(1, Long.getLong("relay.simulation.seeds", SEEDS))
        : Seeds.firstFailure(seed, 1);

    failed.ifPresent(result -> fail(result.report()));
  }

  @Test
  void entries_that_cannot_be_read_stop_nothing_but_themselves() {
    int parked = 0;
    for (long seed = 1; seed <= DAMAGED_WORLDS; seed++) {
      Simulation.Result result = Simulation.run(seed, Damage.WORLD);
      result.failure().ifPresent(failure -> fail(result.report()));
      parked += (int) result.history().stream()
          .filter(line -> line.contains("cannot be read: damaged"))
          .count();
    }

    assertThat(parked).as("lanes that were parked for it").isPositive();
  }

  @Test
  void the_same_seed_gives_the_same_history() {
    List<String> first = Simulation.run(18).history();
    List<String> second = Simulation.run(18).history();

    assertThat(first).hasSizeGreaterThan(50);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void the_worlds_differ_and_much_happens_in_them() {
    long steps = 0;
    for (long seed = 1; seed <= 20; seed++) {
      steps += Simulation.run(seed).steps();
    }

    assertThat(steps).isGreaterThan(20 * 500);
    assertThat(Simulation.run(1).scenario()).isNotEqualTo(Simulation.run(2).scenario());
  }

  @Test
  void in_some_worlds_handoffs_fall_back_to_another_desk_after_an_attempt_and_after_a_refusal() {
    List<Predicate<String>> wanted = new ArrayList<>(List.of(
        move -> move.contains("given up after"),
        move -> move.contains("simulated: nobody here"),
        move -> move.contains("lost the conversation")));

    for (long seed = 1; seed <= 300 && !wanted.isEmpty(); seed++) {
      Simulation.run(seed).history().stream()
          .filter(line -> line.contains("moved the handoff"))
          .forEach(move -> wanted.removeIf(reason -> reason.test(move)));
    }

    assertThat(wanted).as("reasons that no world had").isEmpty();
  }
}
