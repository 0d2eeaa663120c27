package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rules of sections S1, writes and reads, S2, ids, and S3, applied events. */
abstract class StoreWriteRules extends StoreFixture {

  @Test
  void rule_S1_1_what_was_written_is_there_after_reopening() throws Exception {
    Conversation conversation = newConversation("a");
    TranscriptEntry entry = append(conversation, ANY_TEXT, NOW);
    SupportCase supportCase = newCase("crash");
    Customer customer = newCustomer("maria");
    EventKey key = new EventKey("web", "1");
    Receipt receipt = new Receipt(conversation.id(), Optional.of(entry.id()), Optional.empty());
    write(transaction -> transaction.markSeen(key, receipt, NOW));

    reopenStore();

    assertThatOptional(store().read(queries -> queries.conversation(conversation.id())))
        .contains(conversation);
    assertThatOptional(store().read(queries -> queries.entry(entry.id()))).contains(entry);
    assertThatOptional(store().read(queries -> queries.supportCase(supportCase.number())))
        .contains(supportCase);
    assertThatOptional(store().read(queries -> queries.customer(customer.id()))).contains(customer);
    assertThatOptional(store().read(queries -> queries.seen(key))).contains(receipt);
    assertThat(claimed()).extracting(Claim::head).containsExactly(entry);
    assertThat(newConversation("b").id().value())
        .isGreaterThan(conversation.id().value());
  }

  @Test
  void rule_S1_2_a_write_that_throws_leaves_no_trace() {
    Conversation conversation = newConversation("a");
    append(conversation, "before", NOW);
    SupportCase supportCase = newCase("crash");
    EventKey key = new EventKey("web", "1");
    IllegalStateException failure = new IllegalStateException("no");

    assertThatThrownBy(() -> write(transaction -> {
          changeEverything(transaction, conversation, supportCase, key);
          throw failure;
        }))
        .isSameAs(failure);

    inspect(queries -> {
      assertThat(queries.conversation(conversation.id())).contains(conversation);
      assertThat(queries.activeConversation(address("b"))).isEmpty();
      assertThat(queries.supportCase(supportCase.number())).contains(supportCase);
      assertThat(queries.cases(CaseFilter.any(), Optional.empty(), 10)).hasSize(1);
      assertThat(queries.transcript(conversation.id(), new EntryId(0), 10)).hasSize(1);
      assertThat(queries.customer(WEB, "maria")).isEmpty();
      assertThat(queries.seen(key)).isEmpty();
      assertThat(queries.history(supportCase.number(), 10)).isEmpty();
      assertThat(queries.notes(supportCase.number(), 10)).isEmpty();
      assertThat(queries.positions(WEB)).isEmpty();
      LaneKey lane = new LaneKey(conversation.id(), Destination.CUSTOMER);
      assertThat(queries.lane(lane)).hasValueSatisfying(it -> {
        assertThat(it.lastSequence()).isEqualTo(1);
        assertThat(it.doneSequence()).isZero();
        assertThat(it.epoch()).isZero();
      });
    });
  }

  @Test
  void rule_S1_9_no_character_makes_a_write_fail() {
    for (String hostile :
        List.of("a\u0000b", "\uD83C", "\uDFAE lone", "\uFFFF", "\uD83C\uD83C\uDFAE")) {
      Conversation conversation = newConversation(hostile);
      Participant author = new Participant(Participant.Role.CUSTOMER, hostile, hostile);
      EntryContent.Said content = new EntryContent.Said(author, MessageBody.text("x" + hostile));
      EventKey key = new EventKey("web", hostile);
      Receipt receipt = new Receipt(conversation.id(), Optional.empty(), Optional.empty());

      TranscriptEntry entry = store().write(transaction -> {
        transaction.markSeen(key, receipt, NOW);
        transaction.savePosition(conversation.address(), hostile, NOW);
        return transaction.append(
            conversation.id(),
            Destination.DESK,
            Optional.of(DESK),
            content,
            Optional.of(hostile),
            NOW);
      });

      assertThat(entry.content()).isEqualTo(content);
      inspect(queries -> {
        assertThat(queries.conversation(conversation.id())).contains(conversation);
        assertThat(queries.activeConversation(conversation.address())).contains(conversation);
        assertThat(queries.entry(entry.id())).map(TranscriptEntry::content).contains(content);
        assertThat(queries.entryBySource(conversation.id(), Side.CUSTOMER, hostile))
            .map(TranscriptEntry::id)
            .contains(entry.id());
        assertThat(queries.seen(key)).contains(receipt);
        assertThat(queries.position(conversation.address())).isPresent();
      });
    }
  }

