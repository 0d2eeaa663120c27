package dev.relay.core.engine;

import static dev.relay.core.engine.Bench.BEA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Deliveries, for each way in which an attempt can end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeliveryTest {
  private static final DeliveryResult LATER = DeliveryResult.retryLater("not now");
  private static final DeliveryResult UNKNOWN = new DeliveryResult.Unknown("timed out");
  private static final Participant OPERATOR = Participant.agent("op", "Op");

  private final Bench bench = new Bench();

  private Lane customerLane() {
    return bench.lane(1, Destination.CUSTOMER);
  }

  private LaneKey key() {
    return new LaneKey(new ConversationId(1), Destination.CUSTOMER);
  }

  private void adaWrites(String text) {
    bench.submitted(bench.wrote("ada", text));
  }

  @Test
  void a_delivered_entry_is_done_and_keeps_the_far_sides_id() {
    adaWrites("hello");

    assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
    assertThat(customerLane().depth()).isZero();
    assertThat(customerLane().readyAt()).isEmpty();
    assertThat(bench.externalId(key(), 1)).contains("x-1-1-1");
  }

  @Test
  void many_entries_are_delivered_in_their_order() {
    for (int each = 1; each <= 30; each++) {
      var unused = bench.submit(bench.wrote("ada", "m" + each));
    }
    bench.time.settle();

    List<String> expected = new ArrayList<>();
    for (int each = 1; each <= 30; each++) {
      expected.add("robot says m" + each);
    }
    assertThat(bench.textsToCustomers()).containsExactlyElementsOf(expected);
  }

  @Nested
  class Try_later {

    @Test
    void is_retried_after_each_delay_of_the_back_off_and_then_given_up() {
      List<Instant> attempts = new ArrayList<>();
      for (int each = 0; each < 99; each++) {
        bench.customers.does(() -> {
          attempts.add(bench.time.instant());
          return LATER;
        });
      }
      adaWrites("hello");
      bench.time.pass(Duration.ofDays(2));

      List<Duration> delays = BackOff.DEFAULT.delays();
      assertThat(attempts).hasSize(delays.size() + 1);
      for (int each = 0; each < delays.size(); each++) {
        Duration wait = Duration.between(attempts.get(each), attempts.get(each + 1));
        long planned = delays.get(each).toMillis();
        assertThat(wait.toMillis())
            .as("wait " + each)
            .isBetween((long) (planned * 0.8), (long) (planned * 1.2) + 1_100);
      }
      assertThat(customerLane().parkedAt()).isPresent();
      assertThat(bench.customers.calls).doesNotContain("look up 1-1-1");
      assertThat(bench.seen).contains("parked 1-customer: given up after 11 attempts: not now");
    }

    @Test
    void with_a_requested_wait_is_retried_then_and_is_not_counted() {
      DeliveryResult wish =
          new DeliveryResult.RetryLater("too many", Optional.of(Duration.ofSeconds(40)));
      bench.customers.fails(Collections.nCopies(20, wish).toArray(new DeliveryResult[0]));
      adaWrites("hello");

      bench.time.pass(Duration.ofSeconds(39));
      assertThat(bench.customers.calls).hasSize(1);
      bench.time.pass(Duration.ofSeconds(2));
      assertThat(bench.customers.calls).hasSize(2);
      bench.time.pass(Duration.ofMinutes(20));
      assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
      assertThat(bench.failures(key())).isEmpty();
    }

    @Test
    void holds_up_no_other_conversation() {
      bench.customers.fails(LATER, LATER, LATER);
      adaWrites("hello");
      bench.submitted(bench.wrote("ben", "me too"));

      assertThat(bench.textsToCustomers()).containsExactly("robot says me too");
    }
  }

  @Nested
  class Rejected {

    private final DeliveryResult closed = new DeliveryResult.Rejected(Scope.CUSTOMER, "closed");
    private final DeliveryResult tooLong = new DeliveryResult.Rejected(Scope.ENTRY, "too long");

    private void beaJoinsAda() {
      adaWrites("hello");
      bench.submitted(bench.asksForPerson("ada"));
      bench.submitted(bench.joined(1, BEA));
    }

    @Test
    void of_an_entry_leaves_that_entry_out_and_the_next_follows() {
      beaJoinsAda();
      bench.customers.fails(tooLong);
      bench.submitted(bench.says(1, BEA, "a"));
      bench.submitted(bench.says(1, BEA, "b"));

      assertThat(bench.textsToCustomers()).last().isEqualTo("b");
      assertThat(bench.textsToCustomers()).doesNotContain("a");
      assertThat(customerLane().parkedAt()).isEmpty();
      assertThat(bench.failures(key()))
          .extracting(DeliveryFailure::outcome)
          .containsExactly(DeliveryFailure.Outcome.FAILED);
      List<Lane.LeftOut> leftOut =
          bench.memory.read(queries -> queries.leftOut(new ConversationId(1), 10));
      assertThat(leftOut).hasSize(1);
      assertThat(bench.notices()).as("the agent is told once").containsExactly("too long");
    }

    @Test
    void of_a_message_to_the_desk_is_told_there_and_the_next_follows() {
      beaJoinsAda();
      bench.desk.fails(tooLong);
      adaWrites("a");
      adaWrites("b");

      assertThat(bench.desk.shown()).last().asString().contains("text=b");
      assertThat(bench.notices()).containsExactly("too long");
    }

    @Test
    void of_the_report_itself_makes_no_further_report() {
      beaJoinsAda();
      bench.desk.fails(tooLong, tooLong);
      adaWrites("a");
      adaWrites("b");

      assertThat(bench.desk.shown()).last().asString().contains("text=b");
      assertThat(bench.notices()).isEmpty();
    }

    @Test
    void of_a_customer_parks_the_lane_and_later_entries_are_held_behind_it() {
      beaJoinsAda();
      bench.customers.fails(closed);
      bench.submitted(bench.says(1, BEA, "a"));
      bench.submitted(bench.says(1, BEA, "b"));
      bench.time.pass(Duration.ofMinutes(20));

      Lane lane = customerLane();
      assertThat(lane.parkedAt()).isPresent();
      assertThat(lane.depth()).isEqualTo(2);
      assertThat(lane.statusOf(lane.doneSequence())).isEqualTo(Lane.EntryStatus.DELIVERED);
      assertThat(lane.statusOf(lane.doneSequence() + 1)).isEqualTo(Lane.EntryStatus.PARKED);
      assertThat(lane.statusOf(lane.doneSequence() + 2)).isEqualTo(Lane.EntryStatus.HELD);
      assertThat(bench.parkedLanes()).hasSize(1);
      assertThat(bench.notices()).containsExactly("closed");
    }

    @Test
    void of_a_customer_ends_when_they_write_again() {
      beaJoinsAda();
      bench.customers.fails(closed);
      bench.submitted(bench.says(1, BEA, "a"));
      bench.submitted(bench.says(1, BEA, "b"));
      adaWrites("now they are open");

      assertThat(bench.textsToCustomers()).endsWith("a", "b");
      assertThat(customerLane().depth()).isZero();
    }

    @Test
    void of_a_customer_is_told_once_however_often_they_write() {
      beaJoinsAda();
      bench.customers.fails(closed, closed, closed);
      bench.submitted(bench.says(1, BEA, "a"));
      adaWrites("and now?");
      adaWrites("and now?");

      assertThat(customerLane().parkedAt()).isPresent();
      assertThat(bench.notices()).containsExactly("closed");
      adaWrites("they are open");
      assertThat(bench.textsToCustomers()).last().isEqualTo("a");
    }

    @Test
    void of_a_customer_ends_also_for_an_older_conversation_whose_entries_come_first() {
      beaJoinsAda();
      bench.customers.fails(closed);
      bench.submitted(bench.says(1, BEA, "your code is 4711"));
      bench.submitted(new DeskEvent.AgentEnded(
          new ConversationId(1), Optional.empty(), BEA, CaseStatus.SOLVED));
      bench.customers.calls.clear();
      adaWrites("hello again");

      List<String> texts = bench.textsToCustomers();
      assertThat(texts).last().isEqualTo("robot says hello again");
      assertThat(texts.indexOf("your code is 4711"))
          .isBetween(0, texts.indexOf("robot says hello again"));
      assertThat(bench.lane(1, Destination.CUSTOMER).depth()).isZero();
    }

    @Test
    void of_a_desk_ends_when_the_customer_writes_or_the_agent_acts() {
      beaJoinsAda();
      bench.desk.fails(closed);
      adaWrites("a");
      assertThat(bench.lane(1, Destination.DESK).parkedAt()).isPresent();
      adaWrites("b");
      assertThat(bench.lane(1, Destination.DESK).depth()).isZero();

      bench.desk.fails(closed);
      adaWrites("c");
      bench.submitted(bench.says(1, BEA, "are you there?"));
      assertThat(bench.lane(1, Destination.DESK).depth()).isZero();
      assertThat(bench.desk.shown()).last().asString().contains("text=c");
    }

    @Test
    void continues_with_the_same_entry_when_an_operator_retries() {
      bench.customers.fails(closed);
      adaWrites("hello");
      bench.engine().services().deadLetters().retry(key(), OPERATOR).isDone();
      bench.time.settle();

      assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
      assertThat(bench.customers.calls).doesNotContain("look up 1-1-1");
    }

    @Test
    void continues_with_the_next_entry_when_an_operator_skips() {
      beaJoinsAda();
      bench.customers.fails(closed);
      bench.submitted(bench.says(1, BEA, "a"));
      bench.submitted(bench.says(1, BEA, "b"));
      bench.engine().services().deadLetters().skip(key(), OPERATOR).isDone();
      bench.time.settle();

      assertThat(bench.textsToCustomers()).last().isEqualTo("b");
      assertThat(bench.textsToCustomers()).doesNotContain("a");
      assertThat(bench.failures(key()))
          .extracting(DeliveryFailure::outcome)
          .containsExactly(DeliveryFailure.Outcome.SKIPPED, DeliveryFailure.Outcome.PARKED);
    }

    @Test
    void is_retried_or_skipped_for_all_lanes_of_a_port_with_that_reason() {
      for (int customer = 0; customer < 450; customer++) {
        bench.customers.fails(
            customer % 2 == 0 ? closed : new DeliveryResult.Rejected(Scope.CUSTOMER, "left"));
        var unused = bench.submit(bench.wrote("c" + customer, "hello"));
      }
      bench.time.settle();
      DeadLetters deadLetters = bench.engine().services().deadLetters();

      var skipped = deadLetters.skipAll(Bench.WEB, "left", OPERATOR);
      var elsewhere = deadLetters.retryAll(Bench.DESK, "", OPERATOR);
      bench.time.settle();
      assertThat(skipped).isCompletedWithValue(225);
      assertThat(elsewhere).isCompletedWithValue(0);
      assertThat(bench.textsToCustomers()).isEmpty();

      var retried = deadLetters.retryAll(Bench.WEB, "", OPERATOR);
      bench.time.settle();
      assertThat(retried).isCompletedWithValue(225);
      assertThat(bench.textsToCustomers()).hasSize(225);
    }
  }

  @Nested
  class Unknown {

    @Test
    void is_looked_up_first_and_not_sent_again_if_it_arrived() {
      bench.customers.fails(UNKNOWN);
      bench.customers.finds(new LookUp.Found(Optional.of("x-77")));
      adaWrites("hello");

      assertThat(bench.customers.calls).containsExactly("deliver 1-1-1", "look up 1-1-1");
      assertThat(customerLane().depth()).isZero();
      assertThat(bench.externalId(key(), 1)).contains("x-77");
    }

    @Test
    void is_sent_again_if_it_did_not_arrive() {
      bench.customers.fails(UNKNOWN);
      adaWrites("hello");

      assertThat(bench.customers.calls)
          .containsExactly("deliver 1-1-1", "look up 1-1-1", "deliver 1-1-1");
    }

    @Test
    void is_not_sent_again_while_the_result_is_unknown() {
      bench.customers.fails(UNKNOWN);
      bench.customers.finds(new LookUp.CannotTell("down"), new LookUp.CannotTell("down"));
      adaWrites("hello");
      bench.time.pass(Duration.ofSeconds(20));

      assertThat(bench.customers.calls)
          .containsExactly(
              "deliver 1-1-1", "look up 1-1-1", "look up 1-1-1", "look up 1-1-1", "deliver 1-1-1");
    }

    @Test
    void is_the_result_of_an_adapter_that_throws() {
      bench.customers.breaks();
      adaWrites("hello");

      assertThat(bench.customers.calls)
          .containsExactly("deliver 1-1-1", "look up 1-1-1", "deliver 1-1-1");
      assertThat(bench.seen).contains("broken delivery through web");
    }

    @Test
    void is_looked_up_even_when_an_operator_retries_after_giving_up() {
      bench.customers.fails(UNKNOWN);
      for (int each = 0; each < 10; each++) {
        bench.customers.finds(new LookUp.CannotTell("down"));
      }
      adaWrites("hello");
      bench.time.pass(Duration.ofDays(2));
      assertThat(customerLane().parkedAt()).isPresent();
      bench.customers.calls.clear();
      bench.customers.finds(new LookUp.Found(Optional.empty()));

      bench.engine().services().deadLetters().retry(key(), OPERATOR).isDone();
      bench.time.settle();

      assertThat(bench.customers.calls).containsExactly("look up 1-1-1");
      assertThat(customerLane().depth()).isZero();
    }
  }

  @Nested
  class To_the_desk {

    @Test
    void a_handoff_that_the_desk_rejects_sends_the_customer_back_to_the_virtual_agent() {
      bench.desk.fails(new DeliveryResult.Rejected("no workers"));
      adaWrites("hello");
      bench.submitted(bench.asksForPerson("ada"));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
      assertThat(bench.textsToCustomers()).last().asString().contains("Nobody can join the chat");
      adaWrites("and now?");
      assertThat(bench.textsToCustomers()).last().isEqualTo("robot says and now?");
    }

    @Test
    void messages_behind_a_rejected_handoff_are_dropped_and_stay_in_the_transcript() {
      bench.desk.fails(LATER, LATER, LATER, new DeliveryResult.Rejected("no workers"));
      bench.submitted(bench.asksForPerson("ada"));
      adaWrites("hurry");
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
      assertThat(bench.lane(1, Destination.DESK).depth()).isZero();
      assertThat(bench.desk.shown()).isEmpty();
      adaWrites("robot then");
      assertThat(bench.textsToCustomers()).last().isEqualTo("robot says robot then");
    }

    @Test
    void a_rejected_handoff_does_not_affect_an_agent_who_has_already_joined() {
      bench.desk.meanwhile(() -> bench.submitted(bench.joined(1, BEA)));
      bench.submitted(bench.asksForPerson("ada"));
      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);

      Bench other = new Bench();
      other.desk.fails(LATER, LATER, new DeliveryResult.Rejected("no workers"));
      other.submitted(other.asksForPerson("ada"));
      other.submitted(other.joined(1, BEA));
      other.time.pass(Duration.ofMinutes(1));

      assertThat(other.conversation(1).state()).isEqualTo(ConversationState.LIVE);
      other.submitted(other.wrote("ada", "hello Bea"));
      assertThat(other.desk.shown()).last().asString().contains("hello Bea");
    }
  }

  @Nested
  class To_the_virtual_agent {

    @Test
    void a_virtual_agent_that_keeps_failing_hands_over() {
      bench.robot = turn -> new Answer.Failed("down", Optional.empty());
      adaWrites("hello");
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    }

    @Test
    void an_answer_that_arrives_after_a_live_agent_was_requested_is_dropped() {
      bench.robot = turn -> {
        bench.submitted(bench.asksForPerson("ada"));
        bench.submitted(bench.joined(1, BEA));
        return new Answer.HandOver(Answer.HandOverReason.ASKED, List.of());
      };
      adaWrites("hello");

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
      assertThat(bench.seen).contains("fenced 1-virtual_agent");
    }

    @Test
    void the_question_after_a_dropped_one_waits_until_the_attempt_in_flight_has_ended() {
      int[] asked = {0};
      bench.robot = turn -> {
        if (++asked[0] == 1) {
          bench.submitted(bench.asksForPerson("ada"));
          bench.submitted(new DeskEvent.DeskDeclined(
              new ConversationId(1), Optional.empty(), Bench.DESK, "nobody"));
          adaWrites("second");
          assertThat(asked[0]).as("one at a time").isEqualTo(1);
        }
        return new Answer.Replied(
            List.of(dev.relay.core.message.MessageBody.text("answer " + turn.text())),
            Answer.Outcome.CHATTED,
            0.5);
      };
      adaWrites("first");

      assertThat(bench.textsToCustomers()).contains("answer second").doesNotContain("answer first");
    }
  }

  @Nested
  class Announcements {

    private void publish(String title) {
      var unused =
          bench.engine().services().announcements().publish(OPERATOR, title, "", Optional.empty());
      bench.time.settle();
    }

    @Test
    void that_are_refused_are_left_out_and_the_next_follows() {
      bench.news.fails(new DeliveryResult.Rejected("too long"));
      publish("Maintenance");
      publish("Finished");

      assertThat(bench.news.shown()).containsExactly("Finished");
      assertThat(bench.failures(LaneKey.ANNOUNCEMENTS))
          .extracting(DeliveryFailure::outcome)
          .containsExactly(DeliveryFailure.Outcome.FAILED);
    }

    @Test
    void are_parked_while_their_place_is_out_of_reach() {
      bench.news.fails(new DeliveryResult.Rejected(Scope.CUSTOMER, "no channel"));
      publish("Maintenance");

      assertThat(
              bench.memory.read(queries -> queries.lane(LaneKey.ANNOUNCEMENTS)).orElseThrow())
          .matches(lane -> lane.parkedAt().isPresent());
      bench
          .engine()
          .services()
          .deadLetters()
          .retry(LaneKey.ANNOUNCEMENTS, OPERATOR)
          .isDone();
      bench.time.settle();
      assertThat(bench.news.shown()).containsExactly("Maintenance");
    }
  }

  @Nested
  class An_entry_that_cannot_be_prepared {

    @Test
    void is_given_up_alone_and_does_not_hold_up_other_conversations() {
      String tooLong = "x".repeat(17_000);
      bench.submitted(bench.asksForPerson("ada"));
      bench.submitted(bench.joined(1, BEA));
      bench.customers.fails(new DeliveryResult.Rejected(tooLong));
      bench.submitted(bench.says(1, BEA, "Hi Ada"));

      assertThat(bench.lane(1, Destination.DESK).parkedAt()).isPresent();
      bench.submitted(bench.asksForPerson("ben"));
      assertThat(bench.desk.shown()).last().asString().contains("Handoff");
    }
  }
}
