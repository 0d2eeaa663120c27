package dev.relay.core.engine;

import static dev.relay.core.engine.Bench.BEA;
import static dev.relay.core.engine.Bench.CARL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.operations.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Outages of a whole port: what they cost, and how soon everything is delivered when they end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutageTest {
  private static final DeliveryResult DOWN =
      new DeliveryResult.PortDown("401: token refused", Optional.empty());
  private static final DeliveryResult LATER = DeliveryResult.retryLater("503");

  private final Bench bench = new Bench();

  private void manyWrite(int customers) {
    for (int each = 1; each <= customers; each++) {
      var unused = bench.submit(bench.wrote("c" + each, "m" + each));
    }
    bench.time.settle();
  }

  private Optional<String> healthOfChannel() {
    return failureOf("channel:web");
  }

  private Optional<String> failureOf(String component) {
    return Optional.ofNullable(bench.engine().health().get(component))
        .filter(health -> !health.ready())
        .map(health -> health.detail());
  }

  @Test
  void nothing_counts_or_parks_however_long_it_lasts() {
    bench.customers.down = Optional.of(DOWN);
    manyWrite(40);
    bench.time.passInLargeSteps(Duration.ofDays(3));

    assertThat(bench.parkedLanes()).isEmpty();
    for (int each = 1; each <= 40; each++) {
      LaneKey lane = new LaneKey(new ConversationId(each), Destination.CUSTOMER);
      assertThat(bench.failures(lane)).isEmpty();
    }
    assertThat(bench.seen).contains("down web: 401: token refused").doesNotContain("up web");
    assertThat(healthOfChannel()).contains("deliveries fail: 401: token refused");
  }

  @Test
  void one_probe_at_a_time_finds_its_end_and_all_lanes_are_due_within_seconds() {
    bench.customers.down = Optional.of(DOWN);
    manyWrite(40);
    bench.time.pass(Duration.ofMinutes(15));
    bench.customers.calls.clear();
    bench.time.pass(Duration.ofMinutes(10));
    assertThat(bench.customers.calls)
        .as("a probe each 24 to 36 s, not 40 lanes that try")
        .hasSizeBetween(14, 28);

    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(36 + 1 + 5 + 1));
    assertThat(bench.textsToCustomers()).hasSize(40);
    assertThat(bench.seen).contains("up web");
    assertThat(healthOfChannel()).isEmpty();
  }

  @Test
  void one_waiting_lane_alone_finds_its_end_as_soon() {
    bench.customers.down = Optional.of(DOWN);
    manyWrite(1);
    bench.time.pass(Duration.ofHours(8));
    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(36 + 1));

    assertThat(bench.textsToCustomers()).hasSize(1);
  }

  @Test
  void the_wait_that_the_far_side_asks_for_is_honoured() {
    bench.customers.down = Optional.of(
        new DeliveryResult.PortDown("429: global", Optional.of(Duration.ofMinutes(10))));
    manyWrite(1);
    bench.time.pass(Duration.ofMinutes(9));
    assertThat(bench.customers.calls).hasSize(1);
  }

  @Test
  void is_detected_by_many_lanes_that_fail_in_a_row() {
    bench.customers.down = Optional.of(LATER);
    manyWrite(20);
    bench.time.pass(Duration.ofHours(1));

    assertThat(bench.seen).contains("down web: 503");
    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(36 + 1 + 5 + 1));
    assertThat(bench.textsToCustomers()).hasSize(20);
  }

  @Test
  void of_two_lanes_the_first_that_works_again_wakes_the_other() {
    bench.customers.down = Optional.of(LATER);
    manyWrite(1);
    bench.time.pass(Duration.ofMinutes(14));
    bench.submitted(bench.wrote("late", "me too"));
    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(bench.textsToCustomers()).hasSize(2);
  }

  @Test
  void lanes_that_fail_for_reasons_of_their_own_keep_their_back_off() {
    manyWrite(1);
    for (int each = 0; each < 4; each++) {
      bench.customers.fails(LATER);
    }
    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(Duration.ofSeconds(20));
    bench.customers.calls.clear();
    for (int each = 0; each < 10; each++) {
      bench.submitted(bench.wrote("ben", "m" + each));
    }
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(bench.customers.calls).as("only Ben's").hasSize(10);
    assertThat(bench.seen).doesNotContain("down web: 503");
  }

  @Test
  void a_success_after_single_failures_wakes_no_lane_that_waits_for_a_reason_of_its_own() {
    bench.customers.fails(LATER, LATER, LATER, LATER);
    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(Duration.ofSeconds(8));
    assertThat(bench.customers.calls).as("each was Ada's").hasSize(4);
    bench.customers.calls.clear();

    bench.submitted(bench.wrote("ben", "the first success since the start"));
    bench.time.pass(Duration.ofSeconds(10));
    assertThat(bench.customers.calls).as("only Ben's").hasSize(1);

    bench.customers.down = Optional.of(LATER);
    bench.submitted(bench.wrote("cam", "fails with Dan"));
    bench.submitted(bench.wrote("dan", "fails with Cam"));
    bench.time.pass(Duration.ofMillis(100));
    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(10));
    assertThat(bench.textsToCustomers())
        .as("Cam's and Dan's, and still not Ada's")
        .hasSize(3);
  }

  @Test
  void an_outage_ends_for_those_that_were_put_off_and_for_nobody_with_a_reason_of_their_own() {
    bench.customers.fails(LATER, LATER, LATER, LATER, LATER, LATER);
    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.pass(Duration.ofMinutes(3));
    bench.submitted(bench.wrote("ben", "works"));
    bench.customers.calls.clear();
    bench.customers.down = Optional.of(DOWN);
    bench.submitted(bench.wrote("cam", "put off"));
    bench.submitted(bench.wrote("dan", "put off too"));
    bench.time.pass(Duration.ofMinutes(1));
    bench.customers.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(36 + 1 + 5 + 1));

    assertThat(bench.textsToCustomers())
        .as("Ben's, Cam's and Dan's; Ada's sixth back-off lasts ten minutes")
        .hasSize(3);
  }

  @Test
  void of_a_desk_does_not_keep_its_handoffs_from_the_other_desk() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    bench.desk.down = Optional.of(DOWN);
    bench.submitted(bench.asksForPerson("ada"));
    bench.time.pass(Duration.ofSeconds(30));
    bench.submitted(bench.asksForPerson("ben"));
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.otherDesk.shown()).hasSize(2);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
  }

  private void liveWithBea(String customer, long conversation) {
    bench.submitted(bench.asksForPerson(customer));
    bench.submitted(bench.joined(conversation, BEA));
  }

  private List<Handling> handlings(int conversations) {
    return LongStream.rangeClosed(1, conversations)
        .mapToObj(id -> bench.conversation(id).handling())
        .toList();
  }

  @Test
  void of_a_desk_passes_every_live_customer_who_writes_to_the_other_desk_with_the_transcript() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    for (int each = 1; each <= 8; each++) {
      liveWithBea("c" + each, each);
    }
    Instant since = ((Handling.Live) bench.conversation(1).handling()).waitedSince();
    bench.desk.down = Optional.of(DOWN);
    for (int each = 1; each <= 7; each++) {
      bench.submitted(bench.wrote("c" + each, "are you there?"));
    }
    bench.time.pass(Duration.ofSeconds(20));
    assertThat(handlings(8)).allMatch(Handling.Live.class::isInstance);
    bench.time.pass(Duration.ofSeconds(18));

    assertThat(handlings(7))
        .allMatch(it ->
            it instanceof Handling.Waiting waiting && waiting.desk().equals(Bench.OTHER_DESK));
    assertThat(((Handling.Waiting) bench.conversation(1).handling()).since()).isEqualTo(since);
    assertThat(bench.conversation(8).state())
        .as("nobody wrote to this agent")
        .isEqualTo(ConversationState.LIVE);
    assertThat(bench.otherDesk.shown())
        .hasSize(7)
        .allSatisfy(it -> assertThat(it.toString()).contains("are you there?", "401"));
  }

  @Test
  void of_a_desk_that_ends_in_time_moves_nobody() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    liveWithBea("ada", 1);
    bench.desk.down = Optional.of(DOWN);
    bench.submitted(bench.wrote("ada", "are you there?"));
    bench.time.pass(Duration.ofSeconds(20));
    bench.desk.down = Optional.empty();
    bench.time.pass(Duration.ofMinutes(10));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
    assertThat(bench.otherDesk.calls).isEmpty();
    assertThat(bench.desk.shown()).last().asString().contains("are you there?");
  }

  @Test
  void of_a_desk_moves_those_who_wait_there_although_nothing_is_left_to_deliver() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    bench.submitted(bench.asksForPerson("ada"));
    liveWithBea("ben", 2);
    bench.desk.down = Optional.of(DOWN);
    bench.submitted(bench.wrote("ben", "hello?"));
    bench.time.pass(Duration.ofSeconds(40));

    assertThat(bench.otherDesk.shown()).hasSize(2);
    assertThat(((Handling.Waiting) bench.conversation(1).handling()).desk())
        .isEqualTo(Bench.OTHER_DESK);
  }

  @Test
  void of_a_desk_without_a_stand_in_is_waited_for_unless_the_desk_itself_reports_it() {
    for (int each = 1; each <= 6; each++) {
      liveWithBea("c" + each, each);
    }
    bench.desk.down = Optional.of(LATER);
    for (int each = 1; each <= 6; each++) {
      bench.submitted(bench.wrote("c" + each, "are you there?"));
    }
    bench.time.pass(Duration.ofMinutes(10));
    assertThat(bench.seen).contains("down relay: 503");
    assertThat(handlings(6)).allMatch(Handling.Live.class::isInstance);

    bench.desk.down = Optional.of(DOWN);
    bench.time.pass(Duration.ofMinutes(2));

    assertThat(handlings(6)).allMatch(Handling.Bot.class::isInstance);
    assertThat(bench.textsToCustomers())
        .filteredOn(it -> it.contains("Nobody can join"))
        .hasSize(6);
  }

  @Test
  void of_a_desk_is_not_reported_any_longer_once_nothing_waits_for_it() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    liveWithBea("ada", 1);
    bench.desk.down = Optional.of(DOWN);
    bench.submitted(bench.wrote("ada", "are you there?"));
    bench.time.pass(Duration.ofSeconds(10));
    assertThat(failureOf("desk:relay")).isPresent();
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(failureOf("desk:relay")).isEmpty();
  }

  @Test
  void of_a_desk_does_not_seem_long_because_the_machine_slept() {
    bench.settings = Settings.builder().fallbackDesk(Bench.OTHER_DESK).build();
    liveWithBea("ada", 1);
    bench.desk.down = Optional.of(DOWN);
    bench.submitted(bench.wrote("ada", "are you there?"));
    bench.time.pass(Duration.ofSeconds(5));
    bench.desk.down = Optional.empty();
    bench.time.jump(Duration.ofHours(8));
    bench.time.pass(Duration.ofMinutes(1));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
  }

  @Test
  void of_a_desk_does_not_hold_up_the_agent_of_another_who_stepped_in() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.desk.down = Optional.of(LATER);
    bench.submitted(bench.joined(1, Bench.OTHER_DESK, CARL));
    bench.time.pass(Duration.ofMinutes(30));
    bench.submitted(bench.wrote("ada", "are you there?"));

    assertThat(bench.otherDesk.shown()).last().asString().contains("are you there?");
  }

  @Test
  void of_a_desk_leaves_a_withdrawal_out_when_something_waits_behind_it() {
    bench.settings = Settings.builder().queueTimeout(Duration.ofMinutes(2)).build();
    bench.submitted(bench.asksForPerson("ada"));
    bench.desk.down = Optional.of(LATER);
    bench.time.pass(Duration.ofMinutes(40));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
    bench.desk.calls.clear();
    bench.submitted(bench.asksForPerson("ada"));
    bench.desk.down = Optional.empty();
    bench.time.pass(Duration.ofSeconds(40));

    assertThat(bench.desk.shown()).last().asString().contains("Handoff");
    bench.submitted(bench.joined(1, BEA));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
  }
}
