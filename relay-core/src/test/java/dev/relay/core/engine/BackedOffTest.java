package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The delays of work that failed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackedOffTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

  private final BackedOff<String> backedOff = new BackedOff<>();

  @Test
  void the_delay_doubles_with_each_failure_and_ends_with_a_success() {
    backedOff.failed("one", NOW);
    assertThat(backedOff.contains("one", NOW.plus(BackedOff.FIRST).minusMillis(1)))
        .isTrue();
    assertThat(backedOff.contains("one", NOW.plus(BackedOff.FIRST))).isFalse();

    backedOff.failed("one", NOW);
    assertThat(backedOff.contains("one", NOW.plus(BackedOff.FIRST))).isTrue();
    assertThat(backedOff.contains("two", NOW)).isFalse();

    backedOff.succeeded("one");
    assertThat(backedOff.contains("one", NOW)).isFalse();
  }

  @Test
  void nothing_is_backed_off_for_a_year_because_it_failed_while_the_clock_was_a_year_ahead() {
    backedOff.failed("one", NOW.plus(Duration.ofDays(365)));

    assertThat(backedOff.contains("one", NOW)).isFalse();
    backedOff.failed("one", NOW);
    assertThat(backedOff.contains("one", NOW.plus(BackedOff.FIRST))).isTrue();
  }
}
