package dev.relay.core.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The steady clock beside a wall clock that runs evenly, jumps or is changed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

  private Instant wall = START;
  private long nanos = 123;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  @Test
  void it_runs_with_the_wall_clock_while_that_runs_evenly() {
    pass(Duration.ofMinutes(5));

    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void a_jump_forward_is_no_jump() {
    wall = wall.plus(Duration.ofDays(1));
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(11));
  }

  @Test
  void a_jump_back_never_goes_back() {
    wall = wall.minus(Duration.ofDays(1));
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(9));
  }

  @Test
  void in_time_it_follows_a_wall_clock_that_was_set_anew() {
    wall = wall.plus(Duration.ofMinutes(10));
    for (int minute = 0; minute < 120; minute++) {
      pass(Duration.ofMinutes(1));
      clock.instant();
    }

    assertThat(clock.instant()).isEqualTo(wall);
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }
}
