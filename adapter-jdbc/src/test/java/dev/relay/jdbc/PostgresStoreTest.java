package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.core.text.Cut;
import dev.relay.core.workspace.Workspace.Draft;
import dev.relay.jdbc.file.Database.ServerLock;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.postgres.PostgresDialect;
import dev.relay.testkit.Eventually;
import dev.relay.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a store on a database server has to keep. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ResourceLock(PostgresDatabase.LOCK)
class PostgresStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final ConversationId CONVERSATION = new ConversationId(1);
  private static final Participant ANN = Participant.agent("ann", "Ann");

  @Test
  void a_second_server_is_refused_until_the_first_one_has_ended() {
    String url = PostgresDatabase.emptied();
    try (JdbcStore first = open(url)) {
      say(first, "1");

      assertThatThrownBy(() -> impatient(url))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another Relay is already serving");
      say(first, "2");
    }

    try (JdbcStore second = impatient(url)) {
      assertThat(texts(second)).containsExactly("1", "2");
    }
  }

  @Test
  void a_command_beside_the_server_reads_and_writes() {
    String url = PostgresDatabase.emptied();
    try (JdbcStore server = open(url);
        JdbcStore command = JdbcStore.openBeside(url, InstantSource.system(), new Random(2))) {
      say(server, "of the server");
      say(command, "of the command");
      say(server, "of the server again");

      assertThat(texts(command))
          .containsExactly("of the server", "of the command", "of the server again");
      assertThat(command.interruptedDeliveries()).isZero();
    }
  }

  @Test
  void a_server_that_has_lost_its_connection_continues_and_keeps_others_out() {
    String url = PostgresDatabase.emptied();
    try (JdbcStore store = open(url)) {
      say(store, "1");
      endConnections(url);

      sayUntilItWorks(store, "2");

      assertThat(store.health().ready()).isTrue();
      assertThatThrownBy(() -> impatient(url)).hasMessageContaining("already serving");
    }
    try (JdbcStore next = open(url)) {
      assertThat(texts(next)).containsExactly("1", "2");
    }
  }

  @Test
  void a_server_whose_place_was_taken_while_it_had_no_connection_can_write_no_more() {
    String url = PostgresDatabase.emptied();
    PostgresDialect dialect = new PostgresDialect(url, Optional.empty(), Optional.empty(), 1);
    ServerLock lock = dialect.lock();
    try (Writer first = new Writer(dialect, new LogGate())) {
      assertThat(count(first)).isEqualTo(1);
      endConnections(url);
      try (JdbcStore second = open(url)) {
        assertThatThrownBy(() -> count(first)).as("lost").isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> count(first))
            .hasMessageContaining("another Relay is already serving");
        assertThat(first.health().ready()).isFalse();
        say(second, "1");
      }
      assertThat(first.health().ready()).as("the other one has ended").isTrue();
    } finally {
      lock.close();
    }
  }

  @Test
  void a_connection_that_the_server_takes_for_alive_is_replaced_whatever_the_address_names_it()
      throws SQLException {
    PostgresDialect dialect = new PostgresDialect(
        PostgresDatabase.emptied() + "&ApplicationName=mine", Optional.empty(), Optional.empty());
    ServerLock lock = dialect.lock();
    try (Connection given = dialect.openWriter();
        Connection next = dialect.openWriter()) {
      assertThat(given.isValid(10)).isFalse();
      assertThat(next.isValid(10)).isTrue();
    } finally {
      lock.close();
    }
  }

  /** A transaction on one state would have its state from before the wait. */
  @Test
  void work_that_waited_for_others_sees_what_they_wrote_whatever_the_default_is() {
    String url = PostgresDatabase.emptied()
        + "&options=-c%20default_transaction_isolation=repeatable%5C%20read";
    try (JdbcStore server = open(url);
        JdbcStore command = JdbcStore.openBeside(url, InstantSource.system(), new Random(2))) {
      CompletableFuture<List<String>> seen = server.write(it -> {
        it.append(
            CONVERSATION,
            Destination.CUSTOMER,
            Optional.of(WEB),
            new EntryContent.Said(ANN, MessageBody.text("1")),
            Optional.empty(),
            NOW);
        CompletableFuture<List<String>> waiting = CompletableFuture.supplyAsync(() ->
            command.write(other -> textsOf(other.transcript(CONVERSATION, new EntryId(0), 10))));
        Eventually.holds(
            "the command waits",
            () -> !PostgresDatabase.query(url, "select pid from pg_locks where not granted")
                .isEmpty());
        return waiting;
      });

      assertThat(seen.join()).containsExactly("1");
    }
  }

  @Test
  void what_was_acknowledged_survives_a_crash_of_the_server_and_the_store_recovers_by_itself() {
    try (PostgresServer server = PostgresServer.durable();
        JdbcStore store = open(PostgresDatabase.create(server, "durable"))) {
      assertThat(store.findings()).isEmpty();
      say(store, "1");
      server.kill();

      // Its other processes end a moment later.
      Eventually.holds("writes fail", () -> !says(store, "lost"));
      assertThat(store.health().ready()).isFalse();
      server.start();

      assertThat(store.health().ready()).isTrue();
      say(store, "2");
      // The first reads may get a connection that has ended.
      List<String> kept = Eventually.gives("a read", () -> readable(store));
      assertThat(kept).startsWith("1").endsWith("2");
    }
  }

  @Test
  void work_that_another_transaction_made_fail_is_done_again() {
    String url = failing(PostgresDatabase.emptied(), "40001", 2);
    try (JdbcStore store = open(url)) {
      say(store, "once");

      assertThat(texts(store)).containsExactly("once");
      assertThat(store.health().ready()).isTrue();
    } finally {
      failsNoMore(url);
    }
  }

  @Test
  void work_that_fails_again_and_again_is_reported_as_to_be_tried_again() {
    String url = failing(PostgresDatabase.emptied(), "40P01", 1_000);
    try (JdbcStore store = open(url)) {
      assertThatThrownBy(() -> say(store, "never")).isInstanceOf(StoreException.class);

      failsNoMore(url);
      say(store, "now");
      assertThat(texts(store)).containsExactly("now");
    } finally {
      failsNoMore(url);
    }
  }

  @Test
  void a_refused_change_costs_neither_the_connection_nor_the_lock() {
    String url = PostgresDatabase.emptied();
    try (JdbcStore store = open(url)) {
      List<String> before = servers(url);
      assertThat(before).hasSize(1);

      assertThatThrownBy(() -> failing(store)).isInstanceOf(BadData.class);

      assertThat(servers(url)).isEqualTo(before);
      assertThat(store.health().ready()).isTrue();
      say(store, "next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\uD83C", "\uDFAE lone", "\uFFFF", "\uD83C\uD83C\uDFAE"})
  void characters_that_are_no_text_everywhere_are_stored_and_read(String text) {
    try (JdbcStore store = open(PostgresDatabase.emptied())) {
      TranscriptEntry entry = store.write(it -> it.append(
          CONVERSATION,
          Destination.CUSTOMER,
          Optional.of(WEB),
          new EntryContent.Said(ANN, MessageBody.text(text)),
          Optional.of(text),
          NOW));
      SupportCase supportCase = supportCase(store, Map.of(text, text));
      store.write(it -> it.addNote(supportCase.number(), ANN, NOW, text));
      store.workspace().drafts().save(new Draft("ann", text, text, text, List.of(), NOW));
      store.write(it -> {
        it.savePosition(new CustomerAddress(WEB, "ada"), text, NOW);
        return true;
      });
      store.indexWords();

      assertThat(
              store.<Optional<TranscriptEntry>>read(it -> it.entry(entry.id())).isPresent())
          .isTrue();
      assertThatList(store.read(it -> it.notes(supportCase.number(), 10)))
          .extracting(CaseNote::text)
          .containsExactly(Cut.wellFormed(text));
      assertThat(store.workspace().drafts().find("ann", text).isPresent()).isTrue();
      assertThatList(store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", 10)))
          .hasSize(1);
    }
  }

  @Test
  void a_text_that_is_no_json_costs_a_list_only_its_own_row() {
    String url = PostgresDatabase.emptied();
    try (JdbcStore store = open(url)) {
      SupportCase damaged = supportCase(store, Map.of());
      SupportCase whole =
          supportCase(store, Map.of("snoozedUntil", "17", "a\"snoozedUntil\":1", "x"));
      PostgresDatabase.execute(
          url,
          "update support_case set data = '{' where number = "
              + damaged.number().value());

      assertThatList(store.search(it -> it.cases(CaseFilter.any().awake(), Optional.empty(), 10)))
          .containsExactly(whole);
    }
  }

  @Test
  void tables_of_others_are_left_alone() {
    String url = PostgresDatabase.create(PostgresServer.shared(), "others");
    PostgresDatabase.execute(url, "create table somebodys (id integer)");

    assertThatThrownBy(() -> open(url)).hasMessageContaining("tables that are not Relay's");

    assertThat(PostgresDatabase.query(
            url, "select table_name from information_schema.tables where table_schema = 'public'"))
        .containsExactly("somebodys");
    PostgresDatabase.execute(url, "create schema own");
    try (JdbcStore store = open(url + "&currentSchema=own")) {
      say(store, "in a schema of its own");
      assertThat(texts(store)).hasSize(1);
    }
  }

  /** In a pattern, an underscore stands for any character. */
  @Test
  void a_schema_is_not_taken_for_another_one_of_a_similar_name() {
    String url = PostgresDatabase.create(PostgresServer.shared(), "schemas");
    PostgresDatabase.execute(url, "create schema relayxeu; create schema relay_eu");
    open(url + "&currentSchema=relayxeu").close();

    try (JdbcStore store = open(url + "&currentSchema=relay_eu")) {
      say(store, "in a schema of its own");
      assertThat(texts(store)).hasSize(1);
    }
  }

  @Test
  void a_check_names_what_a_start_would_refuse_and_changes_nothing() {
    PostgresServer server = PostgresServer.shared();
    String fresh = PostgresDatabase.create(server, "fresh");
    String others = PostgresDatabase.create(server, "strange");
    PostgresDatabase.execute(others, "create table somebodys (id integer)");
    String denied = PostgresDatabase.create(server, "denied");
    PostgresDatabase.execute(
        denied,
        "drop role if exists guest; create role guest login;"
            + " revoke create on schema public from public");

    assertThatThrownBy(() -> check(server.url("nowhere")))
        .hasMessageContaining("create the database first");
    assertThatThrownBy(() -> check(others)).hasMessageContaining("tables that are not Relay's");
    assertThatThrownBy(() -> check(denied.replaceFirst("user=[^&]*", "user=guest")))
        .hasMessageContaining("guest may not create tables in the schema public");
    assertThatThrownBy(() -> check(fresh + "&currentSchema=nowhere"))
        .hasMessageContaining("name one by currentSchema in the address");
    check(fresh);
    assertThat(PostgresDatabase.query(
            fresh,
            "select table_name from information_schema.tables" + " where table_schema = 'public'"))
        .isEmpty();
    try (JdbcStore serving = open(fresh)) {
      check(fresh);
      assertThat(serving.health().ready()).isTrue();
    }
    PostgresDatabase.execute(
        fresh,
        "insert into flyway_schema_history select 99, '999', '', 'SQL', '', 0, '', now(), 0, true");
    assertThatThrownBy(() -> check(fresh)).hasMessageContaining("newer Relay");
  }

  private static void check(String url) {
    JdbcStore.check(JdbcStore.Address.of(url));
  }

  @Test
  void tables_of_a_newer_relay_are_refused_and_those_of_this_one_are_recognised() {
    String url = PostgresDatabase.emptied();
    open(url).close();
    assertThat(PostgresDatabase.query(url, "select version from flyway_schema_history"))
        .containsExactly("24", "25", "26");
    PostgresDatabase.execute(
        url,
        "insert into flyway_schema_history select 99, '999', '', 'SQL', '', 0, '', now(), 0, true");
    try {
      assertThatThrownBy(() -> open(url))
          .hasMessageContaining("newer Relay")
          .hasMessageContaining("999");
    } finally {
      PostgresDatabase.execute(url, "delete from flyway_schema_history where version = '999'");
    }
  }

  @Test
  void what_an_operator_can_end_is_named() {
    String there = PostgresDatabase.emptied();
    String missing = PostgresServer.shared().url("nowhere");
    String ascii = PostgresDatabase.create(
        PostgresServer.shared(), "ascii", "encoding 'SQL_ASCII' locale 'C'");

    assertThatThrownBy(() -> open(missing)).hasMessageContaining("create the database first");
    assertThatThrownBy(
            () -> open("jdbc:postgresql://127.0.0.1:1/relay?user=relay&password=hunter2"))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("127.0.0.1:1/relay")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> open(ascii)).hasMessageContaining("encoding UTF8");
    try (JdbcStore store = open(there)) {
      assertThat(store.findings()).hasSize(2).first().asString().contains("fsync = off");
    }
  }

  @Test
  void a_search_that_takes_too_long_ends_and_leaves_no_limit_behind() throws SQLException {
    PostgresDialect dialect =
        new PostgresDialect(PostgresDatabase.emptied(), Optional.empty(), Optional.empty());
    try (Connection connection = dialect.readers().getConnection();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> dialect.limited(connection, Duration.ofMillis(50), () -> {
            connection.setAutoCommit(false);
            return statement.execute("select pg_sleep(60)");
          }))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("statement timeout");

      assertThat(connection.getAutoCommit()).isTrue();
      try (ResultSet rows = statement.executeQuery("show statement_timeout")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("0");
      }
    }
  }

  @Test
  void a_read_sees_one_state_while_others_write() {
    try (JdbcStore store = open(PostgresDatabase.emptied())) {
      say(store, "1");

      List<List<String>> seen = store.read(it -> {
        List<String> before = textsOf(it.transcript(CONVERSATION, new EntryId(0), 10));
        Thread writer = new Thread(() -> say(store, "2"));
        writer.start();
        try {
          writer.join();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return List.of(before, textsOf(it.transcript(CONVERSATION, new EntryId(0), 10)));
      });

      assertThat(seen).containsExactly(List.of("1"), List.of("1"));
      assertThat(texts(store)).containsExactly("1", "2");
    }
  }

  private static JdbcStore open(String url) {
    return JdbcStore.open(url, InstantSource.system(), new Random(1));
  }

  /** Does not wait for the lock. */
  private static JdbcStore impatient(String url) {
    return JdbcStore.open(
        new PostgresDialect(url, Optional.empty(), Optional.empty(), 1),
        InstantSource.system(),
        new Random(1));
  }

  private static void say(Store store, String text) {
    var unused = store.write(it -> it.append(
        CONVERSATION,
        Destination.CUSTOMER,
        Optional.of(WEB),
        new EntryContent.Said(ANN, MessageBody.text(text)),
        Optional.empty(),
        NOW));
  }

  private static @Nullable List<String> readable(Store store) {
    try {
      return texts(store);
    } catch (StoreException e) {
      return null;
    }
  }

  private static boolean says(Store store, String text) {
    try {
      say(store, text);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** The first attempt fails if nothing else has noticed the end of the connection. */
  private static void sayUntilItWorks(Store store, String text) {
    if (!says(store, text)) {
      say(store, text);
    }
  }

  private static int count(Writer writer) {
    return writer.write(
        session -> session.update("update counter set value = value + 1 where name = 'probe'"));
  }

  private static List<String> texts(Store store) {
    return store.read(it -> textsOf(it.transcript(CONVERSATION, new EntryId(0), 10)));
  }

  private static List<String> textsOf(List<TranscriptEntry> entries) {
    return entries.stream()
        .map(entry -> ((EntryContent.Said) entry.content()).body().text())
        .toList();
  }

  private static void failing(Store store) {
    store.write(it -> {
      it.append(
          CONVERSATION,
          Destination.CUSTOMER,
          Optional.of(WEB),
          new EntryContent.ConversationEnded("x"),
          Optional.empty(),
          NOW);
      it.save(new Customer(
          new CustomerId(1), WEB, "1", "A", Locale.ENGLISH, Set.of(), Optional.empty(), NOW));
      it.save(new Customer(
          new CustomerId(2), WEB, "1", "B", Locale.ENGLISH, Set.of(), Optional.empty(), NOW));
      return true;
    });
  }

  private static SupportCase supportCase(Store store, Map<String, String> fields) {
    return store.write(it -> it.save(new SupportCase(
        it.newCaseNumber(),
        CaseKind.SUPPORT,
        CaseStatus.OPEN,
        CasePriority.HIGH,
        "subject",
        "description",
        fields,
        Set.of("tag"),
        new QueueName("support"),
        Optional.of(ANN),
        new CustomerId(1),
        List.of(),
        Optional.empty(),
        NOW,
        NOW,
        Optional.empty(),
        Optional.empty(),
        0)));
  }

  /** Makes the next entries fail with that code, so many times: a sequence also counts what is taken back. */
  private static String failing(String url, String code, int times) {
    PostgresDatabase.execute(
        url,
        "create sequence failures;"
            + " create function fails() returns trigger language plpgsql as $$ begin"
            + " if nextval('failures') <= " + times + " then"
            + " raise exception 'another transaction' using errcode = '" + code + "'; end if;"
            + " return new; end $$;"
            + " create trigger failing before insert on message for each row execute function fails()");
    return url;
  }

  private static void failsNoMore(String url) {
    PostgresDatabase.execute(
        url, "drop function if exists fails cascade; drop sequence if exists failures");
  }

  /** Ends all other connections with the database, as its administrator or a fail-over does. */
  private static void endConnections(String url) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(pid, 60000) from pg_stat_activity"
          + " where datname = current_database() and pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the connections that hold the lock of a server. */
  private static List<String> servers(String url) {
    return PostgresDatabase.query(
        url,
        "select pid from pg_locks where locktype = 'advisory' and classid = 1382378593 and granted"
            + " and database = (select oid from pg_database where datname = current_database())");
  }
}