  private static void changeEverything(
      Transaction transaction, Conversation conversation, SupportCase supportCase, EventKey key) {
    transaction.save(handledBy(conversation, closed()));
    transaction.save(conversation(transaction.newConversationId(), "b", new Handling.Bot(0)));
    transaction.save(supportCase);
    transaction.save(supportCase(transaction.newCaseNumber(), "other"));
    transaction.save(customer(transaction.newCustomerId(), "maria"));
    transaction.markSeen(
        key, new Receipt(conversation.id(), Optional.empty(), Optional.empty()), NOW);
    transaction.addHistory(
        List.of(new CaseHistoryEntry(supportCase.number(), NOW, ANN, "status", "NEW", "OPEN")));
    transaction.addNote(supportCase.number(), ANN, NOW, "a note");
    transaction.savePosition(conversation.address(), "17", NOW);
    transaction.append(
        conversation.id(),
        Destination.CUSTOMER,
        Optional.of(WEB),
        said("after"),
        Optional.empty(),
        NOW);
    Claim claim = transaction.claim(WEB, NOW, at(30), "me", 10).get(0);
    transaction.settle(
        claim.lane(), claim.epoch(), 1, new Settlement.Done(Optional.of("x"), at(60)), NOW);
  }

  @Test
  void rule_S1_3_writes_happen_one_after_the_other() throws Exception {
    Conversation conversation = newConversation("a");
    int threads = 8;
    int times = 20;

    atOnce(threads, number -> {
      for (int i = 0; i < times; i++) {
        write(transaction ->
            transaction.save(transaction.conversation(conversation.id()).orElseThrow()));
      }
      return true;
    });

    assertThatOptional(store().read(queries -> queries.conversation(conversation.id())))
        .hasValueSatisfying(it -> assertThat(it.version()).isEqualTo(1 + threads * times));
  }

