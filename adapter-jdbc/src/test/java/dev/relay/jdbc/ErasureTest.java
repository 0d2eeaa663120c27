package dev.relay.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.Store.PersonalData.Erased;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.privacy.CustomerData;
import dev.relay.jdbc.privacy.Place;
import dev.relay.testkit.Eventually;
import dev.relay.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure, nothing of the customer's words is in the files of the database. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErasureTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Participant ADMIN = Participant.agent("boss", "Boss");
  private static final String CANARY = "canary7f3a";
  private static final String OTHER = "neighbour5c1b";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void no_byte_of_what_was_erased_is_left_in_the_files_and_everybody_else_keeps_theirs() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      Ada other = Ada.in(store, OTHER, NOW);
      store.indexWords();
      List<TranscriptEntry> theirs = transcript(store, other);
      assertThat(filesWith(CANARY)).isNotEmpty();

      Erased erased = data(store).erase(ada.customer(), ADMIN);

      assertThatObject(erased).isInstanceOfSatisfying(Erased.Done.class, done -> {
        assertThat(done.record().remains()).isEmpty();
        assertThat(done.record().endedAt()).contains(NOW);
      });
      assertThat(filesWith(CANARY)).isEmpty();
      assertThat(transcript(store, other)).isEqualTo(theirs);
      assertThat(store.attachments().find(other.file())).isPresent();
    }
    assertThat(filesWith(CANARY)).isEmpty();
    assertThat(filesWith(OTHER)).isNotEmpty();
  }

  @Test
  void numbers_kinds_and_times_stay_and_everything_can_still_be_read() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      List<TranscriptEntry> before = transcript(store, ada);

      var unused = data(store).erase(ada.customer(), ADMIN);

      List<TranscriptEntry> after = transcript(store, ada);
      assertThat(after)
          .extracting(TranscriptEntry::id)
          .isEqualTo(before.stream().map(TranscriptEntry::id).toList());
      assertThat(after)
          .extracting(entry -> entry.content().getClass().getName())
          .isEqualTo(
              before.stream().map(entry -> entry.content().getClass().getName()).toList());
      assertThat(after)
          .extracting(TranscriptEntry::content)
          .filteredOn(EntryContent.Rated.class::isInstance)
          .extracting(content -> ((EntryContent.Rated) content).score())
          .containsExactly(4);
      Conversation conversation =
          store.read(it -> it.conversation(ada.conversation())).orElseThrow();
      assertThatObject(conversation.openedAt()).isEqualTo(NOW);
      assertThat(conversation.address().key()).isEqualTo("erased:" + ada.conversation());
      SupportCase supportCase =
          store.read(it -> it.supportCase(ada.supportCase())).orElseThrow();
      assertThatObject(supportCase.status()).isEqualTo(CaseStatus.CLOSED);
      assertThat(supportCase.subject()).isEqualTo(ada.supportCase().toString());
      assertThat(supportCase.wakeAt()).isEmpty();
      Customer customer = store.read(it -> it.customer(ada.customer())).orElseThrow();
      assertThat(customer.displayName()).isEqualTo("#" + ada.customer());
      assertThat(customer.isErased()).isTrue();
    }
  }

  @Test
  void an_open_conversation_prevents_an_erasure_and_nothing_is_changed() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      Conversation open = store.write(transaction -> transaction.save(Conversation.begin(
          transaction.newConversationId(),
          ada.customer(),
          new CustomerAddress(new PortId("web"), "address-" + CANARY),
          Locale.ENGLISH,
          Route.FALLBACK,
          NOW)));
      List<TranscriptEntry> before = transcript(store, ada);

      Erased erased = data(store).erase(ada.customer(), ADMIN);

      assertThatObject(erased).isEqualTo(new Erased.Open(List.of(open.id())));
      assertThat(transcript(store, ada)).isEqualTo(before);
      assertThat(data(store).erasures(10)).isEmpty();
    }
  }

  @Test
  void nothing_is_delivered_any_longer_and_whoever_writes_again_is_a_new_customer() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);

      var unused = data(store).erase(ada.customer(), ADMIN);

      assertThat(store
              .read(it -> it.lane(new LaneKey(ada.conversation(), Destination.CUSTOMER)))
              .orElseThrow()
              .depth())
          .isZero();
      assertThatObject(store.read(it -> it.customer(new PortId("web"), "address-" + CANARY)))
          .isEqualTo(Optional.empty());
      assertThatList(store.read(it -> it.scheduledDue(NOW.plusSeconds(3_600), 10)))
          .isEmpty();
      assertThatList(store.read(it -> it.casesDue(NOW.plusSeconds(3_600), 10))).isEmpty();
    }
  }

  @Test
  void customers_who_are_the_same_are_erased_together() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      Ada second = Ada.in(store, CANARY + "too", NOW);
      merge(store, ada, second);
      store.indexWords();

      Erased erased = data(store).erase(second.customer(), ADMIN);

      assertThatObject(erased)
          .isInstanceOfSatisfying(
              Erased.Done.class,
              done -> assertThat(done.record().customers())
                  .containsExactlyInAnyOrder(ada.customer(), second.customer()));
      assertThat(filesWith(CANARY)).isEmpty();
    }
  }

  @Test
  void files_that_were_not_sent_go_too_whatever_the_order_of_the_numbers_of_the_same_customers() {
    try (JdbcStore store = open()) {
      for (int i = 0; i < 8; i++) {
        var unused = store.write(Transaction::newCustomerId);
      }
      Ada ninth = Ada.in(store, CANARY, NOW);
      Ada tenth = Ada.in(store, CANARY + "too", NOW);
      assertThat(tenth.customer().value()).isEqualTo(10);
      merge(store, ninth, tenth);

      var unused = data(store).erase(ninth.customer(), ADMIN);

      assertThat(filesWith(CANARY)).isEmpty();
    }
  }

  @Test
  void an_index_is_rewritten_from_the_beginning_after_an_erasure_that_failed_while_rewriting_it() {
    String rare = "\u4e00\u4e01\u4e02";
    String stored = new String(rare.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    AtomicInteger parts = new AtomicInteger();
    try (JdbcStore store = over((method, arguments, result) -> {
      if (method.getName().equals("mergeIndexes") && parts.incrementAndGet() == 1) {
        throw new StoreException("the disk is full");
      }
      return result;
    })) {
      Ada ada = Ada.in(store, rare, NOW);
      // A part of the index with few removed rows is not rewritten on its own.
      store.place().write((session, transaction) -> {
        for (int other = 1_000; other < 1_030; other++) {
          session.update(
              "insert into case_search (rowid, searchable) values (?, 'somebody else')", other);
        }
        return session.update("insert into case_search (case_search) values ('optimize')");
      });
      assertThat(filesWith(stored)).isNotEmpty();

      assertThatThrownBy(() -> data(store).erase(ada.customer(), ADMIN))
          .hasMessage("the disk is full");
      assertThat(data(store).completeErasures()).isEqualTo(1);

      assertThat(filesWith(stored)).isEmpty();
    }
  }

  @Test
  void others_write_while_an_erasure_waits_for_readers_of_the_log() {
    AtomicReference<JdbcStore> opened = new AtomicReference<>();
    AtomicBoolean written = new AtomicBoolean();
    AtomicInteger attempts = new AtomicInteger();
    List<Boolean> seen = new ArrayList<>();
    try (JdbcStore store = over((method, arguments, result) -> {
      if (!method.getName().equals("restartLog")) {
        return result;
      }
      if (attempts.incrementAndGet() > 1) {
        seen.add(written.get());
        return true;
      }
      Thread other = new Thread(() -> requireNonNull(opened.get()).write(transaction -> {
        written.set(true);
        return transaction.newCustomerId();
      }));
      other.start();
      Eventually.holds(
          "the other waits for its turn", () -> other.getState() == Thread.State.WAITING);
      return false;
    })) {
      opened.set(store);

      var unused = store.place().overwrite(List.of());

      assertThat(seen).containsExactly(true);
    }
  }

  @Test
  void a_dry_run_counts_what_the_record_names_afterwards_and_a_repeat_changes_nothing() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      var counted = data(store).count(ada.customer()).orElseThrow();

      Erased first = data(store).erase(ada.customer(), ADMIN);
      Erased again = data(store).erase(ada.customer(), Participant.agent("ann", "Ann"));

      assertThatObject(again).isEqualTo(first);
      assertThat(((Erased.Done) first).record().counts()).isEqualTo(counted);
      assertThat(counted)
          .containsEntry("files", 2L)
          .containsEntry("notes", 1L)
          .containsEntry("cases", 1L)
          .containsEntry("plannedMessages", 1L)
          .containsEntry("drafts", 6L)
          .containsEntry("mentions", 2L);
      assertThatObject(data(store).erase(new CustomerId(999), ADMIN))
          .isEqualTo(new Erased.Unknown());
    }
  }

  @Test
  void a_repeat_erases_what_was_written_about_the_customer_since() {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, OTHER, NOW);
      Erased first = data(store).erase(ada.customer(), ADMIN);
      store.write(transaction -> {
        var unused = transaction.addNote(ada.supportCase(), ADMIN, NOW, "a note about " + CANARY);
        transaction.save(new SupportCase(
            transaction.newCaseNumber(),
            CaseKind.SUPPORT,
            CaseStatus.NEW,
            CasePriority.NORMAL,
            "a case of " + CANARY,
            "",
            Map.of(),
            Set.of(),
            QueueName.DEFAULT,
            Optional.empty(),
            ada.customer(),
            List.of(),
            Optional.empty(),
            NOW,
            NOW,
            Optional.empty(),
            Optional.empty(),
            0));
        Customer customer = transaction.customer(ada.customer()).orElseThrow();
        transaction.save(
            customer.withBlock(Optional.of(new Customer.Block("is " + CANARY, Optional.empty()))));
        return true;
      });
      assertThat(filesWith(CANARY)).isNotEmpty();

      Erased again = data(store).erase(ada.customer(), ADMIN);

      assertThatObject(again).isEqualTo(first);
      assertThat(filesWith(CANARY)).isEmpty();
    }
  }

  @Test
  void a_repeat_empties_the_log_that_somebody_was_reading() throws SQLException {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement statement = reader.createStatement()) {
        reader.setAutoCommit(false);
        statement.executeQuery("select count(*) from message").close();
        assertThat(((Erased.Done) data(store).erase(ada.customer(), ADMIN))
                .record()
                .remains())
            .isPresent();
        assertThat(filesWith(CANARY)).isNotEmpty();
      }

      Erased again = data(store).erase(ada.customer(), ADMIN);

      assertThat(((Erased.Done) again).record().remains()).isEmpty();
      assertThat(data(store).erasures(10)).containsExactly(((Erased.Done) again).record());
      assertThat(filesWith(CANARY)).isEmpty();
    }
  }

  @Test
  void old_conversations_lose_their_words_and_files_while_customers_and_cases_stay()
      throws IOException {
    try (JdbcStore store = open()) {
      Ada ada = Ada.in(store, CANARY, NOW);
      ada.settle(store, NOW);
      store.indexWords();
      assertThat(data(store).countBefore(NOW.plusSeconds(1)))
          .containsEntry("conversations", 1L)
          .containsEntry("files", 1L);

      PersonalData.Erasure record = data(store).eraseBefore(NOW.plusSeconds(1), ADMIN);

      assertThat(record.before()).contains(NOW.plusSeconds(1));
      assertThat(record.counts()).containsEntry("conversations", 1L).containsEntry("files", 1L);
      assertThat(transcript(store, ada))
          .hasSizeGreaterThan(300)
          .noneMatch(entry -> entry.content().toString().contains(CANARY));
      assertThat(store.attachments().find(ada.file())).isEmpty();
      assertThat(text(file())).doesNotContain("about " + CANARY, "hello " + CANARY);
      assertThat(store.read(it -> it.customer(ada.customer())).orElseThrow().displayName())
          .isEqualTo("Ada " + CANARY);
      assertThat(
              store.read(it -> it.supportCase(ada.supportCase())).orElseThrow().subject())
          .isEqualTo("subject " + CANARY);
      assertThat(data(store).eraseBefore(NOW.plusSeconds(1), ADMIN).counts())
          .as("again")
          .isEmpty();
      assertThat(data(store).erasures(10)).hasSize(2);
    }
  }

  @Test
  void conversations_that_are_young_or_undelivered_or_whose_case_is_not_solved_keep_their_words() {
    try (JdbcStore store = open()) {
      Ada unsolved = Ada.in(store, CANARY, NOW);
      store.write(transaction -> {
        transaction.drop(new LaneKey(unsolved.conversation(), Destination.CUSTOMER));
        return true;
      });
      Ada undelivered = Ada.in(store, OTHER, NOW);
      undelivered.settle(store, NOW);
      store.write(transaction -> transaction.append(
          undelivered.conversation(),
          Destination.CUSTOMER,
          Optional.of(new PortId("web")),
          new EntryContent.Said(ADMIN, MessageBody.text("one more")),
          Optional.empty(),
          NOW));
      Ada young = Ada.in(store, "youngster", NOW.plusSeconds(60));
      young.settle(store, NOW.plusSeconds(60));

      assertThat(data(store).countBefore(NOW.plusSeconds(60))).isEmpty();
      assertThat(data(store).eraseBefore(NOW.plusSeconds(60), ADMIN).counts()).isEmpty();
      for (Ada each : List.of(unsolved, undelivered, young)) {
        assertThat(transcript(store, each).toString()).contains(each.word());
      }
    }
  }

  @Test
  void a_conversation_that_is_taken_up_again_while_others_are_erased_keeps_its_words() {
    try (JdbcStore store = open()) {
      Ada first = Ada.in(store, CANARY, NOW);
      Ada second = Ada.in(store, OTHER, NOW);
      first.settle(store, NOW);
      second.settle(store, NOW);
      AtomicBoolean isReopened = new AtomicBoolean();
      Place place = new Disturbed(store.place(), () -> {
        if (isReopened.compareAndSet(false, true)) {
          reopen(store, second);
        }
      });

      var unused =
          new CustomerData(place, new SettableClock(NOW)).eraseBefore(NOW.plusSeconds(1), ADMIN);

      assertThat(transcript(store, first).toString()).doesNotContain(CANARY);
      assertThat(transcript(store, second).toString()).contains(OTHER);
    }
  }

  @Test
  void an_erasure_whose_process_was_killed_is_completed_later() throws IOException {
    Ada ada;
    try (JdbcStore store = open()) {
      ada = Ada.in(store, CANARY, NOW);
      store.indexWords();
    }
    Path copy = folder.resolve("copy.db");
    int steps = 0;
    int interrupted = 0;
    boolean isComplete = false;
    while (!isComplete) {
      Files.copy(file(), copy, StandardCopyOption.REPLACE_EXISTING);
      try (JdbcStore store = open(copy)) {
        AtomicInteger left = new AtomicInteger(steps);
        Place place = new Disturbed(store.place(), () -> {
          if (left.decrementAndGet() < 0) {
            throw new StoreException("the process has ended");
          }
        });
        CustomerData data = new CustomerData(place, new SettableClock(NOW));
        try {
          var unused = data.erase(ada.customer(), ADMIN);
          isComplete = true;
        } catch (StoreException e) {
          interrupted++;
        }
      }
      try (JdbcStore store = open(copy)) {
        int completed = data(store).completeErasures();
        if (completed == 0) {
          assertThatObject(data(store).erase(ada.customer(), ADMIN))
              .isInstanceOf(Erased.Done.class);
        }
        assertThat(filesWith(copy, CANARY)).as("after %s steps", steps).isEmpty();
      }
      steps += 3;
    }
    assertThat(interrupted).isGreaterThan(5);
  }

  /**
   * A place in which something happens before each write.
   *
   * @param before what happens, and may fail as the end of the process would: then nothing of the write is stored, and nothing follows
   */
  private record Disturbed(Place real, Runnable before) implements Place {
    @Override
    public <T> T write(Writing<T> work) {
      before.run();
      return real.write(work);
    }

    @Override
    public <T> T read(Reading<T> query) {
      return real.read(query);
    }

    @Override
    public Optional<String> overwrite(Collection<String> tables) {
      return real.overwrite(tables);
    }
  }

  private static void reopen(JdbcStore store, Ada customer) {
    store.write(transaction -> {
      SupportCase solved = transaction.supportCase(customer.supportCase()).orElseThrow();
      var open = solved.change(CaseChange.status(CaseStatus.OPEN), ADMIN, CasePolicy.DEFAULT, NOW);
      return transaction.save(((CaseDecision.Changed) open).next());
    });
  }

  private static void merge(JdbcStore store, Ada one, Ada other) {
    store.write(transaction -> {
      Customer.Same first = new Customer.Same(transaction.sameCustomers(one.customer()));
      Customer.Same second = new Customer.Same(transaction.sameCustomers(other.customer()));
      var merged = first.mergeInto(one.customer(), other.customer(), second, ADMIN, NOW, CANARY);
      ((MergeResult.Merged) merged).changed().forEach(transaction::save);
      return true;
    });
  }

  /** Opens a store whose database is watched. */
  private JdbcStore over(CountingDatabase.After watcher) {
    Database database = CountingDatabase.watched(
        Database.class, new SqliteDialect("jdbc:sqlite:" + MigratedFile.at(file())), watcher);
    LogGate gate = new LogGate();
    return new JdbcStore(
        database,
        Optional.empty(),
        gate,
        new Readers(database, gate, Readers.Kind.LOOK_UPS),
        new SettableClock(NOW),
        new Random(7));
  }

  private JdbcStore open() {
    return open(file());
  }

  private static JdbcStore open(Path file) {
    return JdbcStore.open(
        "jdbc:sqlite:" + MigratedFile.at(file), new SettableClock(NOW), new Random(7));
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private static PersonalData data(JdbcStore store) {
    return store.personalData().orElseThrow();
  }

  private static List<TranscriptEntry> transcript(JdbcStore store, Ada customer) {
    return store.read(it -> it.transcript(customer.conversation(), new EntryId(0), 1_000));
  }

  private List<Path> filesWith(String word) {
    return filesWith(file(), word);
  }

  private static List<Path> filesWith(Path database, String word) {
    return Stream.of("", "-wal", "-shm", "-journal")
        .map(suffix -> Path.of(database + suffix))
        .filter(Files::exists)
        .filter(path -> text(path).contains(word))
        .toList();
  }

  private static String text(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
