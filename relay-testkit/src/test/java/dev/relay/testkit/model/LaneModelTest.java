package dev.relay.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.model.LaneModel.Bounds;
import dev.relay.testkit.model.LaneModel.Timing;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lane protocol in every order of steps: see docs/decisions/0067. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LaneModelTest {
  private static final Bounds THREE_MESSAGES = new Bounds(2, 3, 2);

  /** Calls of any length have so many orders that the build looks at two messages. */
  private static final Bounds TWO_MESSAGES = new Bounds(2, 2, 1);

  @Test
  void with_calls_shorter_than_half_a_lease_nothing_is_lost_doubled_or_out_of_order() {
    Explorer.Result result = explored(THREE_MESSAGES, Timing.SHORT_CALLS, false);

    assertThat(result.violation()).isEmpty();
    assertThat(result.repeat()).isEmpty();
    assertThat(result.states()).isGreaterThan(20_000);
  }

  @Test
  void with_calls_of_any_length_only_what_was_looked_up_in_doubt_can_arrive_twice() {
    Explorer.Result result = explored(TWO_MESSAGES, Timing.ANY, false);

    assertThat(result.violation()).isEmpty();
    assertThat(result.repeat()).as("the shortest history of a repeat").isNotEmpty();
  }

  @Test
  void a_far_side_that_recognises_messages_never_has_one_twice() {
    Explorer.Result result = explored(TWO_MESSAGES, Timing.ANY, true);

    assertThat(result.violation()).isEmpty();
    assertThat(result.repeat()).isEmpty();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @Tag("soak")
  @ValueSource(booleans = {false, true})
  void the_same_holds_for_three_messages_and_two_late_calls_of_any_length(boolean recognises) {
    Explorer.Result result = explored(THREE_MESSAGES, Timing.ANY, recognises);

    assertThat(result.violation()).isEmpty();
    assertThat(result.repeat().isEmpty()).isEqualTo(recognises);
  }

  @ParameterizedTest
  @EnumSource
  void without_a_guard_the_invariant_fails_for_which_it_is_there(MissingGuard missing) {
    Explorer.Result result =
        Explorer.explore(new LaneModel(THREE_MESSAGES, Timing.SHORT_CALLS, false, missing));

    Explorer.Violation violation = result.violation().orElseThrow();
    System.out.println("without the guard " + missing + ", " + violation);
    assertThat(violation.invariant()).isEqualTo(missing.fails());
  }

  private static Explorer.Result explored(Bounds bounds, Timing timing, boolean recognises) {
    Explorer.Result result = Explorer.explore(new LaneModel(bounds, timing, recognises, Rules.ALL));
    System.out.println(bounds + ", calls " + timing + ": " + result.states() + " states, "
        + result.transitions() + " transitions");
    return result;
  }
}
