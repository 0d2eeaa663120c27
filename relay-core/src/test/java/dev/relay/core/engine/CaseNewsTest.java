package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Button;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What becomes of a change of a case's status: from the desk to the customer, and back to the queue. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CaseNewsTest {
  private static final String ADA = "ada";
  private static final CaseNumber CASE = new CaseNumber(1001);

  private final Bench bench = new Bench();

  private void endedAs(CaseStatus status) {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    unused = bench.submitted(
        new DeskEvent.AgentEnded(new ConversationId(1), Optional.empty(), Bench.BEA, status));
  }

  private void change(CaseStatus status) {
    var unused = bench
        .engine()
        .services()
        .cases()
        .change(CASE, CaseChange.status(status), Bench.BEA, OptionalLong.empty());
    bench.time.settle();
  }

  @Test
  void a_case_that_is_solved_later_is_told_where_the_customer_wrote_and_reopened_by_an_answer() {
    endedAs(CaseStatus.PENDING);

    change(CaseStatus.SOLVED);
    assertThat(bench.textsToCustomers())
        .endsWith(
            "Your case #1001 (\"Help wanted\") is solved. Does it still happen? Just write here.");

    var unused = bench.submitted(bench.wrote(ADA, "it still happens"));
    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(2).supportCase()).contains(CASE);
    assertThat(bench.textsToCustomers())
        .noneMatch(text -> text.startsWith("robot"))
        .last()
        .asString()
        .contains("#1001");
    assertThat(bench.engine().services().cases().find(CASE).orElseThrow().status())
        .isEqualTo(CaseStatus.OPEN);
  }

  @Test
  void a_chat_that_ended_as_solved_has_said_so() {
    endedAs(CaseStatus.SOLVED);
    int before = bench.textsToCustomers().size();

    change(CaseStatus.SOLVED);

    assertThat(bench.textsToCustomers()).hasSize(before);
  }

  @Test
  void the_customer_ends_the_notices_with_a_button_of_a_chat_that_is_over_and_wants_them_again() {
    endedAs(CaseStatus.PENDING);
    press(Button.STOP_CASE_NOTICES);
    int before = bench.textsToCustomers().size();

    change(CaseStatus.SOLVED);
    assertThat(bench.textsToCustomers()).hasSize(before);

    press(Button.RESUME_CASE_NOTICES);
    change(CaseStatus.OPEN);
    assertThat(bench.textsToCustomers())
        .endsWith("We are working on your case #1001 (\"Help wanted\") again.");
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.CLOSED);
  }

  private void press(Button button) {
    assertThat(bench.submitted(new CustomerEvent.CustomerPressed(bench.origin(ADA), button)))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void a_case_that_was_put_aside_returns_at_its_time_once() {
    endedAs(CaseStatus.PENDING);
    snooze(Duration.ofDays(5));

    bench.time.passInLargeSteps(Duration.ofDays(4));
    assertThat(found().snoozedUntil()).isPresent();
    assertThat(bench.textsToCustomers())
        .as("no reminder while it is put aside")
        .noneMatch(text -> text.contains("waiting for your reply"));

    bench.time.passInLargeSteps(Duration.ofDays(1).plusSeconds(2));
    assertThat(found().snoozedUntil()).isEmpty();
    assertThat(found().status()).isEqualTo(CaseStatus.PENDING);
    assertThat(history()).endsWith("snoozed by Relay");
  }

  @Test
  void a_case_that_was_put_aside_returns_when_its_customer_writes_anywhere() {
    endedAs(CaseStatus.SOLVED);
    change(CaseStatus.OPEN);
    var unused = bench.submitted(bench.wrote(ADA, "thanks"));
    snooze(Duration.ofDays(5));

    unused = bench.submitted(bench.wrote(ADA, "it still happens"));

    assertThat(found().snoozedUntil()).isEmpty();
    assertThat(history()).endsWith("snoozed by " + ADA);
  }

  @Test
  void a_new_question_brings_back_what_is_put_aside_of_that_customer() {
    endedAs(CaseStatus.SOLVED);
    change(CaseStatus.OPEN);
    press(Button.STOP_CASE_NOTICES);
    snooze(Duration.ofDays(5));

    var unused = bench.submitted(bench.wrote(ADA, "what are your hours?"));

    assertThat(bench.conversation(2).isNew()).isFalse();
    assertThat(found().snoozedUntil()).isEmpty();
  }

  private void snooze(Duration length) {
    var unused = bench
        .engine()
        .services()
        .cases()
        .change(
            CASE,
            CaseChange.none().withSnooze(Optional.of(bench.time.instant().plus(length))),
            Bench.BEA,
            OptionalLong.empty());
    bench.time.settle();
    assertThat(found().snoozedUntil()).isPresent();
  }

  private SupportCase found() {
    return bench.engine().services().cases().find(CASE).orElseThrow();
  }

  private List<String> history() {
    return bench.memory.read(queries -> queries.history(CASE, 100)).stream()
        .map(entry -> entry.field() + " by " + entry.actor().displayName())
        .toList();
  }

  @Test
  void a_customer_who_chats_with_the_virtual_agent_is_told_there() {
    endedAs(CaseStatus.SOLVED);
    var unused = bench.submitted(bench.wrote(ADA, "what are your hours?"));
    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.BOT);

    change(CaseStatus.OPEN);
    change(CaseStatus.PENDING);
    unused = bench.submitted(bench.wrote(ADA, "version 7"));

    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(2).supportCase()).contains(CASE);
    assertThat(bench.engine().services().cases().find(CASE).orElseThrow().conversations())
        .containsExactly(new ConversationId(1), new ConversationId(2));
  }
}
