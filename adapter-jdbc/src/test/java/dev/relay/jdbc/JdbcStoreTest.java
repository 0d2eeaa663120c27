package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.file.SqliteFile;
import dev.relay.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JdbcStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String CANARY = "canary-7f3a";
  private static final ConversationId CONVERSATION = new ConversationId(1);

  @TempDir
  Path folder;

  @Test
  void deliveries_of_a_dead_process_are_due_at_once_and_in_doubt() {
    PortId port = new PortId("web");
    LaneKey lane = new LaneKey(CONVERSATION, Destination.CUSTOMER);
    try (JdbcStore dead = JdbcStore.openBeside(url(), new SettableClock(NOW), new Random(7))) {
      dead.write(transaction -> transaction.append(
          CONVERSATION,
          Destination.CUSTOMER,
          Optional.of(port),
          new EntryContent.Said(Participant.agent("ann", "Ann"), MessageBody.text("hello")),
          Optional.empty(),
          NOW));
      dead.write(it -> it.claim(port, NOW, NOW.plusSeconds(60), "dead", 1));
      dead.write(it -> it.takeLease("gateway", "dead", NOW, NOW.plusSeconds(60)));
    }

    try (JdbcStore store = open(new SettableClock(NOW.plusSeconds(1)))) {
      assertThat(store.interruptedDeliveries()).isEqualTo(1);
      List<Claim> claims =
          store.write(it -> it.claim(port, NOW.plusSeconds(1), NOW.plusSeconds(61), "alive", 1));
      assertThat(claims).singleElement().satisfies(claim -> {
        assertThat(claim.lane()).isEqualTo(lane);
        assertThat(claim.inDoubt()).isTrue();
      });
      boolean free = store.write(
          it -> it.takeLease("gateway", "alive", NOW.plusSeconds(1), NOW.plusSeconds(61)));
      assertThat(free).isTrue();
    }
  }

  @Test
  void a_second_store_that_would_serve_from_the_same_file_is_refused() {
    try (JdbcStore server = JdbcStore.sqlite(file())) {
      assertThatThrownBy(() -> JdbcStore.sqlite(file()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already serving")
          .hasMessageContaining(file() + ".lock");
      write(server, "1");
    }

    try (JdbcStore next = JdbcStore.sqlite(file())) {
      assertThat(texts(next)).containsExactly("1");
    }
  }

  @Test
  void a_second_process_is_refused_until_the_first_is_killed() throws Exception {
    Process first = startServing(file());
    try {
      assertThat(first.inputReader().readLine()).isEqualTo(ServingProcess.SERVING);
      assertThatThrownBy(() -> JdbcStore.sqlite(file()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already serving");
    } finally {
      first.destroyForcibly().waitFor();
    }

    try (JdbcStore next = JdbcStore.sqlite(file())) {
      assertThat(next.interruptedDeliveries()).isEqualTo(1);
      assertThat(texts(next)).containsExactly("in flight");
    }
  }

  @Test
  void another_process_is_still_refused_after_this_process_has_refused_a_second_store()
      throws Exception {
    try (JdbcStore server = JdbcStore.sqlite(file())) {
      assertThatThrownBy(() -> JdbcStore.sqlite(file())).hasMessageContaining("already serving");

      Process second = startServing(file());
      try {
        assertThat(second.inputReader().readLine()).isEqualTo(ServingProcess.REFUSED);
      } finally {
        second.destroyForcibly().waitFor();
      }
      write(server, "1");
    }
  }

  static Process startServing(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ServingProcess.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Serves from a file, with one delivery in flight, until it is killed; ends at once if the file is locked. */
  static final class ServingProcess {
    static final String SERVING = "serving";
    static final String REFUSED = "refused";

    private ServingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
      Instant now = Instant.now();
      JdbcStore store;
      try {
        store = JdbcStore.sqlite(Path.of(arguments[0]));
      } catch (StoreException e) {
        System.out.println(
            String.valueOf(e.getMessage()).contains("already serving") ? REFUSED : e.toString());
        return;
      }
      write(store, "in flight");
      store.write(it -> it.claim(new PortId("web"), now, now.plusSeconds(60), "first", 1));
      System.out.println(SERVING);
      new CountDownLatch(1).await();
    }
  }

  @Test
  void a_file_has_one_lock_whatever_path_names_it() throws IOException {
    Path sameFile = Files.createSymbolicLink(folder.resolve("same-file.db"), file());
    Path sameFolder = Files.createSymbolicLink(folder.resolve("same-folder"), folder);

    try (JdbcStore server = JdbcStore.sqlite(sameFile)) {
      write(server, "1");
      for (Path path : List.of(file(), sameFile, sameFolder.resolve("relay.db"))) {
        assertThatThrownBy(() -> JdbcStore.sqlite(path)).hasMessageContaining("already serving");
      }
      assertThat(Files.getPosixFilePermissions(file()))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void closing_a_store_twice_leaves_the_lock_of_the_next_one() {
    JdbcStore first = JdbcStore.sqlite(file());
    first.close();
    try (JdbcStore next = JdbcStore.sqlite(file())) {
      first.close();

      assertThatThrownBy(() -> JdbcStore.sqlite(file())).hasMessageContaining("already serving");
      write(next, "1");
    }
  }

  @Test
  void a_store_that_fails_while_it_recovers_leaves_no_connection_and_no_lock() throws SQLException {
    JdbcStore.sqlite(file()).close();
    for (String table : List.of("attachment", "lane")) {
      execute("alter table " + table + " rename to elsewhere");
      assertThatThrownBy(() -> JdbcStore.sqlite(file())).isInstanceOf(StoreException.class);
      hasNoOtherConnection();
      execute("alter table elsewhere rename to " + table);
    }
    execute("alter table attachment rename to elsewhere");
    assertThatThrownBy(() -> JdbcStore.openBeside(url(), new SettableClock(NOW), new Random(7)))
        .isInstanceOf(StoreException.class);
    hasNoOtherConnection();
    execute("alter table elsewhere rename to attachment");

    JdbcStore.sqlite(file()).close();
  }

  @Test
  void readers_that_do_not_close_keep_neither_the_writer_nor_the_lock() throws SQLException {
    JdbcStore.sqlite(file()).close();
    SqliteFile sqlite = new SqliteFile(file());
    Readers failing = new Readers(
        new HikariDataSource() {
          @Override
          public void close() {
            throw new IllegalStateException("the pool does not close");
          }
        },
        new SqliteDialect(url()),
        new LogGate(),
        Readers.Kind.LOOK_UPS);
    JdbcStore store = new JdbcStore(
        new SqliteDialect(url()),
        Optional.of(sqlite.lock()),
        new LogGate(),
        failing,
        new SettableClock(NOW),
        new Random(7));
    write(store, "1");

    assertThatThrownBy(store::close).hasMessage("the pool does not close");

    hasNoOtherConnection();
    try (JdbcStore next = JdbcStore.sqlite(file())) {
      assertThat(texts(next)).containsExactly("1");
    }
  }

  @Test
  void a_read_without_a_connection_names_the_failure_to_open_one_or_a_crowd() {
    SQLException failure = new SQLException("the disk is gone");

    assertThatThrownBy(() -> readWithout(new SQLTransientConnectionException("late", failure)))
        .isInstanceOf(StoreException.class)
        .hasMessage("the database cannot be read: the disk is gone");
    assertThatThrownBy(() -> readWithout(new SQLTransientConnectionException("late")))
        .isInstanceOf(StoreException.class)
        .hasMessage("the database cannot be read: too many look-ups at once");
  }

  private void readWithout(SQLTransientConnectionException timeout) {
    HikariDataSource pool = new HikariDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        throw timeout;
      }
    };
    try (Readers readers =
        new Readers(pool, new SqliteDialect(url()), new LogGate(), Readers.Kind.LOOK_UPS)) {
      readers.read(session -> true);
    }
  }

  /** SQLite leaves the mode WAL only if no other connection is open, and otherwise reports that the database is locked. */
  private void hasNoOtherConnection() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(ask(connection, "pragma journal_mode = delete")).isEqualTo("delete");
    }
  }

  @Test
  void a_store_that_could_not_be_opened_leaves_no_lock() throws IOException {
    Files.writeString(file(), "these are not the bytes you are looking for ".repeat(100));
    assertThatThrownBy(() -> JdbcStore.sqlite(file())).isInstanceOf(StoreException.class);
    Files.delete(file());

    JdbcStore.sqlite(file()).close();
  }

  @Test
  void the_file_and_its_folder_are_for_the_owner_alone() throws IOException {
    Path file = folder.resolve("new/folder/relay.db");

    try (JdbcStore store = JdbcStore.sqlite(file)) {
      write(store, "1");

      assertThat(Files.getPosixFilePermissions(file))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(Files.getPosixFilePermissions(Path.of(file + "-wal")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(Files.getPosixFilePermissions(file.getParent()))
          .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_READ);
    }
  }

  @Test
  void a_closed_store_leaves_one_file_with_all_in_it() {
    JdbcStore store = JdbcStore.sqlite(file());
    write(store, "1");

    store.close();

    assertThat(folder.resolve("relay.db-wal")).doesNotExist();
    try (JdbcStore again = JdbcStore.sqlite(file())) {
      assertThat(texts(again)).containsExactly("1");
    }
  }

  @Test
  void a_command_can_use_the_file_beside_a_server() {
    try (JdbcStore server = JdbcStore.sqlite(file());
        JdbcStore command = JdbcStore.openBeside(url(), new SettableClock(NOW), new Random(7))) {
      write(server, "1");
      write(command, "2");
      write(server, "3");

      assertThat(texts(command)).containsExactly("1", "2", "3");
      assertThat(texts(server)).containsExactly("1", "2", "3");
    }
  }

  @Test
  void a_database_of_a_newer_program_is_refused() throws SQLException {
    JdbcStore.sqlite(file()).close();
    execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
        + " checksum, installed_by, execution_time, success)"
        + " values (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', 1, 1)");

    assertThatThrownBy(() -> JdbcStore.sqlite(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Relay")
        .hasMessageContaining("99");
  }

  @Test
  void a_file_that_is_not_a_database_is_refused() throws IOException {
    Files.writeString(file(), "these are not the bytes you are looking for ".repeat(100));

    assertThatThrownBy(() -> JdbcStore.sqlite(file())).isInstanceOf(StoreException.class);
  }

  @Test
  void an_address_of_another_kind_is_refused_with_what_is_allowed() {
    for (String address : List.of(
        "jdbc:oracle://localhost/relay", "jdbc:sqlite:", "jdbc:sqlite::memory:", "relay.db")) {
      assertThatThrownBy(() -> JdbcStore.open(address, new SettableClock(NOW), new Random(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("jdbc:sqlite:PATH")
          .hasMessageContaining("jdbc:postgresql://HOST/DATABASE");
    }
  }

  @Test
  void a_network_file_system_is_a_finding() {
    SqliteFile file = new SqliteFile(file());

    assertThat(file.findings("nfs4")).hasSize(1).first().asString().contains("local disk");
    assertThat(file.findings("ext4")).isEmpty();
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      assertThat(store.findings()).isEmpty();
    }
  }

  @Test
  void writes_are_durable_and_the_log_is_kept_apart() throws SQLException {
    JdbcStore.sqlite(file()).close();
    SqliteDialect dialect = new SqliteDialect("jdbc:sqlite:" + file());

    try (Connection writer = dialect.openWriter()) {
      assertThat(ask(writer, "pragma journal_mode")).isEqualTo("wal");
      assertThat(ask(writer, "pragma synchronous")).as("FULL").isEqualTo("2");
      assertThat(ask(writer, "pragma wal_autocheckpoint")).isEqualTo("4000");
    }
  }

  @Test
  void error_messages_never_contain_what_people_wrote() {
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      write(store, CANARY);
      breakTable("alter table message rename to elsewhere");

      assertThatThrownBy(() -> write(store, CANARY)).satisfies(JdbcStoreTest::hasNoCanary);
      assertThatThrownBy(() -> texts(store)).satisfies(JdbcStoreTest::hasNoCanary);
      breakTable("alter table elsewhere rename to message");
      breakTable("update message set body = '{\"text\": \"" + CANARY + "'");
      assertThatList(store.read(it -> it.transcript(CONVERSATION, new EntryId(0), 10)))
          .singleElement()
          .satisfies(it -> assertThat(it.content()).isInstanceOf(EntryContent.Unreadable.class))
          .satisfies(it -> assertThat(it.toString()).doesNotContain(CANARY));
    }
  }

  private static void hasNoCanary(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(CANARY);
    }
  }

  @Test
  void after_a_failure_of_the_database_later_writes_succeed_again() {
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      write(store, "1");
      breakTable("alter table message rename to elsewhere");

      assertThatThrownBy(() -> write(store, "2")).isInstanceOf(StoreException.class);
      breakTable("alter table elsewhere rename to message");

      assertThat(store.health().ready()).as("it has tried").isTrue();
      write(store, "3");
      assertThat(texts(store)).containsExactly("1", "3");
    }
  }

  @Test
  void a_damaged_table_makes_the_store_unready_although_other_tables_can_be_written()
      throws Exception {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    int page = rootPage("message");
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.seek((page - 1) * 4_096L);
      bytes.write("damaged ".repeat(512).getBytes(StandardCharsets.UTF_8));
    }

    try (JdbcStore store = JdbcStore.sqlite(file())) {
      assertThatThrownBy(() -> write(store, "1")).isInstanceOf(StoreException.class);

      assertThat(store.health().ready()).isFalse();
      assertThat(store.health().ready()).as("the second time, too").isFalse();
      assertThat(store.health().detail()).contains(file().toString(), "damaged");
    }
  }

  private int rootPage(String table) throws SQLException {
    try (Connection connection = connect()) {
      return Integer.parseInt(
          ask(connection, "select rootpage from sqlite_master where name = '" + table + "'"));
    }
  }

  @Test
  void uploads_that_a_kill_cut_off_are_removed_while_the_server_runs() throws Exception {
    try (JdbcStore store = open(new SettableClock(NOW))) {
      AttachmentRef kept = store
          .attachments()
          .keep("web:a", "a.txt", "text/plain", new ByteArrayInputStream(new byte[5]), 10, NOW);
      for (String id : List.of("half", "later", "latest")) {
        execute("insert into attachment (id, owner, file_name, media_type, size, kept_at, complete)"
            + " values ('" + id + "', 'web:a', 'b.txt', 'text/plain', 0, " + NOW.toEpochMilli()
            + ", 0)");
        execute("insert into attachment_chunk values ('" + id + "', 0, x'00')");
      }

      assertThat(store.attachments().removeUnreferenced(NOW, 10))
          .as("they are young")
          .isZero();
      assertThat(store.attachments().removeUnreferenced(NOW.plusSeconds(1), 2)).isEqualTo(2);
      assertThat(store.attachments().removeUnreferenced(NOW.plusSeconds(1), 2)).isEqualTo(2);

      assertThat(store.attachments().find(kept.id())).as("it was never sent").isEmpty();
    }
    assertThat(count("attachment")).isEqualTo("0");
    assertThat(count("attachment_chunk")).isEqualTo("0");
  }

  @Test
  void contents_left_over_by_a_crash_are_removed_at_the_next_start() throws Exception {
    SettableClock clock = new SettableClock(NOW);
    AttachmentRef kept;
    try (JdbcStore store = open(clock)) {
      kept = store
          .attachments()
          .keep("web:a", "a.txt", "text/plain", new ByteArrayInputStream(new byte[5]), 10, NOW);
    }
    execute("insert into attachment (id, owner, file_name, media_type, size, kept_at, complete)"
        + " values ('half', 'web:a', 'b.txt', 'text/plain', 0, " + NOW.toEpochMilli() + ", 0)");
    execute(
        "insert into attachment_chunk (attachment_id, number, content) values ('half', 0, x'00')");

    clock.advance(Duration.ofMinutes(30));
    open(clock).close();
    assertThat(count("attachment")).as("another process may still receive it").isEqualTo("2");

    clock.advance(Duration.ofHours(1));
    try (JdbcStore store = open(clock)) {
      assertThat(store.attachments().find("half")).isEmpty();
      assertThat(store.attachments().find(kept.id())).isPresent();
    }
    assertThat(count("attachment")).isEqualTo("1");
    assertThat(count("attachment_chunk")).isEqualTo("1");
  }

  @Test
  void a_content_that_is_refused_leaves_no_bytes() throws SQLException {
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      assertThatThrownBy(() -> store
              .attachments()
              .keep(
                  "web:a",
                  "a.txt",
                  "text/plain",
                  new ByteArrayInputStream(new byte[600_000]),
                  300_000,
                  NOW))
          .hasMessageContaining("300000");
    }

    assertThat(count("attachment")).isEqualTo("0");
    assertThat(count("attachment_chunk")).isEqualTo("0");
  }

  @Test
  void trap_the_transcript_is_clustered_by_arrival_and_the_hot_tables_by_their_keys()
      throws SQLException {
    JdbcStore.sqlite(file()).close();

    assertThat(sqlOf("message")).contains("id integer primary key").doesNotContain("without rowid");
    assertThat(sqlOf("lane")).contains("without rowid");
    assertThat(sqlOf("seen")).contains("without rowid");
  }

  @Test
  void trap_claiming_reads_the_index_of_due_lanes_and_sorts_nothing() throws SQLException {
    JdbcStore.sqlite(file()).close();

    String plan = plan("select l.epoch, m.id from lane l join message m on m.conv_id = l.conv_id"
        + " and m.destination = l.destination and m.seq = l.done_seq + 1 and m.destination <> 0"
        + " where l.port = 'web' and l.ready_at <= 5"
        + " order by l.ready_at, l.conv_id, l.destination limit 10");

    assertThat(plan).contains("lane_ready").contains("message_lane").doesNotContain("TEMP B-TREE");
  }

  @Test
  void trap_a_settlement_repeated_after_a_commit_in_doubt_moves_nothing() {
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      write(store, "1");
      write(store, "2");
      LaneKey lane = new LaneKey(CONVERSATION, Destination.CUSTOMER);
      Claim claim = store
          .write(it -> it.claim(new PortId("web"), NOW, NOW.plusSeconds(30), "me", 1))
          .get(0);
      Settlement done = new Settlement.Done(Optional.empty(), NOW.plusSeconds(60));

      store.write(it -> it.settle(lane, claim.epoch(), 1, done, NOW));
      store.write(it -> it.settle(lane, claim.epoch(), 1, done, NOW));

      long delivered = store.read(queries -> queries.lane(lane).orElseThrow().doneSequence());
      assertThat(delivered).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "json_remove(body, '$.code', '$.arguments')",
        "json_set(body, '$.code', 'OF_TOMORROW')"
      })
  void the_reason_of_a_handoff_without_a_known_code_is_known_by_its_words(String body)
      throws SQLException {
    Reason reason =
        new Reason(Reason.Code.REFUSED_BY, Map.of("desk", "flex", "reason", "no agents"));
    try (JdbcStore store = JdbcStore.sqlite(file())) {
      TranscriptEntry entry = store.write(transaction -> transaction.append(
          CONVERSATION,
          Destination.DESK,
          Optional.of(new PortId("relay")),
          new EntryContent.HandoffRequested(new CaseNumber(1042), new QueueName("news"), reason),
          Optional.empty(),
          NOW));
      execute("update message set body = " + body);

      TranscriptEntry read = store.read(queries -> queries.entry(entry.id())).orElseThrow();

      assertThat(read.content()).isEqualTo(entry.content());
    }
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private JdbcStore open(SettableClock clock) {
    return JdbcStore.open(url(), clock, new Random(7));
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private static void write(JdbcStore store, String text) {
    store.write(transaction -> {
      append(transaction, text);
      return transaction.markSeen(
          new EventKey("web", text),
          new Receipt(CONVERSATION, Optional.empty(), Optional.empty()),
          NOW);
    });
  }

  private static void append(Transaction transaction, String text) {
    transaction.append(
        CONVERSATION,
        Destination.CUSTOMER,
        Optional.of(new PortId("web")),
        new EntryContent.Said(Participant.agent("ann", "Ann"), MessageBody.text(text)),
        Optional.empty(),
        NOW);
  }

  private static List<String> texts(JdbcStore store) {
    List<String> texts = new ArrayList<>();
    store.read(queries -> queries.transcript(CONVERSATION, new EntryId(0), 100)).forEach(entry -> {
      if (entry.content() instanceof EntryContent.Said said) {
        texts.add(said.body().text());
      }
    });
    return texts;
  }

  private void breakTable(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String count(String table) throws SQLException {
    try (Connection connection = connect()) {
      return ask(connection, "select count(*) from " + table);
    }
  }

  private String sqlOf(String table) throws SQLException {
    try (Connection connection = connect()) {
      return ask(connection, "select sql from sqlite_master where name = '" + table + "'");
    }
  }

  private String plan(String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain query plan " + query)) {
      while (rows.next()) {
        plan.append(rows.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }
}
