package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Writing to customers first, through the intake. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WritingFirstTest {
  private static final String ADA = "ada";

  private Bench bench = new Bench();

  private DeskEvent wroteFirst(Participant agent, String key, String text) {
    return new DeskEvent.AgentWroteFirst(
        new ConversationId(1),
        Optional.of(new EventKey("relay", key)),
        Bench.DESK,
        agent,
        bench.conversation(1).supportCase(),
        Optional.of(key),
        MessageBody.text(text));
  }

  /** Brings a conversation to its end, with its case solved. */
  private void endedConversation() {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    unused = bench.submitted(new DeskEvent.AgentEnded(
        new ConversationId(1), Optional.empty(), Bench.BEA, CaseStatus.SOLVED));
  }

  @Test
  void what_an_agent_writes_after_the_end_follows_in_a_conversation_about_the_same_case() {
    endedConversation();

    IntakeResult result = bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed"));

    assertThat(result).isInstanceOf(IntakeResult.Accepted.class);
    Conversation next = bench.conversation(2);
    assertThat(next.state()).isEqualTo(ConversationState.LIVE);
    assertThat(next.supportCase()).isEqualTo(bench.conversation(1).supportCase());
    assertThat(next.address()).isEqualTo(bench.conversation(1).address());
    assertThat(bench.textsToCustomers())
        .endsWith(
            "Carl from our team is writing to you about case #1001 (\"Help wanted\").",
            "It is fixed");
    assertThat(bench.engine().services().cases().find(next.supportCase().orElseThrow()))
        .hasValueSatisfying(found -> {
          assertThat(found.status()).isEqualTo(CaseStatus.OPEN);
          assertThat(found.conversations())
              .containsExactly(new ConversationId(1), new ConversationId(2));
        });
  }

  @Test
  void a_repeat_says_nothing_again() {
    endedConversation();
    var unused = bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed"));

    IntakeResult repeated = bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed"));

    assertThat(repeated).isInstanceOf(IntakeResult.Duplicate.class);
    assertThat(bench.textsToCustomers()).containsOnlyOnce("It is fixed");
  }

  @Test
  void of_two_agents_at_once_one_has_the_conversation_and_the_other_is_refused() {
    endedConversation();

    CompletableFuture<IntakeResult> bea = bench.submit(wroteFirst(Bench.BEA, "b", "I am Bea"));
    CompletableFuture<IntakeResult> carl = bench.submit(wroteFirst(Bench.CARL, "c", "I am Carl"));
    bench.time.settle();

    assertThat(bea.join()).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(carl.join())
        .isInstanceOfSatisfying(
            IntakeResult.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN));
    assertThat(bench.conversationsIn(ConversationState.LIVE)).hasSize(1);
  }

  @Test
  void a_customer_who_writes_at_the_same_moment_is_in_the_same_conversation_whoever_is_first() {
    for (boolean customerFirst : List.of(true, false)) {
      bench = new Bench();
      endedConversation();
      List<CompletableFuture<IntakeResult>> results = new ArrayList<>();
      if (customerFirst) {
        results.add(bench.submit(bench.wrote(ADA, "still there?")));
      }
      results.add(bench.submit(wroteFirst(Bench.CARL, "1", "It is fixed")));
      if (!customerFirst) {
        results.add(bench.submit(bench.wrote(ADA, "still there?")));
      }
      bench.time.settle();

      assertThat(results)
          .allSatisfy(
              result -> assertThat(result.join()).isInstanceOf(IntakeResult.Accepted.class));
      assertThat(bench.conversation(2).handling())
          .isInstanceOfSatisfying(
              Handling.Live.class, live -> assertThat(live.agent()).isEqualTo(Bench.CARL));
      assertThat(bench.textsToCustomers()).contains("It is fixed");
    }
  }

  @Test
  void nothing_is_stored_for_a_customer_whom_the_channel_cannot_reach() {
    endedConversation();
    int before = bench.textsToCustomers().size();
    List<Optional<Instant>> asked = new ArrayList<>();
    bench.reach = lastWrote -> {
      asked.add(lastWrote);
      return new Reach.Closed(Reach.Code.WINDOW_OVER, "24 hours are over", Optional.empty());
    };

    IntakeResult refused = bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed"));

    assertThat(refused)
        .isEqualTo(
            new IntakeResult.Refused(new Refusal(Refusal.Code.OUT_OF_REACH, "24 hours are over")));
    assertThat(bench.textsToCustomers()).hasSize(before);
    assertThat(asked)
        .as("when the customer last did something")
        .hasSize(1)
        .allMatch(Optional::isPresent);
    assertThat(bench.engine().services().intake().reach(new ConversationId(1)))
        .isInstanceOf(Reach.Closed.class);
  }

  @Test
  void a_repeat_is_a_repeat_even_if_the_customer_is_out_of_reach_by_now() {
    endedConversation();
    var unused = bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed"));
    bench.reach =
        lastWrote -> new Reach.Closed(Reach.Code.REFUSED, "they opted out", Optional.empty());

    assertThat(bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed")))
        .isInstanceOf(IntakeResult.Duplicate.class);
  }

  private void plan(String key, Duration ahead) {
    assertThat(bench.submitted(new DeskEvent.MessageScheduled(
            (DeskEvent.AgentWroteFirst) wroteFirst(Bench.CARL, key, "Good morning"),
            bench.time.instant().plus(ahead))))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  private Scheduled planned() {
    return bench.memory.read(queries -> queries.scheduled(1)).orElseThrow();
  }

  @Test
  void a_planned_message_is_written_at_its_time_once_also_after_a_restart() {
    endedConversation();
    plan("1", Duration.ofHours(20));
    bench.time.pass(Duration.ofHours(19));
    assertThat(bench.textsToCustomers()).doesNotContain("Good morning");

    bench.newEngine("two").start();
    bench.time.pass(Duration.ofHours(2));

    assertThat(bench.textsToCustomers()).containsOnlyOnce("Good morning");
    assertThat(planned().state()).isEqualTo(Scheduled.State.SENT);
    assertThat(bench.conversation(2).handling())
        .isInstanceOfSatisfying(
            Handling.Live.class, live -> assertThat(live.agent()).isEqualTo(Bench.CARL));
  }

  @Test
  void a_planned_message_that_was_cancelled_is_not_written() {
    endedConversation();
    plan("1", Duration.ofHours(2));
    assertThat(bench.submitted(
            new DeskEvent.ScheduleCancelled(new ConversationId(1), Optional.empty(), Bench.BEA, 1)))
        .isInstanceOf(IntakeResult.Accepted.class);

    bench.time.pass(Duration.ofHours(3));

    assertThat(bench.textsToCustomers()).doesNotContain("Good morning");
  }

  @Test
  void what_cannot_be_written_when_its_time_comes_is_told_at_the_case() {
    endedConversation();
    plan("1", Duration.ofHours(2));
    bench.reach = lastWrote ->
        new Reach.Closed(Reach.Code.WINDOW_OVER, "24 hours are over", Optional.empty());

    bench.time.pass(Duration.ofHours(3));

    assertThat(planned().state()).isEqualTo(Scheduled.State.FAILED);
    assertThat(planned().failure())
        .contains(new Refusal(Refusal.Code.OUT_OF_REACH, "24 hours are over"));
    assertThat(bench.conversationsIn(ConversationState.LIVE)).isEmpty();
    CaseNumber about = bench.conversation(1).supportCase().orElseThrow();
    List<CaseNote> notes = bench.memory.read(queries -> queries.notes(about, 10));
    assertThat(notes)
        .hasSize(1)
        .first()
        .satisfies(
            note -> assertThat(note.text()).contains("Carl", "was not sent", "24 hours are over"));
  }

  @Test
  void a_customer_who_is_with_somebody_else_by_then_is_left_to_them() {
    endedConversation();
    plan("1", Duration.ofHours(2));
    var unused = bench.submitted(wroteFirst(Bench.BEA, "b", "I am Bea"));

    bench.time.pass(Duration.ofHours(3));

    assertThat(planned().failure().orElseThrow().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN);
    assertThat(bench.textsToCustomers()).doesNotContain("Good morning");
  }

  @Test
  void a_repeated_plan_is_one_plan() {
    endedConversation();
    plan("1", Duration.ofHours(2));

    assertThat(bench.submitted(new DeskEvent.MessageScheduled(
            (DeskEvent.AgentWroteFirst) wroteFirst(Bench.CARL, "1", "Good morning"),
            bench.time.instant().plus(Duration.ofHours(2)))))
        .isInstanceOf(IntakeResult.Duplicate.class);
    CustomerId ada = bench.conversation(1).customer();
    List<Scheduled> all = bench.memory.read(queries -> queries.scheduledFor(ada, 10));
    assertThat(all).hasSize(1);
  }

  @Test
  void a_channel_that_fails_at_the_question_holds_nobody_up() {
    endedConversation();
    bench.reach = lastWrote -> {
      throw new IllegalStateException("a defect");
    };

    assertThat(bench.submitted(wroteFirst(Bench.CARL, "1", "It is fixed")))
        .isInstanceOf(IntakeResult.Accepted.class);
    assertThat(bench.seen).contains("broken channel web");
  }
}