  @Test
  void rule_S1_4_a_read_sees_one_state_and_holds_up_no_write() throws Exception {
    Conversation conversation = newConversation("a");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> write = executor.submit(() -> {
        reading.await();
        write(transaction -> transaction.save(handledBy(conversation, closed())));
        written.countDown();
        return true;
      });

      List<Optional<Conversation>> seen = store().read(queries -> {
        Optional<Conversation> before = queries.conversation(conversation.id());
        reading.countDown();
        boolean done = isDone(written);
        assertThat(done).as("the write ended while the read went on").isTrue();
        return List.of(before, queries.conversation(conversation.id()));
      });

      assertThat(soon(write)).isTrue();
      assertThat(seen).containsExactly(Optional.of(conversation), Optional.of(conversation));
    } finally {
      executor.shutdownNow();
    }
  }

  private static boolean isDone(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void rule_S1_5_a_write_sees_its_own_changes() {
    write(transaction -> {
      Conversation saved =
          transaction.save(conversation(transaction.newConversationId(), "a", new Handling.Bot(0)));
      TranscriptEntry entry = transaction.append(
          saved.id(),
          Destination.CUSTOMER,
          Optional.of(WEB),
          said("hello"),
          Optional.of("s1"),
          NOW);

      assertThat(transaction.activeConversation(address("a"))).contains(saved);
      assertThat(transaction.entryBySource(saved.id(), Side.AGENTS, "s1")).contains(entry);
      assertThat(transaction.lanes(saved.id())).hasSize(1);
    });
  }

  @Test
  void rule_S1_6_a_write_within_a_write_is_refused() {
    assertThatThrownBy(() -> write(outer -> newConversation("a")))
        .isInstanceOf(IllegalStateException.class);

    assertThatOptional(store().read(queries -> queries.activeConversation(address("a"))))
        .isEmpty();
    newConversation("a");
  }

  @Test
  void rule_S1_7_a_store_is_ready_until_it_is_closed_and_then_refuses_work() {
    assertThat(store().health().ready()).isTrue();

    store().close();
    store().close();

    assertThat(store().health().ready()).isFalse();
    assertThatThrownBy(() -> newConversation("a")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().read(queries -> queries.nextTimer()))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void rule_S1_8_a_later_write_reads_nothing_of_a_write_that_threw() {
    Conversation conversation = newConversation("a");
    SupportCase supportCase = newCase("crash");
    EventKey key = new EventKey("web", "1");
    append(conversation, "before", NOW);
    write(transaction -> transaction.conversation(conversation.id()));

    assertThatThrownBy(() -> write(transaction -> {
          changeEverything(transaction, conversation, supportCase, key);
          throw new IllegalStateException("no");
        }))
        .hasMessage("no");

    write(transaction -> {
      assertThatOptional(transaction.conversation(conversation.id())).contains(conversation);
      assertThatOptional(transaction.activeConversation(conversation.address()))
          .contains(conversation);
      assertThatOptional(transaction.activeConversation(address("b"))).isEmpty();
      assertThatOptional(transaction.customer(WEB, "maria")).isEmpty();
      assertThatOptional(transaction.supportCase(supportCase.number())).contains(supportCase);
      LaneKey lane = new LaneKey(conversation.id(), Destination.CUSTOMER);
      assertThat(transaction.lane(lane).map(Lane::lastSequence)).contains(1L);
      transaction.save(conversation);
    });
  }

  @Test
  void rule_S1_10_a_transaction_reads_and_changes_the_same_with_and_without_prefetching() {
    Conversation conversation = newConversation("a");
    Customer maria = newCustomer("maria");
    EventKey old = new EventKey("web", "old");
    EventKey fresh = new EventKey("web", "fresh");
    Receipt receipt = new Receipt(conversation.id(), Optional.empty(), Optional.empty());
    write(transaction -> transaction.markSeen(old, receipt, NOW));
    Transaction.Needs keys = new Transaction.Needs(
        Set.of(old, fresh),
        Set.of(address("a"), address("b")),
        Set.of(
            new Transaction.Needs.Person(WEB, "maria"),
            new Transaction.Needs.Person(WEB, "nobody")),
        Set.of(conversation.id(), new ConversationId(conversation.id().value() + 1_000)));

    Conversation saved = store().write(transaction -> {
      transaction.prefetch(keys);
      assertThatOptional(transaction.seen(old)).contains(receipt);
      assertThatOptional(transaction.seen(fresh)).isEmpty();
      assertThatOptional(transaction.activeConversation(address("a"))).contains(conversation);
      assertThatOptional(transaction.activeConversation(address("b"))).isEmpty();
      assertThatOptional(transaction.customer(WEB, "maria")).contains(maria);
      assertThatOptional(transaction.customer(WEB, "nobody")).isEmpty();

      assertThat(transaction.markSeen(old, receipt, NOW)).isFalse();
      assertThat(transaction.markSeen(fresh, receipt, NOW)).isTrue();
      assertThat(transaction.markSeen(fresh, receipt, NOW)).isFalse();
      assertThatOptional(transaction.seen(fresh)).contains(receipt);
      Customer nobody = customer(transaction.newCustomerId(), "nobody");
      transaction.save(nobody);
      assertThatOptional(transaction.customer(WEB, "nobody")).contains(nobody);
      Conversation next = transaction.save(handledBy(conversation, live(ANN)));
      assertThatOptional(transaction.activeConversation(address("a"))).contains(next);
      assertThatOptional(transaction.conversation(conversation.id())).contains(next);
      return next;
    });

    inspect(queries -> {
      assertThat(queries.seen(fresh)).contains(receipt);
      assertThat(queries.conversation(conversation.id())).contains(saved);
      assertThat(queries.customer(WEB, "nobody")).isPresent();
    });
  }

  @Test
  void rule_S1_11_a_transaction_sees_the_same_before_and_after_flushing() {
    Conversation conversation = newConversation("a");
    LaneKey lane = new LaneKey(conversation.id(), Destination.CUSTOMER);
    var unused = store().write(transaction -> {
      Conversation once = transaction.save(conversation);
      Conversation twice = transaction.save(once);
      TranscriptEntry first = appendIn(transaction, conversation, "first");
      TranscriptEntry second = appendIn(transaction, conversation, "second");
      for (int time = 0; time < 2; time++) {
        assertThatOptional(transaction.conversation(conversation.id())).contains(twice);
        assertThat(transaction.conversations(
                ConversationFilter.in(conversation.state()), Optional.empty(), 10))
            .containsExactly(twice);
        assertThat(transaction.transcript(conversation.id(), new EntryId(0), 10))
            .containsExactly(first, second);
        assertThatOptional(transaction.entry(second.id())).contains(second);
        assertThat(transaction.lane(lane).map(Lane::lastSequence)).contains(2L);
        transaction.flush();
      }
      TranscriptEntry third = appendIn(transaction, conversation, "third");
      assertThat(third.id().value()).isGreaterThan(second.id().value());
      assertThat(transaction.transcript(conversation.id(), new EntryId(0), 10))
          .containsExactly(first, second, third);
      return transaction.save(twice);
    });

    inspect(queries -> {
      assertThat(queries.conversation(conversation.id()).map(Conversation::version))
          .contains(conversation.version() + 3);
      assertThat(queries.transcript(conversation.id(), new EntryId(0), 10)).hasSize(3);
    });
  }

  private static TranscriptEntry appendIn(
      Transaction transaction, Conversation conversation, String text) {
    return transaction.append(
        conversation.id(),
        Destination.CUSTOMER,
        Optional.of(WEB),
        said(text),
        Optional.empty(),
        NOW);
  }

  @Test
  void rule_S2_1_new_ids_grow_and_cases_begin_with_1001() {
    List<CaseNumber> numbers = store()
        .write(transaction -> List.of(transaction.newCaseNumber(), transaction.newCaseNumber()));
    assertThat(numbers).extracting(CaseNumber::value).containsExactly(1001L, 1002L);

    write(transaction -> {
      assertThat(transaction.newConversationId().value())
          .isPositive()
          .isLessThan(transaction.newConversationId().value());
      assertThat(transaction.newCustomerId().value())
          .isPositive()
          .isLessThan(transaction.newCustomerId().value());
    });
  }

  @Test
  void rule_S2_2_entries_of_a_conversation_have_growing_ids() {
    Conversation conversation = newConversation("a");
    List<TranscriptEntry> entries = List.of(
        append(conversation, "1", NOW),
        append(conversation, "2", NOW),
        append(conversation, "3", NOW));

    assertThat(entries).extracting(entry -> entry.id().value()).isSorted().doesNotHaveDuplicates();
    assertThat(entries.get(0).id().value()).isPositive();
  }

  @Test
  void rule_S3_1_an_event_is_marked_once_and_its_first_receipt_stays() {
    EventKey key = new EventKey("web", "1");
    Receipt first = new Receipt(
        newConversation("a").id(), Optional.of(new EntryId(4)), Optional.of(new CaseNumber(1005)));
    Receipt second = new Receipt(newConversation("b").id(), Optional.empty(), Optional.empty());

    assertThatObject(store().write(it -> it.markSeen(key, first, NOW))).isEqualTo(true);
    assertThatObject(store().write(it -> it.markSeen(key, second, at(1)))).isEqualTo(false);

    assertThatOptional(store().read(queries -> queries.seen(key))).contains(first);
  }

  @Test
  void rule_S3_2_the_same_key_from_another_source_is_another_event() {
    Receipt receipt = new Receipt(newConversation("a").id(), Optional.empty(), Optional.empty());

    assertThatObject(store().write(it -> it.markSeen(new EventKey("web", "1"), receipt, NOW)))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.markSeen(new EventKey("flex", "1"), receipt, NOW)))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.markSeen(new EventKey("web", "1 "), receipt, NOW)))
        .isEqualTo(true);
    assertThatOptional(store().read(it -> it.seen(new EventKey("web", "2")))).isEmpty();
  }

  @Test
  void rule_S3_3_of_many_who_mark_an_event_at_once_one_is_the_first() throws Exception {
    Receipt receipt = new Receipt(newConversation("a").id(), Optional.empty(), Optional.empty());

    List<Boolean> answers = atOnce(
        8, number -> store().write(it -> it.markSeen(new EventKey("web", "1"), receipt, NOW)));

    assertThat(answers).containsOnlyOnce(true);
  }

  @Test
  void rule_S3_5_a_lease_has_one_owner_until_it_ends_or_is_given_up() {
    assertThatObject(store().write(it -> it.takeLease("gateway", "one", NOW, at(30))))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.takeLease("gateway", "two", at(29), at(59))))
        .isEqualTo(false);
    assertThatObject(store().write(it -> it.takeLease("other", "two", at(29), at(59))))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.takeLease("gateway", "one", at(29), at(59))))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.takeLease("gateway", "two", at(58), at(90))))
        .isEqualTo(false);
    write(it -> {
      it.giveUpLease("gateway", "two");
      it.giveUpLease("nothing", "two");
    });
    assertThatObject(store().write(it -> it.takeLease("gateway", "two", at(58), at(90))))
        .isEqualTo(false);
    assertThatObject(store().write(it -> it.takeLease("gateway", "two", at(59), at(90))))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.takeLease("leap", "one", at(9_000), at(9_030))))
        .isEqualTo(true);
    assertThatObject(store().write(it -> it.takeLease("leap", "two", NOW, at(30))))
        .isEqualTo(true);
    write(it -> it.giveUpLease("gateway", "two"));
    assertThatObject(store().write(it -> it.takeLease("gateway", "one", at(60), at(90))))
        .isEqualTo(true);
  }

  @Test
  void rule_S3_4_old_events_are_forgotten_at_most_so_many_at_a_time() {
    Receipt receipt = new Receipt(newConversation("a").id(), Optional.empty(), Optional.empty());
    for (int i = 0; i < 5; i++) {
      EventKey key = new EventKey("web", "event " + i);
      int age = i;
      write(transaction -> transaction.markSeen(key, receipt, at(age)));
    }

    assertThatObject(store().write(it -> it.forgetSeen(at(3), 2))).isEqualTo(2);
    assertThatObject(store().write(it -> it.forgetSeen(at(3), 2))).isEqualTo(1);
    assertThatObject(store().write(it -> it.forgetSeen(at(3), 2))).isEqualTo(0);

    assertThatOptional(store().read(it -> it.seen(new EventKey("web", "event 2"))))
        .isEmpty();
    assertThatOptional(store().read(it -> it.seen(new EventKey("web", "event 3"))))
        .isPresent();
  }

  private List<Claim> claimed() {
    return store().write(transaction -> transaction.claim(WEB, NOW, at(30), "me", 10));
  }
}
