package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.Cases.NewCase;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.workspace.Workspace.Macro;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The merge of duplicate cases: what follows, what the customer is told, and where their answers go. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CaseMergeTest {
  private static final String ADA = "ada";
  private static final String PHONE = "phone";
  private static final CaseNumber CHAT = new CaseNumber(1001);
  private static final CaseNumber FORM = new CaseNumber(1002);

  private final Bench bench = new Bench();

  @Test
  void the_customer_is_told_and_their_answer_goes_to_the_case_that_remains() {
    chatEndsAs(CaseStatus.PENDING);
    fileBug(ADA);

    merge(CHAT, FORM);

    assertThat(bench.textsToCustomers())
        .endsWith("Your case #1001 (\"Help wanted\") is about the same matter as your case #1002."
            + " We continue there; you need not do anything.");
    var unused = bench.submitted(bench.wrote(ADA, "it still happens"));
    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(2).supportCase()).contains(FORM);
    assertThat(found(CHAT).status()).isEqualTo(CaseStatus.MERGED);
    assertThat(found(CHAT).conversations()).isEmpty();
  }

  @Test
  void an_answer_to_what_was_told_of_the_duplicate_before_goes_to_the_case_that_remains() {
    chatEndsAs(CaseStatus.PENDING);
    change(CHAT, CaseStatus.SOLVED);
    openCase();
    change(FORM, CaseStatus.SOLVED);
    merge(CHAT, FORM);

    var unused = bench.submitted(bench.wrote(ADA, "it still happens"));

    assertThat(found(CHAT).status()).isEqualTo(CaseStatus.MERGED);
    assertThat(found(FORM).status()).isEqualTo(CaseStatus.OPEN);
    assertThat(found(FORM).conversations()).contains(new ConversationId(2));
  }

  @Test
  void a_customer_who_waits_keeps_waiting_about_the_case_that_remains() {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    openCase();

    merge(CHAT, FORM);

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(1).supportCase()).contains(FORM);
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    assertThat(found(FORM).status()).isEqualTo(CaseStatus.OPEN);
  }

  @Test
  void a_live_agent_goes_on_and_their_customer_is_not_interrupted() {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    openCase();
    int before = bench.textsToCustomers().size();

    merge(CHAT, FORM);

    assertThat(bench.textsToCustomers()).hasSize(before);
    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
    unused = bench.submitted(new DeskEvent.AgentEnded(
        new ConversationId(1), Optional.empty(), Bench.BEA, CaseStatus.SOLVED));
    assertThat(found(FORM).status()).isEqualTo(CaseStatus.SOLVED);
  }

  @Test
  void what_an_agent_does_to_a_case_moves_its_other_conversation_that_waits() {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.asksForPerson(PHONE));
    mergeCustomers();
    merge(FORM, CHAT);
    unused = bench.submitted(bench.joined(2, Bench.BEA));

    Macro urgent = new Macro(
        Optional.empty(),
        Optional.of(CasePriority.URGENT),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false);
    unused = bench.submitted(new DeskEvent.MacroApplied(
        new ConversationId(2),
        Optional.empty(),
        Bench.BEA,
        "urgent",
        urgent,
        Optional.empty(),
        Optional.empty()));

    assertThat(bench.conversation(1).handling())
        .isInstanceOfSatisfying(
            Handling.Waiting.class,
            waiting -> assertThat(waiting.priority()).isEqualTo(CasePriority.URGENT));
  }

  /** The customer was told of the duplicate in a conversation that is not one of its own. */
  @Test
  void whoever_is_written_to_after_the_merge_is_written_to_about_the_case_that_remains() {
    chatEndsAs(CaseStatus.PENDING);
    var unused = bench.submitted(bench.wrote(ADA, "hello"));
    change(CHAT, CaseStatus.SOLVED);
    openCase();
    merge(CHAT, FORM);

    unused = bench.submitted(bench.joined(2, Bench.BEA));

    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.LIVE);
    assertThat(bench.conversation(2).supportCase()).contains(FORM);
  }

  @Test
  void a_customer_who_wants_no_notices_is_told_nothing() {
    chatEndsAs(CaseStatus.PENDING);
    openCase();
    var unused = bench.submitted(
        new CustomerEvent.CustomerPressed(bench.origin(ADA), Button.STOP_CASE_NOTICES));
    int before = bench.textsToCustomers().size();

    merge(CHAT, FORM);

    assertThat(bench.textsToCustomers()).hasSize(before);
  }

  @Test
  void notes_follow_and_a_later_note_too() {
    chatEndsAs(CaseStatus.PENDING);
    openCase();
    note(CHAT, "before");
    merge(CHAT, FORM);
    note(CHAT, "after");

    assertThat(notes(CHAT)).isEmpty();
    assertThat(notes(FORM))
        .containsExactly("before", "#1001 \"Help wanted\": the same matter", "after");
  }

  @Test
  void a_message_that_was_planned_about_the_duplicate_is_written_about_the_case_that_remains() {
    chatEndsAs(CaseStatus.PENDING);
    openCase();
    AgentWroteFirst message = new AgentWroteFirst(
        new ConversationId(1),
        Optional.empty(),
        Bench.DESK,
        Bench.BEA,
        Optional.of(CHAT),
        Optional.empty(),
        MessageBody.text("news for you"));
    var unused = bench.submitted(
        new DeskEvent.MessageScheduled(message, bench.time.instant().plusSeconds(60)));
    merge(CHAT, FORM);

    bench.time.pass(Duration.ofSeconds(70));

    assertThat(bench.textsToCustomers()).endsWith("news for you");
    assertThat(bench.conversation(2).supportCase()).contains(FORM);
  }

  @Test
  void a_rating_of_the_ended_chat_is_kept_at_the_case_that_remains() {
    chatEndsAs(CaseStatus.SOLVED);
    openCase();
    merge(CHAT, FORM);

    var unused = bench.submitted(new CustomerEvent.CustomerRated(
        bench.origin(ADA), new ConversationId(1), 4, Optional.empty()));

    List<SupportCase.CaseHistoryEntry> history =
        bench.memory.read(queries -> queries.history(FORM, 100));
    assertThat(history).anyMatch(it -> it.field().equals("rating") && it.after().equals("4"));
  }

  @Test
  void the_card_of_a_merged_report_shows_the_case_that_remains() {
    fileBug(ADA);
    fileBug(ADA);
    merge(CHAT, FORM);

    assertThat(bench.news.shown()).as("posted once each").hasSize(2);
    assertThat(bench.cards)
        .hasSize(1)
        .first()
        .asString()
        .endsWith("#1001 a fault MERGED into #1002");

    merge(CHAT, FORM);
    assertThat(bench.cards).as("after the same merge again").hasSize(1);
  }

  @Test
  void merging_again_notifies_nobody_again_and_other_merges_of_the_duplicate_are_refused() {
    chatEndsAs(CaseStatus.PENDING);
    openCase();
    openCase();
    merge(CHAT, FORM);
    int before = bench.textsToCustomers().size();

    assertThat(merge(CHAT, FORM)).isInstanceOf(CaseResult.Saved.class);
    assertThat(merge(FORM, CHAT)).isInstanceOf(CaseResult.Refused.class);
    assertThat(merge(CHAT, new CaseNumber(1003))).isInstanceOf(CaseResult.Refused.class);
    assertThat(bench.textsToCustomers()).hasSize(before);
    assertThat(notes(FORM)).hasSize(1);
  }

  @Test
  void of_a_chain_of_merges_the_last_case_remains() {
    chatEndsAs(CaseStatus.PENDING);
    openCase();
    openCase();
    CaseNumber last = new CaseNumber(1003);
    merge(FORM, last);

    assertThat(merge(CHAT, FORM))
        .isInstanceOfSatisfying(
            CaseResult.Saved.class,
            saved -> assertThat(saved.supportCase().number()).isEqualTo(last));
    Optional<SupportCase> remaining = bench.memory.read(queries -> queries.remainingCase(CHAT));
    assertThat(remaining).map(SupportCase::number).contains(last);
  }

  @Test
  void cases_of_different_customers_are_not_merged() {
    chatEndsAs(CaseStatus.PENDING);
    fileBug("ben");

    assertThat(merge(CHAT, FORM))
        .isInstanceOfSatisfying(
            CaseResult.Refused.class, refused -> assertThat(refused.field()).isEqualTo("into"));
    assertThat(merge(CHAT, new CaseNumber(1999))).isInstanceOf(CaseResult.UnknownCase.class);
    assertThat(found(CHAT).status()).isEqualTo(CaseStatus.PENDING);
  }

  private void chatEndsAs(CaseStatus status) {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    unused = bench.submitted(
        new DeskEvent.AgentEnded(new ConversationId(1), Optional.empty(), Bench.BEA, status));
  }

  private void mergeCustomers() {
    var unused = bench
        .engine()
        .services()
        .customers()
        .merge(new CustomerId(2), new CustomerId(1), Bench.BEA, "the same");
    bench.time.settle();
  }

  private void fileBug(String customer) {
    var unused = bench.submitted(new CustomerEvent.CaseFiled(
        bench.origin(customer), CaseKind.BUG, "a fault", "it broke", Map.of()));
  }

  private void openCase() {
    var unused = bench
        .engine()
        .services()
        .cases()
        .open(
            new NewCase(
                new CustomerId(1),
                CaseKind.SUPPORT,
                CasePriority.NORMAL,
                "the same again",
                "",
                Map.of(),
                Set.of(),
                QueueName.DEFAULT),
            Bench.BEA);
    bench.time.settle();
  }

  private void change(CaseNumber number, CaseStatus status) {
    var unused = bench
        .engine()
        .services()
        .cases()
        .change(number, SupportCase.CaseChange.status(status), Bench.BEA, OptionalLong.empty());
    bench.time.settle();
  }

  private void note(CaseNumber number, String text) {
    var unused = bench.engine().services().cases().addNote(number, Bench.BEA, text);
    bench.time.settle();
  }

  private CaseResult merge(CaseNumber duplicate, CaseNumber into) {
    var result =
        bench.engine().services().cases().merge(duplicate, into, Bench.BEA, "the same matter");
    bench.time.settle();
    return result.join();
  }

  private SupportCase found(CaseNumber number) {
    return bench.engine().services().cases().find(number).orElseThrow();
  }

  private List<String> notes(CaseNumber number) {
    return bench.memory.read(queries -> queries.notes(number, 100)).stream()
        .map(CaseNote::text)
        .toList();
  }
}
