package dev.relay.core.engine;

import static dev.relay.core.engine.Bench.BEA;
import static dev.relay.core.engine.Bench.CARL;
import static dev.relay.core.engine.Bench.DESK;
import static dev.relay.core.engine.Bench.OTHER_DESK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.Destination;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.EntryContent;
import dev.relay.core.operations.Settings;
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

/** Handoffs to a desk that is down or refuses, with a fallback desk. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbackDeskTest {
  private static final DeliveryResult LATER = DeliveryResult.retryLater("not now");
  private static final DeliveryResult UNKNOWN = new DeliveryResult.Unknown("timed out");
  private static final DeliveryResult NEVER = new DeliveryResult.Rejected("no workers");
  private static final int FOR_EVER = 1_000;

  private final Bench bench = new Bench();

  FallbackDeskTest() {
    bench.settings = Settings.builder().fallbackDesk(OTHER_DESK).build();
  }

  private void firstDeskKeepsFailing(DeliveryResult result) {
    bench.desk.fails(Collections.nCopies(FOR_EVER, result).toArray(new DeliveryResult[0]));
  }

  private void adaAsks() {
    bench.submitted(bench.wrote("ada", "hello"));
    bench.submitted(bench.asksForPerson("ada"));
  }

  private void adaWrites(String text) {
    bench.submitted(bench.wrote("ada", text));
  }

  private static List<String> saidIn(DeskOutbound.Handoff handoff) {
    return handoff.transcript().stream()
        .map(entry -> entry.content())
        .filter(EntryContent.Said.class::isInstance)
        .map(said -> ((EntryContent.Said) said).body().text())
        .toList();
  }

  private static List<DeskOutbound.Handoff> handoffs(FakeSide desk) {
    return desk.shown().stream()
        .filter(DeskOutbound.Handoff.class::isInstance)
        .map(DeskOutbound.Handoff.class::cast)
        .toList();
  }

  @Nested
  class A_desk_that_is_down {

    @Test
    void
        is_retried_after_each_handoff_delay_and_then_the_fallback_desk_receives_the_handoff_once() {
      List<Instant> attempts = new ArrayList<>();
      for (int each = 0; each < FOR_EVER; each++) {
        bench.desk.does(() -> {
          attempts.add(bench.time.instant());
          return LATER;
        });
      }
      adaAsks();
      bench.time.pass(Duration.ofHours(1));

      List<Duration> delays = bench.settings.handoffBackOff().delays();
      assertThat(attempts).hasSize(delays.size() + 1);
      for (int each = 0; each < delays.size(); each++) {
        Duration wait = Duration.between(attempts.get(each), attempts.get(each + 1));
        long planned = delays.get(each).toMillis();
        assertThat(wait.toMillis())
            .as("wait " + each)
            .isBetween((long) (planned * 0.8), (long) (planned * 1.2) + 1_100);
      }
      assertThat(handoffs(bench.otherDesk)).singleElement().satisfies(handoff -> {
        assertThat(saidIn(handoff)).containsExactly("hello", "robot says hello");
        assertThat(handoff.reason())
            .isEqualTo("desk relay could not accept it: given up after 5 attempts: not now");
      });
      assertThat(bench.seen)
          .containsExactly(
              "moved 1 from relay to other: desk relay could not accept it: given up after 5"
                  + " attempts: not now");
    }

    @Test
    void does_not_cost_the_customer_their_place_and_causes_no_notice() {
      firstDeskKeepsFailing(LATER);
      adaAsks();
      Handling.Waiting before = (Handling.Waiting) bench.conversation(1).handling();
      List<String> told = bench.textsToCustomers();
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(bench.conversation(1).handling())
          .isEqualTo(new Handling.Waiting(before.queue(), OTHER_DESK, before.since()));
      assertThat(bench.textsToCustomers()).isEqualTo(told);
    }

    @Test
    void leaves_earlier_messages_to_the_transcript_and_later_ones_to_the_fallback_desk() {
      firstDeskKeepsFailing(LATER);
      adaAsks();
      adaWrites("hurry");
      bench.time.pass(Duration.ofMinutes(1));
      adaWrites("still here");

      assertThat(handoffs(bench.otherDesk))
          .singleElement()
          .satisfies(handoff -> assertThat(saidIn(handoff)).contains("hurry"));
      assertThat(bench.otherDesk.shown()).hasSize(2);
      assertThat(bench.otherDesk.shown()).last().asString().contains("still here");
      assertThat(bench.desk.shown()).isEmpty();
      assertThat(bench.lane(1, Destination.DESK).depth()).isZero();
    }

    @Test
    void counts_as_down_if_the_result_is_unknown() {
      firstDeskKeepsFailing(UNKNOWN);
      adaAsks();
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(handoffs(bench.otherDesk)).hasSize(1);
    }

    @Test
    void may_request_a_wait_without_counting_as_failing() {
      DeliveryResult wish =
          new DeliveryResult.RetryLater("too many", Optional.of(Duration.ofSeconds(40)));
      bench.desk.fails(Collections.nCopies(10, wish).toArray(new DeliveryResult[0]));
      adaAsks();
      bench.time.pass(Duration.ofMinutes(8));

      assertThat(handoffs(bench.desk)).hasSize(1);
      assertThat(bench.otherDesk.calls).isEmpty();
    }

    @Test
    void has_the_usual_delays_for_everything_but_handoffs() {
      adaAsks();
      bench.submitted(bench.joined(1, BEA));
      bench.desk.calls.clear();
      firstDeskKeepsFailing(LATER);
      adaWrites("hello Bea");
      bench.time.pass(Duration.ofMinutes(2));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
      assertThat(bench.lane(1, Destination.DESK).parkedAt()).isEmpty();
      bench.time.pass(Duration.ofDays(2));
      assertThat(bench.desk.calls).hasSize(BackOff.DEFAULT.delays().size() + 1);
    }

    @Test
    void is_detected_within_a_minute_without_a_fallback_desk() {
      bench.settings = Settings.defaults();
      firstDeskKeepsFailing(LATER);
      adaAsks();
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
      assertThat(bench.textsToCustomers()).last().asString().contains("Nobody can join the chat");
    }

    @Test
    void does_not_hold_up_a_new_handoff_by_rejecting_a_withdrawal() {
      adaAsks();
      firstDeskKeepsFailing(LATER);
      bench.time.pass(bench.settings.conversations().queueTimeout().plusMinutes(1));
      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
      assertThat(bench.lane(1, Destination.DESK).depth()).isEqualTo(1);

      bench.submitted(bench.asksForPerson("ada"));
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(handoffs(bench.otherDesk)).hasSize(1);
    }
  }

  @Nested
  class A_desk_that_refuses {

    @Test
    void hands_over_to_the_fallback_desk_at_once() {
      bench.desk.fails(NEVER);
      adaAsks();

      assertThat(bench.desk.calls).hasSize(1);
      assertThat(handoffs(bench.otherDesk))
          .singleElement()
          .satisfies(handoff ->
              assertThat(handoff.reason()).isEqualTo("desk relay could not accept it: no workers"));
    }

    @Test
    void causes_one_notice_if_the_fallback_desk_refuses_too() {
      bench.desk.fails(NEVER);
      bench.otherDesk.fails(NEVER);
      adaAsks();

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.BOT);
      assertThat(bench.textsToCustomers())
          .filteredOn(text -> text.contains("Nobody can join the chat"))
          .hasSize(1);
      assertThat(bench.parkedLanes()).isEmpty();
      adaWrites("and now?");
      assertThat(bench.textsToCustomers()).last().isEqualTo("robot says and now?");
    }

    @Test
    void while_its_attempt_is_in_flight_no_longer_has_the_conversation_when_that_ends() {
      bench.desk.does(() -> {
        bench.submitted(bench.declined(1, DESK, "nobody"));
        return LATER;
      });
      adaAsks();
      bench.time.pass(Duration.ofMinutes(1));

      assertThat(bench.desk.calls).hasSize(1);
      assertThat(bench.seen).contains("fenced 1-desk");
      assertThat(handoffs(bench.otherDesk)).hasSize(1);
    }

    @Test
    void a_second_time_and_late_is_ignored() {
      bench.desk.fails(NEVER);
      adaAsks();
      bench.submitted(bench.declined(1, DESK, "late"));
      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);

      bench.submitted(bench.joined(1, OTHER_DESK, CARL));
      bench.submitted(bench.declined(1, DESK, "later still"));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
      assertThat(handoffs(bench.otherDesk)).hasSize(1);
      adaWrites("hello Carl");
      assertThat(bench.otherDesk.shown()).last().asString().contains("hello Carl");
    }
  }

  @Nested
  class An_agent_who_joins_late_at_the_first_desk {

    @Test
    void has_the_conversation_and_the_handoff_to_the_fallback_desk_is_withdrawn() {
      firstDeskKeepsFailing(UNKNOWN);
      adaAsks();
      bench.time.pass(Duration.ofMinutes(1));
      bench.submitted(bench.joined(1, DESK, BEA));

      assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
      assertThat(bench.otherDesk.shown()).last().isInstanceOf(DeskOutbound.Withdrawn.class);
      bench.submitted(bench.says(1, BEA, "Hi Ada"));
      assertThat(bench.textsToCustomers()).last().isEqualTo("Hi Ada");
    }

    @Test
    void is_refused_if_an_agent_of_the_fallback_desk_joined_first() {
      firstDeskKeepsFailing(UNKNOWN);
      adaAsks();
      bench.time.pass(Duration.ofMinutes(1));
      bench.submitted(bench.joined(1, OTHER_DESK, CARL));

      assertThat(bench.submitted(bench.joined(1, DESK, BEA)))
          .isInstanceOfSatisfying(
              IntakeResult.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN));
    }
  }

  @Test
  void a_desk_that_lost_a_conversation_hands_it_to_the_fallback_desk_with_the_whole_transcript() {
    adaAsks();
    bench.submitted(bench.joined(1, BEA));
    bench.submitted(bench.says(1, BEA, "Hi Ada"));
    bench.submitted(bench.declined(1, DESK, "the conversation was closed"));

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    assertThat(handoffs(bench.otherDesk)).singleElement().satisfies(handoff -> {
      assertThat(saidIn(handoff)).contains("hello", "Hi Ada");
      assertThat(handoff.reason()).contains("the conversation was closed");
    });
  }

  @Test
  void
      an_agent_of_another_desk_can_accept_a_waiting_conversation_which_is_then_withdrawn_from_the_first() {
    adaAsks();
    bench.submitted(bench.joined(1, OTHER_DESK, CARL));

    assertThat(bench.desk.shown())
        .last()
        .isEqualTo(new DeskOutbound.Withdrawn("an agent accepted it at another desk"));
    adaWrites("hello Carl");
    assertThat(bench.otherDesk.shown()).singleElement().asString().contains("hello Carl");
  }
}
