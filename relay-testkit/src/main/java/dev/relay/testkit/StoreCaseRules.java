package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.EntryContent.Announced;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of section S7: cases. */
abstract class StoreCaseRules extends StoreTranscriptRules {

  @Test
  void rule_S7_1_a_case_is_read_as_it_was_saved() {
    SupportCase full = newCase(ANY_TEXT.substring(0, 30));
    SupportCase aside = snoozed(newCase("aside"), at(30));
    SupportCase bare = save(CaseKind.SUPPORT, CaseStatus.NEW, "bare", "", Optional.empty(), 8, NOW);

    assertThat(full.version()).isEqualTo(1);
    assertThatOptional(store().read(queries -> queries.supportCase(full.number())))
        .contains(full);
    assertThatOptional(store().read(queries -> queries.supportCase(bare.number())))
        .contains(bare);
    assertThatOptional(store().read(queries -> queries.supportCase(aside.number())))
        .contains(aside);
    assertThatOptional(store().read(queries -> queries.supportCase(new CaseNumber(5))))
        .isEmpty();
  }

  @Test
  void rule_S7_2_a_save_replaces_exactly_the_version_it_was_made_from() {
    SupportCase first = newCase("crash");
    SupportCase second =
        store().write(transaction -> transaction.save(first.wakingAt(Optional.of(at(5)))));

    assertThat(second.version()).isEqualTo(2);
    assertThatThrownBy(() -> write(transaction -> transaction.save(first)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(first.number().toString());
    assertThatOptional(store().read(queries -> queries.supportCase(first.number())))
        .contains(second);
  }

  @Test
  void rule_S7_3_cases_are_found_by_status_kind_customer_and_assignee_newest_first() {
    SupportCase open = save(CaseKind.BUG, CaseStatus.OPEN, "a", "", Optional.of(ANN), 1, NOW);
    SupportCase solved = save(CaseKind.BUG, CaseStatus.SOLVED, "b", "", Optional.of(BOB), 1, NOW);
    SupportCase fresh = save(CaseKind.SUPPORT, CaseStatus.NEW, "c", "", Optional.empty(), 2, NOW);

    assertThat(found(CaseFilter.any())).containsExactly(fresh, solved, open);
    assertThat(found(CaseFilter.of(new CustomerId(1)))).containsExactly(solved, open);
    assertThat(found(
            filter(Set.of(CaseStatus.NEW, CaseStatus.OPEN), Optional.empty(), Optional.empty())))
        .containsExactly(fresh, open);
    assertThat(found(filter(Set.of(), Optional.of(CaseKind.BUG), Optional.empty())))
        .containsExactly(solved, open);
    assertThat(found(filter(Set.of(), Optional.of(CaseKind.BUG), Optional.of("ann"))))
        .containsExactly(open);
  }

  @Test
  void rule_S7_4_a_text_is_found_in_number_subject_description_and_tags() {
    SupportCase subject =
        save(CaseKind.BUG, CaseStatus.NEW, "Señal PERDIDA", "x", Optional.empty(), 1, NOW);
    SupportCase description =
        save(CaseKind.BUG, CaseStatus.NEW, "y", "it says ERROR", Optional.empty(), 1, NOW);
    SupportCase tagged = newCase("z");

    assertThat(containing("perdida")).containsExactly(subject);
    assertThat(containing("error")).containsExactly(description);
    assertThat(containing("linux")).containsExactly(tagged);
    assertThat(containing(subject.number().toString())).containsExactly(subject);
    assertThat(containing(Long.toString(description.number().value())))
        .containsExactly(description);
    assertThat(containing("nothing of the kind")).isEmpty();
  }

  @Test
  void rule_S7_5_letter_case_does_not_matter_in_any_alphabet() {
    SupportCase spanish =
        save(CaseKind.BUG, CaseStatus.NEW, "ÑANDÚ", "x", Optional.empty(), 1, NOW);
    SupportCase russian =
        save(CaseKind.BUG, CaseStatus.NEW, "привет", "x", Optional.empty(), 1, NOW);

    assertThat(containing("ñandú")).containsExactly(spanish);
    assertThat(containing("ПРИВЕТ")).containsExactly(russian);
  }

  @Test
  void rule_S7_6_no_character_of_a_text_has_a_meaning_of_its_own() {
    SupportCase percent =
        save(CaseKind.BUG, CaseStatus.NEW, "100% of _it_", "a\\b", Optional.empty(), 1, NOW);
    save(CaseKind.BUG, CaseStatus.NEW, "100 of it", "ab", Optional.empty(), 1, NOW);

    assertThat(containing("0% of _i")).containsExactly(percent);
    assertThat(containing("a\\b")).containsExactly(percent);
    assertThat(containing("%")).containsExactly(percent);
    assertThat(containing("' or 1=1 --")).isEmpty();
  }

  @Test
  void rule_S7_7_pages_of_cases_follow_each_other() {
    List<SupportCase> all =
        List.of(newCase("1"), newCase("2"), newCase("3"), newCase("4"), newCase("5"));

    List<SupportCase> first =
        store().read(queries -> queries.cases(CaseFilter.any(), Optional.empty(), 2));
    List<SupportCase> second = store()
        .read(
            queries -> queries.cases(CaseFilter.any(), Optional.of(first.get(1).number()), 2));
    List<SupportCase> third = store()
        .read(
            queries -> queries.cases(CaseFilter.any(), Optional.of(second.get(1).number()), 2));

    assertThat(first).containsExactly(all.get(4), all.get(3));
    assertThat(second).containsExactly(all.get(2), all.get(1));
    assertThat(third).containsExactly(all.get(0));
  }

  @Test
  void rule_S7_8_the_latest_case_of_a_customer_is_the_one_that_changed_last() {
    SupportCase changed = save(CaseKind.BUG, CaseStatus.NEW, "a", "", Optional.empty(), 1, at(50));
    save(CaseKind.BUG, CaseStatus.NEW, "b", "", Optional.empty(), 1, at(10));
    save(CaseKind.BUG, CaseStatus.NEW, "c", "", Optional.empty(), 2, at(90));

    assertThatOptional(store().read(queries -> queries.latestCase(new CustomerId(1))))
        .contains(changed);
    assertThatOptional(store().read(queries -> queries.latestCase(new CustomerId(5))))
        .isEmpty();

    SupportCase newer = save(CaseKind.BUG, CaseStatus.NEW, "d", "", Optional.empty(), 1, at(50));
    assertThatOptional(store().read(queries -> queries.latestCase(new CustomerId(1))))
        .contains(newer);
  }

  @Test
  void rule_S7_9_notes_and_history_are_kept_in_their_order() {
    CaseNumber number = newCase("a").number();
    CaseNumber other = newCase("b").number();
    CaseNote first = store().write(it -> it.addNote(number, ANN, at(2), ANY_TEXT));
    CaseNote second = store().write(it -> it.addNote(number, BOB, at(1), "second"));
    write(it -> it.addNote(other, BOB, NOW, "elsewhere"));
    CaseHistoryEntry opened = new CaseHistoryEntry(number, at(2), ANN, "status", "NEW", "OPEN");
    CaseHistoryEntry named = new CaseHistoryEntry(number, at(1), BOB, "subject", "", ANY_TEXT);
    write(it -> it.addHistory(List.of(opened)));
    write(it -> it.addHistory(
        List.of(named, new CaseHistoryEntry(other, NOW, ANN, "status", "NEW", "OPEN"))));

    assertThat(second.id()).isGreaterThan(first.id());
    assertThat(first).isEqualTo(new CaseNote(first.id(), number, ANN, at(2), ANY_TEXT));
    inspect(queries -> {
      assertThat(queries.notes(number, 10)).containsExactly(first, second);
      assertThat(queries.notes(number, 1)).containsExactly(first);
      assertThat(queries.history(number, 10)).containsExactly(opened, named);
      assertThat(queries.history(number, 1)).containsExactly(opened);
    });
  }

  @Test
  void rule_S7_10_due_timers_of_cases_come_the_longest_due_first() {
    SupportCase late = newCase("a");
    SupportCase early = newCase("b");
    newCase("c");
    assertThatOptional(store().read(queries -> queries.nextTimer())).isEmpty();
    write(transaction -> {
      transaction.save(late.wakingAt(Optional.of(at(20))));
      transaction.save(early.wakingAt(Optional.of(at(10))));
    });

    inspect(queries -> {
      assertThat(queries.casesDue(at(9), 10)).isEmpty();
      assertThat(queries.casesDue(at(20), 10)).containsExactly(early.number(), late.number());
      assertThat(queries.casesDue(at(20), 1)).containsExactly(early.number());
      assertThat(queries.nextTimer()).contains(at(10));
      assertThat(queries.casesAhead(at(9), 10))
          .as("new cases are woken by what people choose")
          .isEmpty();
    });

    write(transaction -> {
      for (SupportCase each : List.of(early, late)) {
        SupportCase saved = transaction.supportCase(each.number()).orElseThrow();
        CaseDecision.Changed solved = (CaseDecision.Changed)
            saved.change(CaseChange.status(CaseStatus.SOLVED), ANN, CasePolicy.DEFAULT, NOW);
        transaction.save(solved.next().wakingAt(saved.wakeAt()));
      }
    });
    inspect(queries -> {
      assertThat(queries.casesAhead(at(9), 10)).containsExactly(late.number(), early.number());
      assertThat(queries.casesAhead(at(9), 1)).containsExactly(late.number());
      assertThat(queries.casesAhead(at(20), 10)).isEmpty();
    });
  }

  @Test
  void rule_S7_11_cases_that_are_put_aside_are_left_out_of_a_list_of_those_that_are_not() {
    SupportCase awake = newCase("awake");
    SupportCase aside = snoozed(newCase("aside"), at(30));

    assertThat(found(CaseFilter.any().awake())).containsExactly(awake);
    assertThat(found(CaseFilter.any())).containsExactly(aside, awake);
  }

  @Test
  void rule_S7_12_a_planned_message_is_read_as_it_was_saved_and_is_due_while_it_waits() {
    Scheduled late = planned(at(20));
    Scheduled early = planned(at(10));

    assertThat(early.id()).isNotEqualTo(late.id());
    store().read(queries -> {
      assertThatOptional(queries.scheduled(late.id())).contains(late);
      assertThat(queries.scheduledFor(late.customer(), 10)).containsExactly(early, late);
      assertThat(queries.scheduledFor(late.customer(), 1)).containsExactly(early);
      assertThat(queries.scheduledDue(at(9), 10)).isEmpty();
      assertThat(queries.scheduledDue(at(20), 10)).containsExactly(early.id(), late.id());
      assertThat(queries.nextTimer()).contains(at(10));
      return true;
    });

    Scheduled failed = early.in(
        Scheduled.State.FAILED, Optional.of(new Refusal(Refusal.Code.OUT_OF_REACH, ANY_TEXT)));
    assertThat(store().<Scheduled>write(transaction -> transaction.save(failed)))
        .isEqualTo(failed);
    store().read(queries -> {
      assertThatOptional(queries.scheduled(early.id())).contains(failed);
      assertThat(queries.scheduledDue(at(20), 10)).containsExactly(late.id());
      assertThat(queries.nextTimer()).contains(at(20));
      return true;
    });
  }

  @Test
  void rule_S7_15_a_planned_announcement_is_read_as_it_was_saved_and_is_due_while_it_waits() {
    Planned late = plannedAnnouncement(at(20), Optional.of("request"));
    Planned early = plannedAnnouncement(at(10), Optional.empty());

    assertThat(early.id()).isNotEqualTo(late.id());
    inspect(queries -> {
      assertThatOptional(queries.plannedAnnouncement(late.id())).contains(late);
      assertThat(queries.plannedAnnouncements(10)).containsExactly(early, late);
      assertThat(queries.plannedAnnouncements(1)).containsExactly(early);
      assertThat(queries.announcementsDue(at(9), 10)).isEmpty();
      assertThat(queries.announcementsDue(at(20), 10)).containsExactly(early.id(), late.id());
      assertThatOptional(queries.nextTimer()).contains(at(10));
    });

    Planned cancelled = early.in(Planned.State.CANCELLED);
    assertThat(store().<Planned>write(transaction -> transaction.save(cancelled)))
        .isEqualTo(cancelled);
    inspect(queries -> {
      assertThatOptional(queries.plannedAnnouncement(early.id())).contains(cancelled);
      assertThat(queries.announcementsDue(at(20), 10)).containsExactly(late.id());
      assertThatOptional(queries.nextTimer()).contains(at(20));
    });
  }

  private Planned plannedAnnouncement(Instant at, Optional<String> sourceId) {
    Planned planned = new Planned(
        0,
        new Announced(ANN, Topic.NEWS, "News", ANY_TEXT, Optional.of("https://example.org")),
        at,
        at(1),
        sourceId,
        Planned.State.WAITING);
    return store().write(transaction -> transaction.save(planned));
  }

  @Test
  void rule_S7_13_a_merged_case_is_read_as_it_was_saved_and_its_notes_are_moved() {
    SupportCase duplicate = newCase("a");
    SupportCase remaining = newCase("b");
    CaseNote first = store().write(it -> it.addNote(duplicate.number(), ANN, at(2), ANY_TEXT));
    CaseNote second = store().write(it -> it.addNote(remaining.number(), BOB, at(3), "second"));
    CaseDecision.Merged both = (CaseDecision.Merged) duplicate.mergeInto(
        remaining,
        List.of(),
        new SupportCase.Merge(remaining.number(), ANN, at(4), ANY_TEXT.substring(0, 30)),
        CasePolicy.DEFAULT);
    SupportCase merged = store().write(it -> it.save(both.merged()));
    write(it -> it.moveNotes(duplicate.number(), remaining.number()));

    CaseNote moved = new CaseNote(first.id(), remaining.number(), ANN, first.at(), first.text());
    inspect(queries -> {
      assertThatOptional(queries.supportCase(duplicate.number())).contains(merged);
      assertThatOptional(queries.remainingCase(duplicate.number())).contains(remaining);
      assertThat(queries.notes(duplicate.number(), 10)).isEmpty();
      assertThat(queries.notes(remaining.number(), 10)).containsExactly(moved, second);
    });
  }

  @Test
  void rule_S7_14_everything_of_customers_who_are_the_same_is_found_under_each_of_them() {
    Customer head = store().write(it -> saved(it, "one"));
    Customer merged = store().write(it -> saved(it, "two"));
    Customer stranger = store().write(it -> saved(it, "three"));
    Customer same = ((MergeResult.Merged) new Customer.Same(List.of(merged))
            .mergeInto(
                merged.id(),
                head.id(),
                new Customer.Same(List.of(head)),
                ANN,
                at(4),
                ANY_TEXT.substring(0, 30)))
        .changed()
        .get(0);
    write(it -> it.save(same));
    SupportCase first =
        save(CaseKind.BUG, CaseStatus.NEW, "a", "", Optional.empty(), head.id().value(), at(90));
    SupportCase second = save(
        CaseKind.BUG, CaseStatus.NEW, "b", "", Optional.empty(), merged.id().value(), at(50));
    save(CaseKind.BUG, CaseStatus.NEW, "c", "", Optional.empty(), stranger.id().value(), at(95));

    for (CustomerId either : List.of(head.id(), merged.id())) {
      inspect(queries -> {
        assertThat(queries.sameCustomers(either)).containsExactly(head, same);
        assertThat(queries.cases(CaseFilter.of(either), Optional.empty(), 10))
            .containsExactly(second, first);
        assertThatOptional(queries.latestCase(either)).contains(first);
      });
    }
    write(it -> it.save(merged));
    inspect(queries -> {
      assertThat(queries.sameCustomers(head.id())).containsExactly(head);
      assertThat(queries.sameCustomers(merged.id())).containsExactly(merged);
      assertThat(queries.sameCustomers(new CustomerId(999))).isEmpty();
      assertThat(queries.cases(CaseFilter.of(merged.id()), Optional.empty(), 10))
          .containsExactly(second);
    });
  }

  private static Customer saved(Transaction transaction, String externalId) {
    Customer customer = new Customer(
        transaction.newCustomerId(),
        DESK,
        externalId,
        "Ann",
        Locale.ENGLISH,
        Set.of(),
        Optional.empty(),
        NOW);
    transaction.save(customer);
    return customer;
  }

  private Scheduled planned(Instant at) {
    AgentWroteFirst message = new AgentWroteFirst(
        new ConversationId(3),
        Optional.empty(),
        DESK,
        ANN,
        Optional.of(new CaseNumber(1001)),
        Optional.of("m1"),
        MessageBody.text(ANY_TEXT));
    Scheduled planned = new Scheduled(
        0, new CustomerId(7), message, at, at(1), Scheduled.State.WAITING, Optional.empty());
    return store().write(transaction -> transaction.save(planned));
  }

  private SupportCase snoozed(SupportCase stored, Instant until) {
    SupportCase.CaseDecision.Changed changed = (SupportCase.CaseDecision.Changed) stored.change(
        SupportCase.CaseChange.none().withSnooze(Optional.of(until)),
        ANN,
        CasePolicy.DEFAULT,
        at(2));
    return store().write(transaction -> transaction.save(changed.next()));
  }

  private SupportCase save(
      CaseKind kind,
      CaseStatus status,
      String subject,
      String description,
      Optional<Participant> assignee,
      long customer,
      Instant updatedAt) {
    return store()
        .write(transaction -> transaction.save(new SupportCase(
            transaction.newCaseNumber(),
            kind,
            status,
            CasePriority.NORMAL,
            subject,
            description,
            Map.of(),
            Set.of(),
            SUPPORT,
            assignee,
            new CustomerId(customer),
            List.of(),
            Optional.empty(),
            NOW,
            updatedAt,
            Optional.empty(),
            Optional.empty(),
            0)));
  }

  private static CaseFilter filter(
      Set<CaseStatus> statuses, Optional<CaseKind> kind, Optional<String> assignee) {
    return new CaseFilter(statuses, kind, Optional.empty(), assignee, Optional.empty());
  }

  private List<SupportCase> containing(String text) {
    return found(new CaseFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(text)));
  }

  private List<SupportCase> found(CaseFilter filter) {
    return store().read(queries -> queries.cases(filter, Optional.empty(), 100));
  }
}
