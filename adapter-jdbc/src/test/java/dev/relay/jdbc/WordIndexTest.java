package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of words follows the tables, starts anew after an upgrade, and keeps nothing of what was removed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WordIndexTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final Participant ANN = new Participant(Participant.Role.AGENT, "ann", "Ann");
  private static final ConversationId CONVERSATION = new ConversationId(1);

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void what_is_removed_from_the_tables_leaves_no_letter_in_the_index() throws SQLException {
    try (JdbcStore store = open()) {
      for (int i = 0; i < 50; i++) {
        store.write(WordIndexTest::fill);
        store.indexWords();
      }
      assertThat(wordsInIndex("canary")).isPositive();

      execute("delete from message", "delete from customer", "delete from support_case");

      assertThat(wordsInIndex("canary")).isZero();
    }
  }

  @Test
  void a_removed_note_leaves_the_index_and_the_case_stays_in_it() throws SQLException {
    try (JdbcStore store = open()) {
      store.write(WordIndexTest::fill);
      store.indexWords();
      assertThatList(found(store, Subject.CASES, "canarynote")).hasSize(1);

      execute("delete from case_note");

      assertThat(wordsInIndex("canarynote")).isZero();
      assertThatList(found(store, Subject.CASES, "canarycase")).hasSize(1);
      store.indexWords();
      assertThatList(found(store, Subject.CASES, "canarycase")).hasSize(1);
    }
  }

  /** SQLite gives the id of a removed last row to the next one. */
  @Test
  void a_message_with_the_id_of_a_removed_one_is_found() throws SQLException {
    try (JdbcStore store = open()) {
      store.write(WordIndexTest::fill);
      store.write(WordIndexTest::fill);
      store.indexWords();
      execute("delete from message");

      store.write(transaction -> say(transaction, "again"));

      assertThatList(found(store, Subject.MESSAGES, "again")).hasSize(1);
      store.indexWords();
      assertThatList(found(store, Subject.MESSAGES, "again")).hasSize(1);
    }
  }

  @Test
  void after_an_upgrade_the_index_is_written_step_by_step_and_the_search_says_what_is_missing()
      throws SQLException {
    int many = WordSearch.MOST_UNINDEXED + 500;
    try (JdbcStore store = open()) {
      store.write(transaction -> {
        fill(transaction);
        say(transaction, "oldest");
        for (int i = 0; i < many; i++) {
          say(transaction, "filler");
        }
        return say(transaction, "newest");
      });
      Search search = search(Subject.MESSAGES, "oldest");

      assertThatList(found(store, Subject.MESSAGES, "newest")).hasSize(1);
      long waiting = store.search(queries -> queries.search(search)).waiting();
      assertThat(waiting).isBetween(500L, 510L);

      store.indexWords();
      Search.Found after = store.search(queries -> queries.search(search));
      assertThatList(after.hits()).hasSize(1);
      assertThat(after.waiting()).isZero();
    }
  }

  /** The search reads only the newest entries that the index lacks; the changes are older than those. */
  @Test
  void
      a_message_that_was_deleted_or_edited_is_never_found_as_it_was_however_far_the_index_is_behind() {
    try (JdbcStore store = open()) {
      store.write(transaction -> {
        fill(transaction);
        say(transaction, "secret plan");
        return say(transaction, "stolen goods");
      });
      store.indexWords();
      store.write(transaction -> {
        List<TranscriptEntry> said = transaction.latestEntries(CONVERSATION, 2);
        change(transaction, new EntryContent.Deleted(ANN, said.get(0).id()));
        change(transaction, new EntryContent.Edited(ANN, said.get(1).id(), "sold goods"));
        for (int i = 0; i < WordSearch.MOST_UNINDEXED + 10; i++) {
          say(transaction, "filler");
        }
        return true;
      });

      assertThat(store
              .search(queries -> queries.search(search(Subject.MESSAGES, "goods")))
              .waiting())
          .isPositive();
      assertThatList(found(store, Subject.MESSAGES, "secret")).isEmpty();
      assertThatList(found(store, Subject.MESSAGES, "stolen")).isEmpty();
      assertThatList(found(store, Subject.MESSAGES, "goods"))
          .singleElement()
          .extracting(hit -> hit.parts().get(0).text())
          .isEqualTo("sold goods");
    }
  }

  @Test
  void a_search_during_an_upgrade_reads_no_more_cases_than_the_background_takes_at_once() {
    int more = 20;
    try (JdbcStore store = open()) {
      store.write(transaction -> {
        fill(transaction);
        for (int i = 1; i < WordSearch.MOST_DUE + more; i++) {
          transaction.save(supportCase(transaction.newCaseNumber(), new CustomerId(1)));
        }
        return true;
      });

      Search.Found found =
          store.search(queries -> queries.search(search(Subject.CASES, "nowhere")));

      assertThat(found.waiting()).isEqualTo(more);
      assertThatList(found(store, Subject.CASES, "canarycase")).hasSize(Search.MOST);
    }
  }

  @Test
  void the_background_leaves_nine_tenths_of_the_time_to_others_who_write_and_half_of_it_else() {
    assertThat(WordIndexer.restAfter(20, false)).isEqualTo(181);
    assertThat(WordIndexer.restAfter(20, true)).isEqualTo(21);
    assertThat(WordIndexer.restAfter(10_000, false)).as("on a slow disk").isEqualTo(1_000);
  }

  @Test
  void an_index_that_was_interrupted_is_continued() throws SQLException {
    try (JdbcStore store = open()) {
      store.write(transaction -> {
        fill(transaction);
        for (int i = 1; i < 3 * WordIndexer.BATCH; i++) {
          say(transaction, "word" + i);
        }
        return true;
      });
      execute(
          "insert into message_words (rowid, words, source) values (1, 'canary', 1)",
          "update search_progress set entry_id = 1");
    }
    try (JdbcStore store = open()) {
      store.indexWords();

      assertThat(number("select count(*) from message_words")).isEqualTo(3L * WordIndexer.BATCH);
      assertThatList(found(store, Subject.MESSAGES, "word599")).hasSize(1);
    }
  }

  @Test
  void a_customer_who_writes_without_a_change_of_their_profile_costs_the_index_nothing()
      throws SQLException {
    try (JdbcStore store = open()) {
      store.write(WordIndexTest::fill);
      store.indexWords();

      store.write(transaction -> {
        transaction.save(customer(new CustomerId(1), "canaryname1"));
        return true;
      });

      assertThat(number("select count(*) from search_due")).isZero();
    }
  }

  @Test
  void a_page_ends_after_a_bounded_number_of_candidates_and_can_be_continued() {
    try (JdbcStore store = open()) {
      store.write(transaction -> {
        fill(transaction);
        for (int i = 0; i < WordSearch.MOST_CANDIDATES + 10; i++) {
          say(transaction, "frequent");
        }
        return true;
      });
      store.indexWords();
      Team.Scope nothing = new Team.Scope(Set.of(QueueName.DEFAULT), "bob");
      Search search = new Search(
          Words.of("frequent"), Subject.MESSAGES, nothing, Optional.empty(), Search.MOST);

      int pages = 0;
      Optional<Long> before = Optional.empty();
      do {
        Search next = new Search(search.words(), search.subject(), nothing, before, Search.MOST);
        Search.Found page = store.search(queries -> queries.search(next));
        assertThatList(page.hits()).isEmpty();
        before = page.next();
        pages++;
      } while (before.isPresent());

      assertThat(pages).isGreaterThan(1);
    }
  }

  @Test
  void a_database_that_lacks_a_change_in_between_is_told_which() throws SQLException {
    open().close();
    execute("delete from flyway_schema_history where version = '16'");
    String url = "jdbc:sqlite:" + folder.resolve("relay.db");

    assertThatThrownBy(() -> JdbcStore.openBeside(url, InstantSource.system(), new Random(7)))
        .hasMessageContaining("its tables lack the changes 16)");
  }

  /** A store that does not serve has no thread that would index in between. */
  private JdbcStore open() {
    Path file = MigratedFile.at(folder.resolve("relay.db"));
    return JdbcStore.openBeside("jdbc:sqlite:" + file, InstantSource.system(), new Random(7));
  }

  private static boolean fill(Transaction transaction) {
    CustomerId customer = transaction.newCustomerId();
    transaction.save(customer(customer, "canaryname" + customer.value()));
    if (transaction.conversation(CONVERSATION).isEmpty()) {
      transaction.save(new Conversation(
          transaction.newConversationId(),
          customer,
          new CustomerAddress(WEB, "a"),
          Locale.ENGLISH,
          new Handling.Waiting(QueueName.DEFAULT, new PortId("desk"), NOW),
          Route.FALLBACK,
          Optional.empty(),
          Resolution.NONE,
          NOW,
          NOW,
          Optional.empty(),
          0));
    }
    CaseNumber number = transaction.newCaseNumber();
    transaction.save(supportCase(number, customer));
    transaction.addNote(number, ANN, NOW, "canarynote");
    return say(transaction, "canary message " + number.value());
  }

  private static boolean say(Transaction transaction, String text) {
    return change(transaction, new EntryContent.Said(ANN, MessageBody.text(text)));
  }

  private static boolean change(Transaction transaction, EntryContent content) {
    transaction.append(
        CONVERSATION, Destination.RECORD, Optional.empty(), content, Optional.empty(), NOW);
    return true;
  }

  private static Customer customer(CustomerId id, String name) {
    return new Customer(
        id, WEB, "id-" + id.value(), name, Locale.ENGLISH, Set.of(), Optional.empty(), NOW);
  }

  private static SupportCase supportCase(CaseNumber number, CustomerId customer) {
    return new SupportCase(
        number,
        CaseKind.SUPPORT,
        CaseStatus.OPEN,
        CasePriority.NORMAL,
        "canarycase",
        "it does not start",
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.empty(),
        customer,
        List.of(),
        Optional.empty(),
        NOW,
        NOW,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static Search search(Subject subject, String text) {
    return new Search(Words.of(text), subject, Team.Scope.ALL, Optional.empty(), Search.MOST);
  }

  private static List<Search.Hit> found(JdbcStore store, Subject subject, String text) {
    return store.search(queries -> queries.search(search(subject, text))).hits();
  }

  /** Returns in how many rows of the index's own tables the word is, as text or within their pages. */
  private long wordsInIndex(String word) throws SQLException {
    long found = 0;
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    for (String table : List.of("message_words", "customer_words", "case_words")) {
      found += number("select count(*) from " + table + "_content where instr(c0, '" + word + "')");
      try (Connection connection = connection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select block from " + table + "_data")) {
        while (rows.next()) {
          found += contains(rows.getBytes(1), bytes) ? 1 : 0;
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] page, byte[] word) {
    return new String(page, StandardCharsets.ISO_8859_1)
        .contains(new String(word, StandardCharsets.ISO_8859_1));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 10000");
      for (String each : statements) {
        statement.executeUpdate(each);
      }
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.getLong(1);
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("relay.db"));
  }
}
