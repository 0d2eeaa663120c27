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
  void a_small_correction_forward_is_made_gradually() {
    wall = wall.plus(Duration.ofMinutes(5));
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(11));
  }

  @Test
  void a_small_correction_back_never_goes_back() {
    wall = wall.minus(Duration.ofMinutes(4));
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(9));
  }

  @Test
  void in_time_it_follows_a_wall_clock_that_was_corrected() {
    wall = wall.plus(Duration.ofMinutes(5));
    for (int minute = 0; minute < 60; minute++) {
      pass(Duration.ofMinutes(1));
      clock.instant();
    }

    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void a_machine_that_slept_over_night_has_the_right_time_when_it_wakes() {
    wall = wall.plus(Duration.ofHours(8));
    pass(Duration.ofSeconds(1));

    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void a_clock_that_was_years_off_before_the_first_synchronisation_is_stepped_both_ways() {
    wall = wall.plus(Duration.ofDays(365 * 6));
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(wall);

    wall = wall.minus(Duration.ofDays(365));
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void after_a_step_it_runs_on_evenly() {
    wall = wall.minus(Duration.ofDays(365));
    pass(Duration.ofSeconds(1));
    clock.instant();
    pass(Duration.ofSeconds(10));

    assertThat(clock.instant()).isEqualTo(START.minus(Duration.ofDays(365)).plusSeconds(11));
  }

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }
}
