package dev.relay.core.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupportCaseTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final Participant BEA = Participant.agent("bea", "Bea");

  @ParameterizedTest
  @CsvSource({
    "NEW,OPEN,true", "NEW,PENDING,true", "NEW,SOLVED,true", "NEW,CLOSED,false",
    "OPEN,NEW,false", "OPEN,PENDING,true", "OPEN,SOLVED,true", "OPEN,CLOSED,false",
    "PENDING,NEW,false", "PENDING,OPEN,true", "PENDING,SOLVED,true", "PENDING,CLOSED,false",
    "SOLVED,NEW,false", "SOLVED,OPEN,true", "SOLVED,PENDING,false", "SOLVED,CLOSED,true",
    "CLOSED,NEW,false", "CLOSED,OPEN,false", "CLOSED,PENDING,false", "CLOSED,SOLVED,false"
  })
  void only_legal_transitions_are_made(CaseStatus from, CaseStatus to, boolean legal) {
    CaseDecision decision = aCase(from).change(CaseChange.status(to), BEA, CasePolicy.DEFAULT, NOW);

    if (legal) {
      assertThat(((CaseDecision.Changed) decision).next().status()).isEqualTo(to);
    } else {
      assertThat(((CaseDecision.Refused) decision).reason()).contains(from.name());
    }
  }

  @Test
  void a_case_is_put_aside_and_brought_back_by_its_timer_or_by_being_solved() {
    Instant monday = NOW.plus(Duration.ofDays(3));
    CaseChange aside = CaseChange.none().withSnooze(Optional.of(monday));
    SupportCase snoozed =
        changed(aCase(CaseStatus.PENDING).change(aside, BEA, CasePolicy.DEFAULT, NOW));

    assertThat(snoozed.snoozedUntil()).contains(monday);
    assertThat(snoozed.wakeAt()).contains(monday);
    SupportCase back = changed(snoozed.timerDue(CasePolicy.DEFAULT, monday));
    assertThat(back.snoozedUntil()).isEmpty();
    assertThat(back.status()).isEqualTo(CaseStatus.PENDING);
    assertThat(back.wakeAt()).as("its agent follows it, without a reminder").isEmpty();
    assertThat(changed(
                snoozed.change(CaseChange.status(CaseStatus.SOLVED), BEA, CasePolicy.DEFAULT, NOW))
            .snoozedUntil())
        .isEmpty();
    assertThat(changed(snoozed.timerDue(CasePolicy.DEFAULT, monday.minusMillis(1))))
        .isEqualTo(snoozed);
  }

  @Test
  void a_case_is_not_put_aside_into_the_past_for_ever_or_once_it_is_solved() {
    for (Instant wrong : List.of(NOW, NOW.minusSeconds(1), NOW.plus(Duration.ofDays(367)))) {
      CaseChange aside = CaseChange.none().withSnooze(Optional.of(wrong));
      assertThat(aCase(CaseStatus.OPEN).change(aside, BEA, CasePolicy.DEFAULT, NOW))
          .isInstanceOfSatisfying(
              CaseDecision.Refused.class,
              refused -> assertThat(refused.field()).isEqualTo("snoozedUntil"));
    }
    CaseChange aside = CaseChange.none().withSnooze(Optional.of(NOW.plusSeconds(60)));
    assertThat(aCase(CaseStatus.SOLVED).change(aside, BEA, CasePolicy.DEFAULT, NOW))
        .isInstanceOf(CaseDecision.Refused.class);
  }

  private static SupportCase changed(CaseDecision decision) {
    return ((CaseDecision.Changed) decision).next();
  }

  @Test
  void history_records_every_changed_field_with_its_actor_and_values() {
    CaseChange change = CaseChange.status(CaseStatus.OPEN)
        .withPriority(CasePriority.URGENT)
        .withAssignee(Optional.of(BEA));

    CaseDecision.Changed changed =
        (CaseDecision.Changed) aCase(CaseStatus.NEW).change(change, BEA, CasePolicy.DEFAULT, NOW);

    assertThat(changed.history())
        .extracting(CaseHistoryEntry::field, CaseHistoryEntry::before, CaseHistoryEntry::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("status", "NEW", "OPEN"),
            org.assertj.core.groups.Tuple.tuple("priority", "NORMAL", "URGENT"),
            org.assertj.core.groups.Tuple.tuple("assignee", "", "Bea"));
    assertThat(changed.history())
        .allMatch(entry -> entry.actor().equals(BEA) && entry.at().equals(NOW));
  }

  @Test
  void a_change_that_changes_nothing_leaves_no_history() {
    SupportCase open = aCase(CaseStatus.OPEN);

    assertThat(open.change(CaseChange.status(CaseStatus.OPEN), BEA, CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(open, List.of()));
  }

  @Test
  void a_change_with_one_invalid_field_is_refused_as_a_whole() {
    CaseChange change = new CaseChange(
        Optional.of(CaseStatus.OPEN),
        Optional.empty(),
        Optional.empty(),
        Optional.of("x".repeat(SupportCase.MAX_SUBJECT + 1)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());

    assertThat(aCase(CaseStatus.NEW).change(change, BEA, CasePolicy.DEFAULT, NOW))
        .isInstanceOfSatisfying(
            CaseDecision.Refused.class, it -> assertThat(it.field()).isEqualTo("subject"));
  }

  @Test
  void a_solved_case_can_be_reopened_until_the_window_ends_and_is_then_due_to_be_closed() {
    CaseDecision.Changed solved = (CaseDecision.Changed) aCase(CaseStatus.OPEN)
        .change(CaseChange.status(CaseStatus.SOLVED), BEA, CasePolicy.DEFAULT, NOW);
    Duration window = CasePolicy.DEFAULT.reopenWindow();

    assertThat(solved.next().canBeReopenedAt(NOW.plus(window).minusMillis(1), window))
        .isTrue();
    assertThat(solved.next().canBeReopenedAt(NOW.plus(window), window)).isFalse();
    assertThat(solved.next().wakeAt()).contains(NOW.plus(window));
  }

  @Test
  void a_reopened_case_is_no_longer_solved() {
    CaseDecision.Changed reopened = (CaseDecision.Changed) aCase(CaseStatus.SOLVED)
        .change(CaseChange.status(CaseStatus.OPEN), BEA, CasePolicy.DEFAULT, NOW);

    assertThat(reopened.next().solvedAt()).isEmpty();
    assertThat(reopened.next().wakeAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1042", "#1042", " #1042 "})
  void people_write_case_numbers_with_and_without_the_hash(String text) {
    assertThat(CaseNumber.parse(text)).contains(new CaseNumber(1042));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "0", "-3", "10x", "٣", "99999999999999999999"})
  void anything_else_is_not_a_case_number(String text) {
    assertThat(CaseNumber.parse(text)).isEmpty();
  }

  @Test
  void a_timer_that_is_not_due_changes_nothing() {
    SupportCase solved = aCase(CaseStatus.SOLVED).wakingAt(Optional.of(NOW.plusMillis(1)));

    assertThat(solved.timerDue(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(solved, List.of()));
    assertThat(aCase(CaseStatus.SOLVED).timerDue(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(aCase(CaseStatus.SOLVED), List.of()));
  }

  @Test
  void a_solved_case_is_closed_for_good_when_its_timer_is_due() {
    SupportCase solved = aCase(CaseStatus.SOLVED).wakingAt(Optional.of(NOW));

    CaseDecision.Changed closed = (CaseDecision.Changed) solved.timerDue(CasePolicy.DEFAULT, NOW);

    assertThat(closed.next().status()).isEqualTo(CaseStatus.CLOSED);
    assertThat(closed.next().wakeAt()).isEmpty();
    assertThat(closed.history())
        .extracting(CaseHistoryEntry::actor, CaseHistoryEntry::after)
        .containsExactly(tuple(Participant.RELAY, "CLOSED"));
  }

  @Test
  void a_solved_case_is_not_closed_while_an_agent_and_the_customer_talk_about_it() {
    SupportCase solved = aCase(CaseStatus.SOLVED).wakingAt(Optional.of(NOW));

    assertThat(solved.timerDueWhileDiscussed(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(
            solved.wakingAt(Optional.of(NOW.plus(CasePolicy.DEFAULT.reopenWindow()))), List.of()));
    SupportCase early = solved.wakingAt(Optional.of(NOW.plusMillis(1)));
    assertThat(early.timerDueWhileDiscussed(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(early, List.of()));
  }

  @Test
  void the_customer_of_a_pending_case_is_reminded_in_its_latest_conversation_and_once() {
    SupportCase pending =
        aCase(CaseStatus.PENDING).linkedTo(new ConversationId(18), NOW).wakingAt(Optional.of(NOW));

    CaseDecision decision = pending.timerDue(CasePolicy.DEFAULT, NOW);

    SupportCase next = pending.wakingAt(Optional.empty());
    assertThat(decision).isEqualTo(new CaseDecision.Reminded(next, new ConversationId(18)));
    assertThat(next.timerDue(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(next, List.of()));
  }

  @Test
  void a_timer_that_has_lost_its_meaning_is_removed() {
    SupportCase open = aCase(CaseStatus.OPEN).wakingAt(Optional.of(NOW));

    assertThat(open.timerDue(CasePolicy.DEFAULT, NOW))
        .isEqualTo(new CaseDecision.Changed(open.wakingAt(Optional.empty()), List.of()));
  }

  @Test
  void a_rating_changes_the_history_only() {
    SupportCase solved = aCase(CaseStatus.SOLVED);

    CaseDecision.Changed rated = solved.rated(BEA, 4, Optional.of("quick help"), NOW);

    assertThat(rated.next()).isEqualTo(solved);
    assertThat(rated.history())
        .containsExactly(
            new CaseHistoryEntry(solved.number(), NOW, BEA, "rating", "", "4: quick help"));
  }

  private static SupportCase aCase(CaseStatus status) {
    boolean solved = status == CaseStatus.SOLVED || status == CaseStatus.CLOSED;
    return new SupportCase(
        new CaseNumber(1042),
        CaseKind.SUPPORT,
        status,
        CasePriority.NORMAL,
        "Cannot log in",
        "",
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.empty(),
        new CustomerId(5),
        List.of(new ConversationId(17)),
        Optional.empty(),
        NOW,
        NOW,
        solved ? Optional.of(NOW) : Optional.empty(),
        Optional.empty(),
        1);
  }
}
