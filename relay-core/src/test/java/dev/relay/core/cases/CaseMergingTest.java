package dev.relay.core.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.Merge;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The merge of a duplicate into the case that remains. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CaseMergingTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final Participant CAL = Participant.agent("cal", "Cal");

  private final SupportCase remaining = aCase(7, CaseStatus.OPEN, Set.of("lantern"), 1, 4);
  private final SupportCase duplicate = aCase(12, CaseStatus.NEW, Set.of("urgent"), 2, 4, 5);

  @Test
  void the_case_that_remains_gets_everything_of_the_duplicate() {
    CaseDecision.Merged both = merged(
        change(
            duplicate,
            CaseChange.none().withPriority(CasePriority.URGENT).withAssignee(Optional.of(CAL))),
        remaining);

    assertThat(both.remaining().conversations()).isEqualTo(conversations(1, 2, 4, 5));
    assertThat(both.remaining().tags()).containsExactlyInAnyOrder("lantern", "urgent");
    assertThat(both.remaining().priority()).isEqualTo(CasePriority.URGENT);
    assertThat(both.remaining().assignee()).contains(CAL);
    assertThat(both.merged().status()).isEqualTo(CaseStatus.MERGED);
    assertThat(both.merged().merge().orElseThrow().into()).isEqualTo(remaining.number());
    assertThat(both.merged().conversations()).isEmpty();
    assertThat(both.merged().wakeAt()).isEmpty();
    assertThat(both.history())
        .extracting(it -> it.supportCase() + " " + it.field() + " " + it.after())
        .containsExactly(
            "#12 merged #7",
            "#7 duplicate #12",
            "#7 priority URGENT",
            "#7 tags lantern, urgent",
            "#7 assignee Cal");
  }

  @Test
  void what_the_case_that_remains_has_itself_stays() {
    CaseDecision.Merged both = merged(
        change(duplicate, CaseChange.none().withAssignee(Optional.of(CAL))),
        change(
            remaining,
            CaseChange.none().withPriority(CasePriority.HIGH).withAssignee(Optional.of(BEA))));

    assertThat(both.remaining().assignee()).contains(BEA);
    assertThat(both.remaining().priority()).isEqualTo(CasePriority.HIGH);
    assertThat(both.remaining().subject()).isEqualTo(remaining.subject());
  }

  @Test
  void ratings_and_links_follow_with_their_times_and_authors() {
    CaseHistoryEntry rating =
        new CaseHistoryEntry(duplicate.number(), NOW.minusSeconds(9), CAL, "rating", "", "5");
    CaseHistoryEntry link =
        new CaseHistoryEntry(duplicate.number(), NOW.minusSeconds(8), BEA, "related", "", "#3");
    CaseHistoryEntry other =
        new CaseHistoryEntry(duplicate.number(), NOW.minusSeconds(7), BEA, "subject", "a", "b");

    CaseDecision.Merged both = (CaseDecision.Merged) duplicate.mergeInto(
        remaining, List.of(rating, link, other), merge("the same"), CasePolicy.DEFAULT);

    assertThat(both.history())
        .contains(
            new CaseHistoryEntry(remaining.number(), rating.at(), CAL, "rating", "", "5"),
            new CaseHistoryEntry(remaining.number(), link.at(), BEA, "related", "", "#3"))
        .noneMatch(it -> it.field().equals("subject"));
  }

  @ParameterizedTest
  @CsvSource({
    "NEW,NEW,NEW",
    "NEW,OPEN,OPEN",
    "NEW,PENDING,OPEN",
    "NEW,SOLVED,OPEN",
    "OPEN,NEW,OPEN",
    "OPEN,PENDING,OPEN",
    "OPEN,SOLVED,OPEN",
    "PENDING,NEW,OPEN",
    "PENDING,PENDING,PENDING",
    "PENDING,SOLVED,OPEN",
    "SOLVED,NEW,OPEN",
    "SOLVED,OPEN,OPEN",
    "SOLVED,PENDING,PENDING",
    "SOLVED,SOLVED,SOLVED"
  })
  void the_status_leaves_no_work_undone(
      CaseStatus ofDuplicate, CaseStatus before, CaseStatus after) {
    SupportCase result =
        merged(aCase(12, ofDuplicate, Set.of()), aCase(7, before, Set.of())).remaining();

    assertThat(result.status()).isEqualTo(after);
    assertThat(result.solvedAt().isPresent()).isEqualTo(after == CaseStatus.SOLVED);
  }

  @Test
  void the_case_that_remains_is_put_aside_only_as_long_as_both_were() {
    Instant monday = NOW.plus(Duration.ofDays(3));
    SupportCase untilMonday = aside(remaining, monday);

    assertThat(merged(duplicate, untilMonday).remaining().snoozedUntil()).isEmpty();
    assertThat(merged(aside(duplicate, monday.minusSeconds(60)), untilMonday)
            .remaining()
            .snoozedUntil())
        .contains(monday.minusSeconds(60));
    assertThat(merged(aCase(12, CaseStatus.SOLVED, Set.of()), untilMonday)
            .remaining()
            .wakeAt())
        .contains(monday);
    assertThat(merged(aside(duplicate, monday), remaining).remaining().snoozedUntil())
        .isEmpty();
  }

  @Test
  void merging_the_same_two_again_changes_nothing() {
    CaseDecision.Merged once = merged(duplicate, remaining);
    CaseDecision.Merged again = merged(once.merged(), once.remaining());

    assertThat(again.history()).isEmpty();
    assertThat(again.merged()).isEqualTo(once.merged());
    assertThat(again.remaining()).isEqualTo(once.remaining());
  }

  @Test
  void a_case_is_not_merged_with_itself_twice_or_the_other_way_around() {
    CaseDecision.Merged once = merged(duplicate, remaining);

    assertThat(refusal(duplicate, duplicate, "same").field()).isEqualTo("into");
    assertThat(refusal(once.remaining(), once.merged(), "same").reason()).contains("#12", "#7");
    assertThat(
            refusal(once.merged(), aCase(8, CaseStatus.OPEN, Set.of()), "same").reason())
        .contains("#12 was merged into case #7");
  }

  @Test
  void a_case_that_is_closed_for_good_is_not_merged_and_takes_up_none() {
    SupportCase closed = aCase(8, CaseStatus.CLOSED, Set.of());

    assertThat(refusal(closed, remaining, "same").field()).isEqualTo("status");
    assertThat(refusal(duplicate, closed, "same").field()).isEqualTo("status");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 501})
  void a_merge_needs_a_reason_of_a_sensible_length(int length) {
    assertThat(refusal(duplicate, remaining, "x".repeat(length)).field()).isEqualTo("reason");
  }

  @Test
  void no_tag_is_lost_silently() {
    Set<String> many = new HashSet<>();
    LongStream.rangeClosed(1, SupportCase.MAX_TAGS).forEach(number -> many.add("tag " + number));

    assertThat(refusal(duplicate, aCase(7, CaseStatus.OPEN, many), "same").field())
        .isEqualTo("tags");
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "PENDING", "SOLVED", "CLOSED", "MERGED"})
  void a_merged_case_is_final(CaseStatus wanted) {
    SupportCase merged = merged(duplicate, remaining).merged();

    assertThat(merged.change(CaseChange.status(wanted), BEA, CasePolicy.DEFAULT, NOW))
        .isInstanceOfSatisfying(
            CaseDecision.Refused.class, it -> assertThat(it.reason()).contains("case #7"));
    assertThat(((CaseDecision.Changed) merged.timerDue(CasePolicy.DEFAULT, NOW)).next())
        .isEqualTo(merged);
  }

  @Test
  void nobody_gives_a_case_the_status_of_a_merge() {
    assertThat(remaining.change(CaseChange.status(CaseStatus.MERGED), BEA, CasePolicy.DEFAULT, NOW))
        .isInstanceOf(CaseDecision.Refused.class);
  }

  private static CaseDecision.Merged merged(SupportCase duplicate, SupportCase remaining) {
    return (CaseDecision.Merged) duplicate.mergeInto(
        remaining,
        List.of(),
        new Merge(remaining.number(), BEA, NOW, "the same"),
        CasePolicy.DEFAULT);
  }

  private static CaseDecision.Refused refusal(
      SupportCase duplicate, SupportCase remaining, String reason) {
    return (CaseDecision.Refused) duplicate.mergeInto(
        remaining, List.of(), new Merge(remaining.number(), BEA, NOW, reason), CasePolicy.DEFAULT);
  }

  private Merge merge(String reason) {
    return new Merge(remaining.number(), BEA, NOW, reason);
  }

  private static SupportCase change(SupportCase before, CaseChange change) {
    return ((CaseDecision.Changed) before.change(change, BEA, CasePolicy.DEFAULT, NOW)).next();
  }

  private static SupportCase aside(SupportCase before, Instant until) {
    return change(before, CaseChange.none().withSnooze(Optional.of(until)));
  }

  private static List<ConversationId> conversations(long... ids) {
    return LongStream.of(ids).mapToObj(ConversationId::new).toList();
  }

  private static SupportCase aCase(
      long number, CaseStatus status, Set<String> tags, long... conversations) {
    boolean over = status == CaseStatus.SOLVED || status == CaseStatus.CLOSED;
    return new SupportCase(
        new CaseNumber(number),
        CaseKind.SUPPORT,
        status,
        CasePriority.NORMAL,
        "subject " + number,
        "",
        Map.of(),
        tags,
        QueueName.DEFAULT,
        Optional.empty(),
        new CustomerId(1),
        conversations(conversations),
        Optional.empty(),
        NOW,
        NOW,
        over ? Optional.of(NOW) : Optional.empty(),
        Optional.empty(),
        1);
  }
}
