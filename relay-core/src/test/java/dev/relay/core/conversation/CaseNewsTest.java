package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What customers hear of their cases, and what becomes of their answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CaseNewsTest {
  private final Situations world = new Situations();

  @ParameterizedTest
  @CsvSource({
    "OPEN, PENDING, CASE_PENDING",
    "NEW, PENDING, CASE_PENDING",
    "OPEN, SOLVED, CASE_SOLVED",
    "PENDING, SOLVED, CASE_SOLVED",
    "SOLVED, OPEN, CASE_REOPENED",
  })
  void a_change_outside_the_conversation_is_told_with_number_and_subject(
      CaseStatus before, CaseStatus after, NoticeKind expected) {
    SupportCase changed = world.aCase(after);

    Decision.Applied applied = world.apply(world.closed(), changed(changed, before));

    assertThat(contentsTo(Destination.CUSTOMER, applied))
        .containsExactly(new EntryContent.Notified(new Notice(
            expected, Map.of("case", changed.number().toString(), "subject", changed.subject()))));
  }

  @ParameterizedTest
  @CsvSource({"NEW, OPEN", "PENDING, OPEN", "SOLVED, CLOSED"})
  void work_on_a_case_and_its_final_close_are_not_told(CaseStatus before, CaseStatus after) {
    assertThat(world.apply(world.closed(), changed(world.aCase(after), before)).effects())
        .isEmpty();
  }

  @Test
  void the_operator_and_the_customer_decide_what_is_told() {
    Event solved = changed(world.aCase(CaseStatus.SOLVED), CaseStatus.OPEN);
    Conversation closed = world.closed();

    world.caseNotices = Set.of(NoticeKind.CASE_PENDING);
    assertThat(world.apply(closed, solved).effects()).isEmpty();
    world.caseNotices = Set.of(NoticeKind.CASE_SOLVED);
    assertThat(noticesToCustomer(world.apply(closed, solved)))
        .containsExactly(NoticeKind.CASE_SOLVED);
    world.customer = world.customer.toldOfCases(false);
    assertThat(world.apply(closed, solved).effects()).isEmpty();
    assertThat(world
            .apply(closed, Situations.reminder(world.aCase(CaseStatus.PENDING)))
            .effects())
        .isEmpty();
  }

  @Test
  void the_customer_of_a_live_conversation_hears_its_agent_and_no_notice_of_the_same_case() {
    Conversation live = world.live();
    SupportCase own = world.supportCase.orElseThrow();

    assertThat(world.apply(live, changed(own, CaseStatus.SOLVED)).effects()).isEmpty();
    assertThat(noticesToCustomer(
            world.apply(live, changed(world.aCase(CaseStatus.SOLVED), CaseStatus.OPEN))))
        .containsExactly(NoticeKind.CASE_SOLVED);
  }

  @Test
  void a_customer_who_returns_to_the_queue_waits_for_an_unsolved_case() {
    Conversation live = world.live();
    world.supportCase = world.supportCase.map(this::solved);

    Decision.Applied applied = world.apply(live, Situations.left(BEA));

    assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
    assertThat(applied.next().supportCase()).isEqualTo(live.supportCase());
  }

  @Test
  void a_customer_whose_case_is_solved_waits_no_longer() {
    Conversation waiting = world.waiting();
    SupportCase solved = solved(world.supportCase.orElseThrow());

    Decision.Applied applied = world.apply(waiting, changed(solved, CaseStatus.NEW));

    assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.CASE_SOLVED);
    assertThat(contentsTo(Destination.DESK, applied))
        .containsExactly(new EntryContent.HandoffWithdrawn("the case was solved"));
  }

  @Test
  void
      a_customer_whose_case_is_solved_in_another_conversation_hears_where_they_wait_that_they_wait_no_longer() {
    Conversation waiting = world.waiting();
    SupportCase solved = solved(world.supportCase.orElseThrow());

    Decision.Applied applied =
        world.apply(waiting, new EngineEvent.CaseChanged(Situations.ID, solved));

    assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.CASE_SOLVED);
    assertThat(contentsTo(Destination.DESK, applied))
        .containsExactly(new EntryContent.HandoffWithdrawn("the case was solved"));
  }

  @Test
  void a_customer_who_wants_no_notices_hears_nevertheless_that_they_wait_no_longer() {
    Conversation waiting = world.waiting();
    SupportCase solved = solved(world.supportCase.orElseThrow());
    world.customer = world.customer.toldOfCases(false);

    assertThat(noticesToCustomer(world.apply(waiting, changed(solved, CaseStatus.NEW))))
        .containsExactly(NoticeKind.CASE_SOLVED);
    assertThat(noticesToCustomer(
            world.apply(waiting, new EngineEvent.CaseChanged(Situations.ID, solved))))
        .containsExactly(NoticeKind.CASE_SOLVED);
  }

  @ParameterizedTest
  @EnumSource(
      value = NoticeKind.class,
      names = {
        "CASE_PENDING",
        "CASE_SOLVED",
        "CASE_REMINDER",
        "ENDED_PENDING",
        "ENDED_IDLE",
        "CLOSED_UNANSWERED"
      })
  void an_answer_to_what_was_told_goes_to_the_queue_and_opens_the_case_again(NoticeKind told) {
    CaseStatus status = told == NoticeKind.CASE_SOLVED ? CaseStatus.SOLVED : CaseStatus.PENDING;
    SupportCase about = world.aCase(status);
    world.latestCase = Optional.of(about);
    told(world.earlier, told, about);

    Decision.Applied applied = world.apply(Situations.fresh(), world.wrote("it still happens"));

    assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
    assertThat(applied.next().supportCase()).contains(about.number());
    assertThat(applied.next().resolution()).isEqualTo(Resolution.REOPENED);
    assertThat(contentsTo(Destination.VIRTUAL_AGENT, applied)).isEmpty();
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
    assertThat(world.supportCase.orElseThrow().conversations()).endsWith(Situations.ID);
  }

  @Test
  void the_button_after_a_solved_case_means_the_same() {
    SupportCase about = world.aCase(CaseStatus.SOLVED);
    world.latestCase = Optional.of(about);
    told(world.earlier, NoticeKind.CASE_SOLVED, about);

    Decision.Applied applied =
        world.apply(Situations.fresh(), world.pressed(Button.STILL_NEED_HELP));

    assertThat(applied.next().state()).isEqualTo(ConversationState.WAITING);
    assertThat(applied.next().supportCase()).contains(about.number());
  }

  @Test
  void outside_business_hours_the_case_is_open_again_and_the_customer_is_told_so() {
    world.staffed = false;
    SupportCase about = world.aCase(CaseStatus.SOLVED);
    world.latestCase = Optional.of(about);
    told(world.earlier, NoticeKind.CASE_SOLVED, about);

    Decision.Applied applied = world.apply(Situations.fresh(), world.wrote("it still happens"));

    assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
    assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.OUTSIDE_BUSINESS_HOURS);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
  }

  @Test
  void only_the_first_words_after_it_are_an_answer() {
    SupportCase about = world.aCase(CaseStatus.SOLVED);
    world.latestCase = Optional.of(about);
    told(world.earlier, NoticeKind.CASE_SOLVED, about);
    said(world.earlier);

    Decision.Applied applied = world.apply(Situations.fresh(), world.wrote("something new"));

    assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
    assertThat(contentsTo(Destination.VIRTUAL_AGENT, applied)).hasSize(1);
  }

  @Test
  void a_chat_that_ended_as_solved_is_followed_by_a_new_question() {
    SupportCase about = world.aCase(CaseStatus.SOLVED);
    world.latestCase = Optional.of(about);
    told(world.earlier, NoticeKind.ENDED_SOLVED, about);

    assertThat(
            world.apply(Situations.fresh(), world.wrote("something new")).next().state())
        .isEqualTo(ConversationState.BOT);
  }

  @Test
  void a_case_that_is_closed_for_good_is_not_opened_again() {
    SupportCase about = world.aCase(CaseStatus.CLOSED);
    world.latestCase = Optional.of(about);
    told(world.earlier, NoticeKind.CASE_SOLVED, about);

    assertThat(world
            .apply(Situations.fresh(), world.wrote("it still happens"))
            .next()
            .state())
        .isEqualTo(ConversationState.BOT);
  }

  @Test
  void an_open_conversation_in_which_the_customer_is_told_becomes_about_that_case() {
    SupportCase about = world.aCase(CaseStatus.PENDING);
    Conversation told = world.next(Situations.bot(), changed(about, CaseStatus.OPEN));
    world.supportCase = Optional.of(about);
    world.latestCase = Optional.of(about);
    told(world.entries, NoticeKind.CASE_PENDING, about);

    Decision.Applied answered = world.apply(told, world.wrote("version 7"));

    assertThat(answered.next().state()).isEqualTo(ConversationState.WAITING);
    assertThat(world.supportCase.orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
  }

  @ParameterizedTest
  @EnumSource(ConversationState.class)
  void the_wish_for_silence_is_confirmed_in_every_state(ConversationState state) {
    Conversation conversation = switch (state) {
      case BOT -> Situations.bot();
      case WAITING -> world.waiting();
      case LIVE -> world.live();
      case CLOSED -> world.closed();
    };

    assertThat(
            noticesToCustomer(world.apply(conversation, world.pressed(Button.STOP_CASE_NOTICES))))
        .containsExactly(NoticeKind.CASE_NOTICES_STOPPED);
    Decision.Applied resumed = world.apply(conversation, world.pressed(Button.RESUME_CASE_NOTICES));
    assertThat(noticesToCustomer(resumed)).containsExactly(NoticeKind.CASE_NOTICES_RESUMED);
    assertThat(resumed.next().state()).isEqualTo(state);
  }

  @Test
  void silence_towards_the_virtual_agent_closes_nothing_while_the_case_is_unsolved() {
    Conversation waiting = world.waiting();
    world.later(ConversationPolicy.DEFAULT.queueTimeout());
    Conversation alone = world.next(waiting, Situations.timer());
    assertThat(alone.state()).isEqualTo(ConversationState.BOT);
    for (int day = 1; day <= 30; day++) {
      world.later(ConversationPolicy.DEFAULT.botIdle());
      Decision.Applied idle = world.apply(alone, Situations.timer());
      assertThat(idle.next().state()).as("day %s", day).isEqualTo(ConversationState.BOT);
      assertThat(idle.effects()).isEmpty();
      alone = idle.next();
    }

    world.supportCase = world.supportCase.map(this::solved);
    world.later(ConversationPolicy.DEFAULT.botIdle());

    assertThat(world.apply(alone, Situations.timer()).next().state())
        .isEqualTo(ConversationState.CLOSED);
  }

  private SupportCase solved(SupportCase it) {
    return ((SupportCase.CaseDecision.Changed) it.change(
            SupportCase.CaseChange.status(CaseStatus.SOLVED), BEA, world.casePolicy(), world.now()))
        .next();
  }

  private static Event changed(SupportCase after, CaseStatus before) {
    return new EngineEvent.CaseStatusChanged(Situations.ID, after, before);
  }

  private void told(List<TranscriptEntry> entries, NoticeKind kind, SupportCase about) {
    entries.add(entry(
        entries,
        Destination.CUSTOMER,
        new EntryContent.Notified(Notice.of(kind, "case", about.number()))));
  }

  private void said(List<TranscriptEntry> entries) {
    entries.add(entry(
        entries,
        Destination.RECORD,
        new EntryContent.Said(world.customer.asParticipant(), MessageBody.text("thank you"))));
  }

  private TranscriptEntry entry(
      List<TranscriptEntry> entries, Destination destination, EntryContent content) {
    return new TranscriptEntry(
        new EntryId(100 + entries.size()),
        Situations.ID,
        destination,
        0,
        world.now(),
        content,
        Optional.empty(),
        Optional.empty());
  }
}
