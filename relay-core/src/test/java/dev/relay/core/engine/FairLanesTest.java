package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.Destination;
import dev.relay.core.message.MessageBody;
import dev.relay.core.operations.Settings;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The order in which lanes get the slots of their port. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FairLanesTest {
  private static final int TURN = 8;

  private final Bench bench = new Bench();
  private final List<String> asked = new ArrayList<>();

  /** Makes the virtual agent take that long for an answer, with that many slots. */
  private void answers(Duration each, int slots) {
    bench.settings = Settings.builder().concurrency(slots).build();
    bench.robot = turn -> {
      asked.add(turn.text());
      bench.time.jump(each);
      return new Answer.Replied(
          List.of(MessageBody.text("so be it")), Answer.Outcome.ANSWERED, 0.9);
    };
  }

  private void writes(String customer, int messages) {
    for (int each = 0; each < messages; each++) {
      var unused = bench.submit(bench.wrote(customer, customer + each));
    }
  }

  @Test
  void a_lane_that_is_due_is_attempted_after_one_turn_of_a_backlog() {
    answers(Duration.ofMillis(1), 1);
    writes("ada", 200);
    writes("ben", 1);
    bench.time.settle();

    assertThat(asked).hasSize(201).element(TURN).isEqualTo("ben0");
  }

  @Test
  void a_turn_of_slow_attempts_ends_by_time() {
    answers(Duration.ofMillis(100), 1);
    writes("ada", 200);
    writes("ben", 1);
    bench.time.settle();

    assertThat(asked.indexOf("ben0")).isEqualTo(3);
  }

  @Test
  void the_kth_due_lane_is_attempted_in_the_kth_turn() {
    answers(Duration.ofMillis(1), 1);
    for (int each = 0; each < 12; each++) {
      writes("c" + (char) ('a' + each), 50);
    }
    bench.time.settle();

    assertThat(asked).hasSize(12 * 50);
    for (int each = 0; each < 12; each++) {
      assertThat(asked.indexOf("c" + (char) ('a' + each) + "0")).isEqualTo(each * TURN);
    }
  }

  @Test
  void a_lane_keeps_its_slot_while_no_other_is_due() {
    answers(Duration.ofMillis(100), 1);
    writes("ada", 30);
    bench.time.settle();

    assertThat(bench.lane(1, Destination.VIRTUAL_AGENT).epoch()).isEqualTo(1);
  }

  @Test
  void the_order_of_messages_holds_for_a_customer_with_several_conversations() {
    bench.customers.fails(DeliveryResult.retryLater("503"), DeliveryResult.retryLater("503"));
    bench.submitted(bench.wrote("ada", "first"));
    bench.submitted(
        new dev.relay.core.conversation.CustomerEvent.CustomerEnded(bench.origin("ada")));
    bench.submitted(bench.wrote("ada", "second"));
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
    assertThat(bench.textsToCustomers()).isEmpty();
    bench.time.pass(Duration.ofSeconds(5));

    assertThat(bench.textsToCustomers())
        .startsWith("robot says first")
        .endsWith("robot says second")
        .hasSize(3);
  }

  @Test
  void an_entry_is_not_sent_if_looking_it_up_used_up_the_lease() {
    bench.customers.fails(new DeliveryResult.Unknown("timed out"));
    bench.customers.looks(() -> {
      bench.time.jump(Duration.ofSeconds(70));
      return new LookUp.NotFound();
    });
    bench.submitted(bench.wrote("ada", "hello"));

    assertThat(bench.customers.calls)
        .as("looked up again under a new lease, and then sent")
        .containsExactly("deliver 1-1-1", "look up 1-1-1", "look up 1-1-1", "deliver 1-1-1");
    assertThat(bench.seen).noneMatch(line -> line.startsWith("fenced"));
  }

  @Test
  void a_lane_that_was_put_off_by_a_clock_a_year_ahead_is_due() {
    bench.time.jump(Duration.ofDays(365));
    bench.customers.fails(DeliveryResult.retryLater("503"), DeliveryResult.retryLater("503"));
    bench.submitted(bench.wrote("ada", "hello"));
    bench.time.jump(Duration.ofDays(-365));
    bench.time.pass(Duration.ofSeconds(2));

    assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
  }
}
