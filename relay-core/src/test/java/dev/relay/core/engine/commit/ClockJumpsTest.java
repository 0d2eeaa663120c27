package dev.relay.core.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is remembered of a jump of the clock. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClockJumpsTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration JUMP = Duration.ofHours(8);

  private final ClockJumps jumps = new ClockJumps();

  @Test
  void a_timer_that_lies_in_a_jump_forward_was_not_waited_for() {
    jumps.check(START);
    jumps.check(START.plus(JUMP));

    assertThat(jumps.over(START.plusSeconds(1))).contains(JUMP);
    assertThat(jumps.over(START)).isEmpty();
    assertThat(jumps.over(START.plus(JUMP).plusMillis(1))).isEmpty();
  }

  @Test
  void a_jump_that_is_undone_is_forgotten() {
    jumps.check(START);
    jumps.check(START.plus(JUMP));
    jumps.check(START.minusSeconds(1));

    assertThat(jumps.over(START.plusSeconds(1))).isEmpty();
    assertThat(jumps.ago(Duration.ofHours(1), START)).isEqualTo(START.minus(Duration.ofHours(1)));
  }

  @Test
  void of_a_jump_that_is_undone_in_part_the_rest_counts() {
    jumps.check(START);
    jumps.check(START.plus(JUMP));
    Duration rest = JUMP.minusHours(3);
    jumps.check(START.plus(rest));

    assertThat(jumps.over(START.plusSeconds(1))).contains(rest);
    assertThat(jumps.over(START.plus(rest).plusSeconds(1))).isEmpty();
  }
}
