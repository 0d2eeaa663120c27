package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The results of the engine's intake. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineIntakeTest {
  private final Bench bench = new Bench();

  @Test
  void two_messages_of_a_new_customer_at_the_same_moment_open_one_conversation() {
    CompletableFuture<IntakeResult> one = bench.submit(bench.wrote("ada", "hello"));
    CompletableFuture<IntakeResult> two = bench.submit(bench.wrote("ada", "anybody?"));
    bench.time.settle();

    assertThat(one.join()).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(two.join()).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(bench.conversationsIn(ConversationState.BOT)).hasSize(1);
  }

  @Test
  void a_channel_is_told_the_external_ids_of_the_entries_up_to_one() {
    bench.submitted(bench.wrote("ada", "hello"));
    bench.submitted(bench.wrote("ada", "anybody?"));
    ConversationId conversation = new ConversationId(1);
    List<TranscriptEntry> entries =
        bench.memory.read(queries -> queries.latestEntries(conversation, 10));
    List<String> shown = entries.stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .flatMap(entry -> entry.externalId().stream())
        .toList();

    assertThat(shown).hasSize(2);
    assertThat(bench.engine().services().intake().shownIds(conversation, new EntryId(1_000)))
        .containsExactlyElementsOf(shown);
    assertThat(bench
            .engine()
            .services()
            .intake()
            .shownIds(conversation, entries.get(1).id()))
        .containsExactly(shown.get(0));
  }

  @Test
  void the_same_event_again_is_answered_with_the_first_receipt_and_does_nothing() {
    Event event = bench.wrote("ada", "hello");
    IntakeResult first = bench.submitted(event);
    IntakeResult again = bench.submitted(event);

    assertThat(again)
        .isEqualTo(new IntakeResult.Duplicate(((IntakeResult.Accepted) first).receipt()));
    assertThat(bench.textsToCustomers()).containsExactly("robot says hello");
  }

  @Test
  void a_duplicate_within_one_group_is_found_as_well() {
    Event event = bench.wrote("ada", "hello");
    CompletableFuture<IntakeResult> first = bench.submit(event);
    CompletableFuture<IntakeResult> again = bench.submit(event);
    bench.time.settle();

    assertThat(first.join()).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(again.join()).isInstanceOf(IntakeResult.Duplicate.class);
  }

  @Test
  void too_many_waiting_events_are_turned_away_and_there_is_room_again_later() {
    bench.settings = Settings.builder().intakeLimit(3).build();
    List<CompletableFuture<IntakeResult>> answers = new ArrayList<>();
    for (int each = 0; each < 5; each++) {
      answers.add(bench.submit(bench.wrote("ada", "m" + each)));
    }

    assertThat(answers.get(3))
        .isCompletedWithValue(new IntakeResult.Overloaded(Duration.ofSeconds(2)));
    assertThat(answers.get(4)).isCompleted();
    assertThat(bench.seen).containsExactly("overloaded", "overloaded");
    bench.time.settle();
    assertThat(answers.get(2).join()).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(bench.submitted(bench.wrote("ada", "later")))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void what_does_not_fit_is_refused_and_may_fit_later() {
    Event edit = new CustomerEvent.CustomerEdited(bench.origin("ada"), "m2", "better");

    assertThat(bench.submitted(edit))
        .extracting(result -> ((IntakeResult.Refused) result).refusal().code())
        .isEqualTo(Refusal.Code.NO_CONVERSATION);
    bench.submitted(bench.wrote("ada", "hello"));
    assertThat(bench.submitted(edit)).isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void a_customer_and_an_agent_may_give_their_messages_the_same_name() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.submitted(new CustomerEvent.CustomerWrote(
        bench.origin("ada"), Optional.of("same"), MessageBody.text("mine")));
    ConversationId id = new ConversationId(1);
    bench.submitted(new DeskEvent.AgentWrote(
        id, Optional.empty(), Bench.BEA, Optional.of("same"), MessageBody.text("yours")));

    IntakeResult agents = bench.submitted(new DeskEvent.AgentEdited(
        id, Optional.empty(), Bench.BEA, new EntryRef.BySource("same"), "better yours"));
    IntakeResult customers = bench.submitted(
        new CustomerEvent.CustomerEdited(bench.origin("ada"), "same", "better mine"));

    assertThat(agents).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(customers).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(bench.customers.shown().toString()).contains("better yours");
    assertThat(bench.desk.shown().toString()).contains("better mine");
  }

  @Test
  void a_desk_has_a_conversation_while_it_waits_or_is_served_there_and_no_longer() {
    ConversationId id = new ConversationId(1);
    PortId elsewhere = new PortId("elsewhere");
    bench.submitted(bench.wrote("ada", "hello"));
    assertThat(bench.engine().services().intake().isAt(Bench.DESK, id)).isFalse();

    bench.submitted(bench.asksForPerson("ada"));
    assertThat(bench.engine().services().intake().isAt(Bench.DESK, id)).isTrue();
    assertThat(bench.engine().services().intake().isAt(elsewhere, id)).isFalse();
    assertThat(bench.engine().services().intake().agentAt(Bench.DESK, id)).isEmpty();

    bench.submitted(bench.joined(1, Bench.BEA));
    assertThat(bench.engine().services().intake().isAt(Bench.DESK, id)).isTrue();
    assertThat(bench.engine().services().intake().isAt(elsewhere, id)).isFalse();
    assertThat(bench.engine().services().intake().agentAt(Bench.DESK, id)).hasValue(Bench.BEA);
    assertThat(bench.engine().services().intake().agentAt(elsewhere, id)).isEmpty();

    bench.submitted(new DeskEvent.AgentEnded(id, Optional.empty(), Bench.BEA, CaseStatus.SOLVED));
    assertThat(bench.engine().services().intake().isAt(Bench.DESK, id)).isFalse();
    assertThat(bench.engine().services().intake().isAt(Bench.DESK, new ConversationId(99)))
        .isFalse();
    assertThat(bench.engine().services().intake().agentAt(Bench.DESK, id)).isEmpty();
  }

  @Test
  void a_stopped_engine_takes_nothing_more() {
    bench.submitted(bench.wrote("ada", "hello"));
    bench.engine().stop(Duration.ZERO);

    assertThat(bench.submit(bench.wrote("ada", "late")))
        .isCompletedWithValueMatching(IntakeResult.Overloaded.class::isInstance);
  }

  @Test
  void what_was_submitted_and_can_no_longer_be_done_is_answered_all_the_same() {
    CompletableFuture<IntakeResult> answer = bench.submit(bench.wrote("ada", "hello"));

    bench.engine().stop(Duration.ZERO);

    assertThat(answer).isCompletedWithValueMatching(IntakeResult.Unavailable.class::isInstance);
    assertThat(bench.engine().services().cases().addNote(new CaseNumber(1001), Bench.BEA, "late"))
        .isCompletedExceptionally();
  }

  @Test
  void a_desk_that_is_not_registered_is_refused() {
    bench.submitted(bench.asksForPerson("ada"));
    ConversationId id = new ConversationId(1);
    PortId misspelt = new PortId("stafroom");

    IntakeResult joined =
        bench.submitted(new DeskEvent.AgentJoined(id, Optional.empty(), misspelt, Bench.BEA));
    IntakeResult declined = bench.submitted(
        new DeskEvent.DeskDeclined(id, Optional.empty(), misspelt, "nobody is there"));

    for (IntakeResult result : List.of(joined, declined)) {
      Refusal refusal = ((IntakeResult.Refused) result).refusal();
      assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID);
      assertThat(refusal.message())
          .startsWith("desk \"stafroom\" is not registered (registered: [")
          .contains(Bench.DESK.value());
    }
    assertThat(bench.conversationsIn(ConversationState.WAITING)).hasSize(1);
  }

  @Test
  void the_conversations_at_a_desk_are_those_that_wait_or_are_served_there() {
    bench.submitted(bench.wrote("bob", "hello"));
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.asksForPerson("cleo"));
    bench.submitted(bench.joined(3, Bench.BEA));

    assertThat(bench.engine().services().intake().conversationsAt(Bench.DESK))
        .extracting(it -> it.id().value())
        .containsExactly(2L, 3L);
    assertThat(bench.engine().services().intake().conversationsAt(new PortId("elsewhere")))
        .isEmpty();
  }
}
