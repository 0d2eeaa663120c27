package dev.relay.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackOffTest {

  @Test
  void the_delays_are_those_of_the_design_and_then_no_attempt_is_due() {
    BackOff exact = new BackOff(BackOff.DEFAULT.delays(), 0);
    List<String> waits =
        List.of("PT0S", "PT1S", "PT5S", "PT30S", "PT2M", "PT10M", "PT30M", "PT2H", "PT5H", "PT10H");

    for (int failures = 1; failures <= waits.size(); failures++) {
      assertThat(exact.after(failures, new Random(1)))
          .contains(Duration.parse(waits.get(failures - 1)));
    }
    assertThat(exact.after(waits.size() + 1, new Random(1))).isEmpty();
  }

  @Test
  void jitter_stays_within_a_fifth_and_uses_all_of_it() {
    Random random = new Random(7);
    List<Long> waits = random
        .ints(1_000)
        .mapToObj(unused -> BackOff.DEFAULT.after(4, random).orElseThrow().toMillis())
        .toList();

    assertThat(waits).allMatch(millis -> millis >= 24_000 && millis <= 36_000);
    assertThat(waits).anyMatch(millis -> millis < 25_000).anyMatch(millis -> millis > 35_000);
  }

  @Test
  void a_delivery_id_is_short_enough_for_a_nonce_and_different_for_every_place() {
    LaneKey customer = new LaneKey(new ConversationId(Long.MAX_VALUE), Destination.CUSTOMER);
    LaneKey desk = new LaneKey(new ConversationId(Long.MAX_VALUE), Destination.DESK);

    assertThat(DeliveryId.of(customer, 1_000_000).value().length()).isLessThanOrEqualTo(25);
    assertThat(DeliveryId.of(customer, 1)).isNotEqualTo(DeliveryId.of(desk, 1));
    assertThat(DeliveryId.of(customer, 1)).isNotEqualTo(DeliveryId.of(customer, 2));
  }

  @Test
  void a_lane_is_written_and_read_back() {
    LaneKey lane = new LaneKey(new ConversationId(17), Destination.VIRTUAL_AGENT);

    assertThat(lane).hasToString("17-virtual_agent");
    assertThat(LaneKey.parse("17-virtual_agent")).contains(lane);
    assertThat(LaneKey.parse("17-record")).isEmpty();
    assertThat(LaneKey.parse("x-customer")).isEmpty();
    assertThat(LaneKey.parse("17")).isEmpty();
  }
}
