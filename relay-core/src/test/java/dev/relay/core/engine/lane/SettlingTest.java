package dev.relay.core.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
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
    return Settling.of(result, failures, BACK_OFF, new Random(1), NOW, LEASE_END, Optional.empty());
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
  void a_rejected_entry_is_left_out_and_the_lane_continues() {
    assertThat(of(new DeliveryResult.Rejected(Scope.ENTRY, "too long"), 0))
        .isEqualTo(new Settlement.Fail("too long", LEASE_END));
  }

  @Test
  void a_customer_who_is_out_of_reach_parks_their_lane_without_doubt() {
    assertThat(of(new DeliveryResult.Rejected(Scope.CUSTOMER, "closed"), 0))
        .isEqualTo(new Settlement.Park("closed", false));
  }

  @Test
  void a_failure_that_concerns_everybody_puts_the_lane_off_and_never_counts() {
    Instant putOff = NOW.plusSeconds(40);

    assertThat(whilePortIsDown(new DeliveryResult.PortDown("401", Optional.empty()), putOff))
        .isEqualTo(new Settlement.Again(putOff, "401", Settlement.Again.Cause.OUTAGE, false));
    assertThat(whilePortIsDown(DeliveryResult.retryLater("503"), putOff))
        .isEqualTo(new Settlement.Again(putOff, "503", Settlement.Again.Cause.OUTAGE, false));
    assertThat(whilePortIsDown(new DeliveryResult.Unknown("timed out"), putOff))
        .isEqualTo(new Settlement.Again(putOff, "timed out", Settlement.Again.Cause.OUTAGE, true));
  }

  private static Settlement whilePortIsDown(DeliveryResult result, Instant putOff) {
    return Settling.of(result, 9, BACK_OFF, new Random(1), NOW, LEASE_END, Optional.of(putOff));
  }

  @Test
  void an_urgent_entry_counts_the_attempts_at_a_port_that_is_down() {
    assertThat(of(new DeliveryResult.PortDown("503", Optional.empty()), 1))
        .isEqualTo(
            new Settlement.Again(NOW.plusSeconds(5), "503", Settlement.Again.Cause.FAILURE, false));
    assertThat(of(new DeliveryResult.PortDown("503", Optional.empty()), 2))
        .isEqualTo(new Settlement.Park("given up after 3 attempts: 503", false));
  }

  @Test
  void no_back_off_is_longer_than_stores_allow() {
    BackOff weeks = new BackOff(List.of(Duration.ofDays(14)), 0);

    assertThat(Settling.of(
            DeliveryResult.retryLater("down"),
            0,
            weeks,
            new Random(1),
            NOW,
            LEASE_END,
            Optional.empty()))
        .isEqualTo(new Settlement.Again(
            NOW.plus(Duration.ofHours(12)), "down", Settlement.Again.Cause.FAILURE, false));
  }

  @Test
  void a_failed_attempt_is_counted_and_repeated_after_the_back_off() {
    assertThat(of(DeliveryResult.retryLater("down"), 0))
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(1), "down", Settlement.Again.Cause.FAILURE, false));
    assertThat(of(DeliveryResult.retryLater("down"), 1))
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(5), "down", Settlement.Again.Cause.FAILURE, false));
  }

  @Test
  void an_attempt_of_unknown_outcome_is_repeated_in_doubt() {
    assertThat(of(new DeliveryResult.Unknown("timed out"), 0))
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(1), "timed out", Settlement.Again.Cause.FAILURE, true));
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
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(600), "busy", Settlement.Again.Cause.REQUEST, false));
  }

  @Test
  void a_requested_wait_lasts_at_least_a_second_and_at_most_an_hour() {
    assertThat(of(later(Duration.ZERO), 0))
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(1), "busy", Settlement.Again.Cause.REQUEST, false));
    assertThat(of(later(Duration.ofDays(1)), 0))
        .isEqualTo(new Settlement.Again(
            NOW.plusSeconds(3_600), "busy", Settlement.Again.Cause.REQUEST, false));
  }

  @Test
  void the_same_input_gives_the_same_settlement() {
    BackOff varied = new BackOff(List.of(Duration.ofMinutes(1)), 0.2);
    DeliveryResult result = DeliveryResult.retryLater("down");

    assertThat(Settling.of(result, 0, varied, new Random(7), NOW, LEASE_END, Optional.empty()))
        .isEqualTo(Settling.of(result, 0, varied, new Random(7), NOW, LEASE_END, Optional.empty()));
  }
}
