package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests that nobody receives what its author has taken back or corrected, and that nothing reaches a desk twice. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TakenBackTest {
  private static final DeliveryResult LATER = DeliveryResult.retryLater("not now");

  private final Bench bench = new Bench();

  private void adaWrites(String id, String text) {
    bench.submitted(new CustomerEvent.CustomerWrote(
        bench.origin("ada"), Optional.of(id), MessageBody.text(text)));
  }

  private void adaDeletes(String id) {
    bench.submitted(new CustomerEvent.CustomerDeleted(bench.origin("ada"), id));
  }

  private void adaEdits(String id, String text) {
    bench.submitted(new CustomerEvent.CustomerEdited(bench.origin("ada"), id, text));
  }

  private List<String> customersWords(DeskOutbound.Handoff handoff) {
    return words(handoff.transcript());
  }

  private static List<String> words(List<TranscriptEntry> entries) {
    return entries.stream()
        .filter(it -> it.content() instanceof EntryContent.Said said
            && said.author().displayName().equals("ada"))
        .map(it -> ((EntryContent.Said) it.content()).body().text())
        .toList();
  }

  private DeskOutbound.Handoff handoff() {
    return bench.desk.shown().stream()
        .filter(DeskOutbound.Handoff.class::isInstance)
        .map(DeskOutbound.Handoff.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void a_handoff_and_its_case_hold_the_words_as_they_are_now() {
    adaWrites("a", "my password is hunter2");
    adaWrites("b", "I cannot log in at 5");
    adaDeletes("a");
    adaEdits("b", "I cannot log in at 6");
    adaEdits("b", "I cannot log in at all");
    bench.submitted(bench.asksForPerson("ada"));

    assertThat(customersWords(handoff())).containsExactly("I cannot log in at all");
    assertThat(bench
            .memory
            .read(queries -> queries.supportCase(new CaseNumber(1001)))
            .orElseThrow()
            .description())
        .isEqualTo("I cannot log in at all");
  }

  @Test
  void the_virtual_agent_reads_the_history_as_it_is_now_and_up_to_its_question() {
    List<Turn> turns = new ArrayList<>();
    bench.robot = turn -> {
      turns.add(turn);
      return new Answer.Replied(List.of(MessageBody.text("hm")), Answer.Outcome.CHATTED, 0);
    };
    adaWrites("a", "my password is hunter2");
    adaWrites("b", "tpyo");
    adaDeletes("a");
    adaEdits("b", "typo");
    adaWrites("c", "help");

    Turn last = turns.get(turns.size() - 1);
    assertThat(words(last.history())).containsExactly("typo", "help");
  }

  @Test
  void a_question_that_was_edited_while_it_waits_is_asked_with_its_new_text() {
    bench.robot = turn -> new Answer.Failed("down", Optional.empty());
    adaWrites("a", "how do I chnage my name");
    List<Turn> turns = new ArrayList<>();
    bench.robot = turn -> {
      turns.add(turn);
      return new Answer.Replied(List.of(MessageBody.text("so")), Answer.Outcome.ANSWERED, 1);
    };
    adaEdits("a", "how do I change my name");
    adaWrites("b", "hello?");
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(turns).extracting(Turn::text).containsExactly("how do I change my name", "hello?");
    assertThat(words(turns.get(0).history())).containsExactly("how do I change my name");
  }

  @Test
  void a_question_that_was_deleted_while_it_waits_is_not_asked() {
    bench.robot = turn -> new Answer.Failed("down", Optional.empty());
    adaWrites("a", "my password is hunter2");
    List<Turn> turns = new ArrayList<>();
    bench.robot = turn -> {
      turns.add(turn);
      return new Answer.Replied(List.of(MessageBody.text("so")), Answer.Outcome.ANSWERED, 1);
    };
    adaDeletes("a");
    adaWrites("b", "I cannot log in");
    bench.time.pass(Duration.ofSeconds(10));

    assertThat(turns).extracting(Turn::text).containsExactly("I cannot log in");
    assertThat(bench.lane(1, Destination.VIRTUAL_AGENT).depth()).isZero();
  }

  @Test
  void a_message_to_the_desk_that_was_taken_back_while_it_waits_is_not_shown() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.desk.fails(LATER, LATER);
    adaWrites("a", "my password is hunter2");
    adaWrites("b", "at 5");
    adaDeletes("a");
    adaEdits("b", "at 6");
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.desk.shown().toString()).doesNotContain("hunter2").doesNotContain("at 5");
    assertThat(bench.desk.shown().toString()).contains("at 6");
    assertThat(bench.lane(1, Destination.DESK).depth()).isZero();
  }

  @Test
  void a_deleted_message_that_did_arrive_in_an_uncertain_attempt_is_deleted_at_the_desk() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.desk.fails(new DeliveryResult.Unknown("timed out"));
    bench.desk.finds(new LookUp.Found(Optional.of("far-1")));
    adaWrites("a", "my password is hunter2");
    adaDeletes("a");
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.desk.shown()).contains(new DeskOutbound.Delete(Optional.of("far-1")));
  }

  @Test
  void an_agents_message_that_was_taken_back_while_it_waits_does_not_reach_the_customer() {
    bench.submitted(bench.asksForPerson("ada"));
    bench.submitted(bench.joined(1, Bench.BEA));
    bench.customers.fails(LATER, LATER);
    bench.submitted(bench.says(1, Bench.BEA, "the code of another customer"));
    TranscriptEntry said = bench
        .memory
        .read(queries -> queries.latestEntries(new ConversationId(1), 1))
        .get(0);
    bench.submitted(new DeskEvent.AgentDeleted(
        said.conversation(), Optional.empty(), Bench.BEA, new EntryRef.ById(said.id())));
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.textsToCustomers()).doesNotContain("the code of another customer");
  }

  @Test
  void a_correction_of_a_message_from_before_the_handoff_is_shown_to_the_agent() {
    adaWrites("a", "at 5");
    bench.submitted(bench.asksForPerson("ada"));
    adaEdits("a", "at 6");

    assertThat(bench.desk.shown())
        .last()
        .isInstanceOfSatisfying(
            DeskOutbound.Message.class,
            it -> assertThat(it.body().text()).isEqualTo("Edited: at 6"));
  }

  @Test
  void what_is_written_between_a_handoffs_request_and_its_delivery_reaches_the_desk_once() {
    adaWrites("a", "my sword is gone");
    bench.desk.fails(LATER, LATER);
    bench.submitted(bench.asksForPerson("ada"));
    adaWrites("b", "are you there?");
    adaWrites("c", "it is urgent");
    adaEdits("a", "my shield is gone");
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(customersWords(handoff())).containsExactly("my sword is gone");
    List<String> messages = bench.desk.shown().stream()
        .filter(DeskOutbound.Message.class::isInstance)
        .map(it -> ((DeskOutbound.Message) it).body().text())
        .toList();
    assertThat(messages)
        .containsExactly("are you there?", "it is urgent", "Edited: my shield is gone");
  }
}
