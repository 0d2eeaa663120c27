package dev.relay.core.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.store.Lane.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The settlement of a lane after an attempt. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettlingTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final Instant LEASE_END = NOW.plusSeconds(60);
  private static final BackOff BACK_OFF =
      new BackOff(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5)), 0);

  private static Settlement of(DeliveryResult result, int failures) {
    return Settling.of(result, failures, BACK_OFF, new Random(1), NOW, LEASE_END);
  }

  private static DeliveryResult later(Duration requested) {
    return new DeliveryResult.RetryLater("busy", Optional.of(requested));
  }

  @Test
  void a_delivered_entry_is_done_and_the_lease_is_renewed_for_the_next_one() {
    assertThat(of(DeliveryResult.delivered("m-1"), 3))
        .isEqualTo(new Settlement.Done(Optional.of("m-1"), LEASE_END));
  }

  @Test
  void a_rejected_entry_parks_its_lane_without_doubt() {
    assertThat(of(new DeliveryResult.Rejected("too long"), 0))
        .isEqualTo(new Settlement.Park("too long", false));
  }

  @Test
  void a_failed_attempt_is_counted_and_repeated_after_the_back_off() {
    assertThat(of(DeliveryResult.retryLater("down"), 0))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(1), "down", true, false));
    assertThat(of(DeliveryResult.retryLater("down"), 1))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(5), "down", true, false));
  }

  @Test
  void an_attempt_of_unknown_outcome_is_repeated_in_doubt() {
    assertThat(of(new DeliveryResult.Unknown("timed out"), 0))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(1), "timed out", true, true));
  }

  @Test
  void the_lane_is_parked_when_the_back_off_is_used_up() {
    assertThat(of(DeliveryResult.retryLater("down"), 2))
        .isEqualTo(new Settlement.Park("given up after 3 attempts: down", false));
    assertThat(of(new DeliveryResult.Unknown("timed out"), 2))
        .isEqualTo(new Settlement.Park("given up after 3 attempts: timed out", true));
  }

  @Test
  void a_requested_wait_is_honoured_and_is_no_failure() {
    assertThat(of(later(Duration.ofMinutes(10)), 2))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(600), "busy", false, false));
  }

  @Test
  void a_requested_wait_lasts_at_least_a_second_and_at_most_an_hour() {
    assertThat(of(later(Duration.ZERO), 0))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(1), "busy", false, false));
    assertThat(of(later(Duration.ofDays(1)), 0))
        .isEqualTo(new Settlement.Again(NOW.plusSeconds(3_600), "busy", false, false));
  }

  @Test
  void the_same_input_gives_the_same_settlement() {
    BackOff varied = new BackOff(List.of(Duration.ofMinutes(1)), 0.2);
    DeliveryResult result = DeliveryResult.retryLater("down");

    assertThat(Settling.of(result, 0, varied, new Random(7), NOW, LEASE_END))
        .isEqualTo(Settling.of(result, 0, varied, new Random(7), NOW, LEASE_END));
  }
}
