package dev.relay.discord.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.discord.gateway.IdentifyBudget.Limit;
import dev.relay.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdentifyBudgetTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration HANDSHAKE = Duration.ofMillis(500);
  /** What Discord documents: a bot that needs more sessions within 24 hours loses its token. */
  private static final int DISCORDS_LIMIT = 1_000;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T12:00:00Z"));

  private IdentifyBudget budget() {
    return new IdentifyBudget(clock, new Random(1), new SessionFile(Optional.empty()));
  }

  /** Returns the waits before the sessions that begin within a time, if each ends after its lifetime. */
  private List<Duration> waits(IdentifyBudget budget, Duration within, Duration lifetime) {
    List<Duration> waits = new ArrayList<>();
    Instant end = clock.instant().plus(within);
    while (true) {
      Duration wait = budget.waitNow(Optional.empty());
      clock.advance(wait);
      if (clock.instant().isAfter(end)) {
        return waits;
      }
      waits.add(wait);
      budget.begins();
      clock.advance(HANDSHAKE);
      clock.advance(lifetime);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 59, 61, 70, 120, 240, 290, 300})
  void a_day_of_sessions_that_end_soon_stays_far_below_discord_s_limit(long lifetimeSeconds) {
    IdentifyBudget budget = budget();

    for (int day = 1; day <= 3; day++) {
      List<Duration> waits = waits(budget, DAY, Duration.ofSeconds(lifetimeSeconds));

      assertThat(waits).as("day %s", day).hasSizeBetween(100, IdentifyBudget.MOST_A_DAY);
      assertThat(waits).as("day %s", day).allMatch(it -> it.compareTo(Duration.ofHours(3)) < 0);
    }
  }

  @Test
  void the_waits_of_a_loop_grow_to_minutes_and_vary() {
    List<Duration> waits = waits(budget(), Duration.ofHours(6), Duration.ZERO);

    assertThat(waits.subList(0, 5)).containsOnly(Duration.ZERO);
    List<Duration> late = waits.subList(waits.size() - 20, waits.size());
    assertThat(late)
        .anyMatch(it -> it.compareTo(Duration.ofMinutes(5)) > 0)
        .allMatch(it -> it.compareTo(Duration.ofMinutes(11)) < 0);
    assertThat(late).doesNotHaveDuplicates();
  }

  @Test
  void a_few_sessions_an_hour_cost_no_wait() {
    IdentifyBudget budget = budget();

    List<Duration> waits = waits(budget, DAY, Duration.ofMinutes(15));

    assertThat(waits).hasSizeGreaterThan(90).containsOnly(Duration.ZERO);
  }

  @Test
  void attempts_that_could_not_connect_cost_nothing() {
    IdentifyBudget budget = budget();

    for (int i = 0; i < 1_000; i++) {
      budget.begins();
      budget.couldNotConnect();
    }

    assertThat(budget.waitNow(Optional.empty())).isZero();
  }

  @Test
  void a_restart_loop_is_slowed_down_by_discord_s_own_count() {
    int used = 0;
    Duration toReset = DAY;
    while (toReset.compareTo(Duration.ZERO) > 0) {
      // Each process knows nothing of those before it.
      IdentifyBudget budget = budget();
      Duration wait =
          budget.waitNow(Optional.of(new Limit(DISCORDS_LIMIT, DISCORDS_LIMIT - used, toReset)));
      budget.begins();
      used++;
      toReset = toReset.minus(wait).minusSeconds(5);
    }

    assertThat(used).isBetween(300, DISCORDS_LIMIT - 10);
  }

  @Test
  void a_restart_loop_is_slowed_down_like_a_loop_within_one_process(@TempDir Path folder) {
    Path file = folder.resolve("sessions");
    Instant end = clock.instant().plus(DAY);
    int begun = 0;
    while (true) {
      // Each process is killed as soon as its session has begun.
      IdentifyBudget budget =
          new IdentifyBudget(clock, new Random(begun), new SessionFile(Optional.of(file)));
      clock.advance(budget.waitNow(Optional.empty()));
      if (clock.instant().isAfter(end)) {
        break;
      }
      budget.begins();
      begun++;
      clock.advance(Duration.ofSeconds(5));
    }

    assertThat(begun).isBetween(100, IdentifyBudget.MOST_A_DAY);
  }

  @Test
  void a_damaged_file_keeps_nobody_out(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("sessions"), "1764500000000\nrubbish\n");
    IdentifyBudget budget =
        new IdentifyBudget(clock, new Random(1), new SessionFile(Optional.of(file)));

    assertThat(budget.waitNow(Optional.empty())).isZero();
    budget.begins();
    assertThat(Files.readAllLines(file)).contains(Long.toString(clock.instant().toEpochMilli()));
  }

  @Test
  void what_is_left_last_is_kept_for_the_operator() {
    Duration wait =
        budget().waitNow(Optional.of(new Limit(DISCORDS_LIMIT, 50, Duration.ofHours(2))));

    assertThat(wait).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void a_clock_that_was_ahead_does_not_keep_the_bot_out() {
    IdentifyBudget budget = budget();
    clock.advance(Duration.ofDays(365));
    for (int i = 0; i < IdentifyBudget.MOST_A_DAY; i++) {
      budget.begins();
    }
    clock.set(Instant.parse("2026-11-23T12:00:00Z"));

    assertThat(budget.waitNow(Optional.empty())).isZero();
  }
}
