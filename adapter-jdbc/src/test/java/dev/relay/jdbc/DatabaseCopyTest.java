package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.StoreException;
import dev.relay.core.team.Team;
import dev.relay.jdbc.copy.DatabaseCopy;
import dev.relay.jdbc.file.Database.ServerLock;
import dev.relay.jdbc.postgres.PostgresDialect;
import dev.relay.testkit.PostgresServer;
import dev.relay.testkit.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite database that is copied into PostgreSQL is the same there, whatever interrupts the copy. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseCopyTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String CANARY = "canary7f3a";
  /** Each database has these in its own form. */
  private static final Set<String> OWN = Set.of(
      "case_search",
      "message_words",
      "customer_words",
      "case_words",
      "search_due",
      "search_progress",
      "server",
      "lease",
      "flyway_schema_history",
      "sqlite_sequence");

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final List<String> reports = new ArrayList<>();

  @Test
  void every_table_is_the_same_and_the_search_finds_everything() throws SQLException {
    source();
    fillTheOtherTables();
    String target = target();

    List<JdbcStore.CopiedTable> copied = copy(target);

    assertThat(copied)
        .extracting(JdbcStore.CopiedTable::name)
        .containsExactlyElementsOf(tables(sqlite(), null));
    assertThat(copied).allSatisfy(table -> {
      assertThat(table.rows()).as(table.name()).isPositive();
      assertThat(table.hash()).matches("[0-9a-f]{64}");
    });
    assertSame(target);
    assertThat(reports).noneMatch(report -> report.startsWith("again"));
    assertThat(PostgresDatabase.query(target, "select count(*) from search_due"))
        .containsExactly("0");
    try (JdbcStore store = JdbcStore.open(target, new SettableClock(NOW), new Random(7))) {
      for (Search.Subject subject : Search.Subject.values()) {
        assertThat(found(store, subject)).as(subject.name()).isPositive();
      }
    }
  }

  @Test
  void numbers_continue_behind_those_that_were_given() throws SQLException {
    source();
    execute(sqlite(), "delete from mention");
    String target = target();

    var unused = copy(target);

    try (JdbcStore store = JdbcStore.open(target, new SettableClock(NOW), new Random(8))) {
      Ada next = Ada.in(store, "next", NOW);
      assertThat(next.customer().value()).isEqualTo(3);
      assertThat(next.supportCase().value()).isEqualTo(1003);
      assertThat(PostgresDatabase.query(target, "select min(id) from mention"))
          .containsExactly("5");
      long before = Long.parseLong(query(sqlite(), "select max(id) from message"));
      assertThat(PostgresDatabase.query(target, "select min(id) from message where id > " + before))
          .containsExactly(String.valueOf(before + 1));
    }
  }

  @Test
  void a_copy_that_was_killed_continues_and_nothing_else_opens_the_target_before()
      throws Exception {
    source();
    String target = target();
    kill(target);
    long copied = Long.parseLong(
        PostgresDatabase.query(target, "select count(*) from message").get(0));
    assertThat(copied).isBetween(100L, 200L);
    assertThatThrownBy(() -> JdbcStore.open(target, new SettableClock(NOW), new Random(7)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unfinished copy")
        .hasMessageContaining("repeat relay db copy");
    assertThatThrownBy(() -> JdbcStore.openBeside(target, new SettableClock(NOW), new Random(7)))
        .hasMessageContaining("unfinished copy");
    assertThatThrownBy(() -> JdbcStore.check(JdbcStore.Address.of(target)))
        .hasMessageContaining("unfinished copy");

    var unused = copy(target);

    assertThat(reports).first().asString().startsWith("message ");
    assertThat(reports).noneMatch(report -> report.startsWith("again"));
    assertSame(target);
    JdbcStore.open(target, new SettableClock(NOW), new Random(7)).close();
  }

  @Test
  void what_changed_before_the_copy_continued_is_copied_again() throws Exception {
    source();
    String target = target();
    kill(target);
    execute(sqlite(), "update customer set data = replace(data, 'Ada', 'Eve')");
    execute(sqlite(), "delete from message where id = 3");
    execute(sqlite(), "delete from case_note");

    var unused = copy(target);

    assertThat(reports).contains("again customer", "again message", "again case_note");
    assertSame(target);
    try (JdbcStore store = JdbcStore.open(target, new SettableClock(NOW), new Random(7))) {
      assertThat(found(store, Search.Subject.MESSAGES)).isPositive();
    }
  }

  @Test
  void a_text_that_postgresql_refuses_is_stored_as_relay_stores_it_today() throws SQLException {
    source();
    execute(sqlite(), "update message set body = replace(body, 'hello', 'a' || char(0) || 'b')");
    String target = target();

    var unused = copy(target);

    assertThat(PostgresDatabase.query(
            target, "select count(*) from message where body like '%a\ufffdb " + CANARY + "%'"))
        .containsExactly("1");
    assertThat(reports).noneMatch(report -> report.startsWith("again"));
  }

  @Test
  void a_target_that_changes_its_rows_is_never_taken_for_a_copy() throws SQLException {
    source();
    String target = target();
    JdbcStore.openBeside(target, new SettableClock(NOW), new Random(7)).close();
    PostgresDatabase.execute(
        target,
        "create function damage() returns trigger language plpgsql as $$ begin"
            + " new.text = 'other'; return new; end $$;"
            + " create trigger damage before insert on case_note for each row execute function damage()");

    assertThatThrownBy(() -> copy(target))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("case_note differs");

    assertThatThrownBy(() -> JdbcStore.open(target, new SettableClock(NOW), new Random(7)))
        .hasMessageContaining("unfinished copy");
  }

  @Test
  void a_target_with_records_or_with_a_copy_of_another_database_is_left_alone() throws Exception {
    source();
    String used = target();
    try (JdbcStore store = JdbcStore.open(used, new SettableClock(NOW), new Random(7))) {
      var unused = Ada.in(store, "theirs", NOW);
    }
    assertThatThrownBy(() -> copy(used))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has records of its own");
    assertThat(PostgresDatabase.query(used, "select count(*) from customer")).containsExactly("1");

    String begun = target();
    kill(begun);
    Path other = folder.resolve("other.db");
    JdbcStore.sqlite(other).close();
    assertThatThrownBy(() ->
            JdbcStore.copy(JdbcStore.Address.of(other), JdbcStore.Address.of(begun), progress()))
        .hasMessageContaining("unfinished copy of another database");

    var unused = copy(begun);
    assertThatThrownBy(() -> copy(begun)).hasMessageContaining("has records of its own");
    assertSame(begun);
  }

  @Test
  void nothing_is_copied_while_a_server_serves_and_nobody_writes_to_the_source_meanwhile() {
    source();
    String target = target();
    try (JdbcStore server = JdbcStore.sqlite(file())) {
      assertThat(server.health().ready()).isTrue();
      assertThatThrownBy(() -> copy(target))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already serving");
    }
    try (ServerLock serving = JdbcStore.Address.of(target).database().lock()) {
      assertThat(serving).isNotNull();
      assertThatThrownBy(() -> new DatabaseCopy(
                  JdbcStore.Address.of(file()).database(),
                  new PostgresDialect(target, Optional.empty(), Optional.empty(), 50),
                  JdbcStore.wordIndex(),
                  progress())
              .run())
          .hasMessageContaining("already serving");
    }
    List<Boolean> writable = new ArrayList<>();
    var unused = new DatabaseCopy(
            JdbcStore.Address.of(file()).database(),
            JdbcStore.Address.of(target).database(),
            JdbcStore.wordIndex(),
            new Listed(reports) {
              @Override
              public void copied(String table, long rows, long of) {
                writable.add(isWritable());
              }
            })
        .run();
    assertThat(writable).isNotEmpty().containsOnly(false);
    assertThat(isWritable()).isTrue();
  }

  @Test
  void only_sqlite_is_copied_and_only_into_postgresql() {
    JdbcStore.Address sqlite = JdbcStore.Address.of(file());
    JdbcStore.Address postgres = JdbcStore.Address.of("jdbc:postgresql://127.0.0.1:1/relay");

    assertThatThrownBy(() -> JdbcStore.copy(postgres, sqlite, progress()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JdbcStore.copy(sqlite, sqlite, progress()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean isWritable() {
    try (Connection connection = DriverManager.getConnection(sqlite());
        Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 0");
      statement.execute("begin immediate");
      statement.execute("rollback");
      return true;
    } catch (SQLException busy) {
      return false;
    }
  }

  private static int found(JdbcStore store, Search.Subject subject) {
    Search search =
        new Search(Search.Words.of(CANARY), subject, Team.Scope.ALL, Optional.empty(), Search.MOST);
    return store.search(queries -> queries.search(search)).hits().size();
  }

  private void source() {
    try (JdbcStore store = JdbcStore.open(
        JdbcStore.Address.of(MigratedFile.at(file())), new SettableClock(NOW), new Random(7))) {
      var unused = Ada.in(store, CANARY, NOW);
      var unusedToo = Ada.in(store, "neighbour5c1b \ud83d\ude00 \u0130", NOW);
    }
  }

  private static String target() {
    return PostgresDatabase.create(PostgresServer.shared(), "copy");
  }

  private List<JdbcStore.CopiedTable> copy(String target) {
    return JdbcStore.copy(JdbcStore.Address.of(file()), JdbcStore.Address.of(target), progress());
  }

  private JdbcStore.CopyProgress progress() {
    reports.clear();
    return new Listed(reports);
  }

  /** Copies in another process, which is killed when it has copied some of the messages. */
  private void kill(String target) throws IOException, InterruptedException {
    Process copying = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CopyingProcess.class.getName(),
            file().toString(),
            target)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader lines = copying.inputReader()) {
      assertThat(lines.readLine()).isEqualTo(CopyingProcess.HALF);
    } finally {
      copying.destroyForcibly().waitFor();
    }
  }

  /** Copies ten rows at once and waits in the middle of the messages. */
  static final class CopyingProcess {
    static final String HALF = "half";
    private static final int ROWS = 10;
    private static final int BEFORE = 100;

    private CopyingProcess() {}

    public static void main(String[] arguments) {
      var unused = new DatabaseCopy(
              JdbcStore.Address.of("jdbc:sqlite:" + arguments[0]).database(),
              JdbcStore.Address.of(arguments[1]).database(),
              JdbcStore.wordIndex(),
              new Listed(new ArrayList<>()) {
                @Override
                public void copied(String table, long rows, long of) {
                  if (table.equals("message") && rows >= BEFORE) {
                    System.out.println(HALF);
                    waitForTheEnd();
                  }
                }
              },
              ROWS)
          .run();
    }

    private static void waitForTheEnd() {
      try {
        var unused = System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Puts a row of its own into each table that has none. */
  private void fillTheOtherTables() throws SQLException {
    for (String table : tables(sqlite(), null)) {
      if (query(sqlite(), "select count(*) from " + table).equals("0")) {
        insertSample(table);
      }
    }
  }

  private void insertSample(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(sqlite())) {
      Map<String, String> columns = columns(connection, null, table);
      String names =
          String.join(", ", columns.keySet().stream().map(it -> '"' + it + '"').toList());
      String places = String.join(", ", columns.keySet().stream().map(it -> "?").toList());
      try (PreparedStatement insert = connection.prepareStatement(
          "insert into " + table + " (" + names + ") values (" + places + ")")) {
        int place = 0;
        for (String type : columns.values()) {
          place++;
          if (type.equals("BLOB")) {
            insert.setBytes(place, new byte[] {0, -1, 7});
          } else if (type.equals("TEXT")) {
            insert.setString(place, "\u00e4\ud83d\ude00 of " + table);
          } else {
            insert.setInt(place, 1);
          }
        }
        insert.executeUpdate();
      }
    }
  }

  private void assertSame(String target) throws SQLException {
    for (String table : tables(sqlite(), null)) {
      assertThat(rows(target, "public", table)).as(table).isEqualTo(rows(sqlite(), null, table));
    }
    assertThat(tables(target, "public")).doesNotContain("relay_copy");
  }

  /** Returns the rows as texts, in any order that is the same in both databases. */
  private static List<String> rows(String url, @Nullable String schema, String table)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> columns = new ArrayList<>(columns(connection, schema, table).keySet());
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("select "
          + String.join(", ", columns.stream().map(it -> '"' + it + '"').toList()) + " from "
          + table)) {
        while (rows.next()) {
          StringBuilder row = new StringBuilder();
          for (String column : columns) {
            row.append(column).append('=');
            row.append(
                column.equals("content")
                    ? HexFormat.of().formatHex(rows.getBytes(column))
                    : rows.getString(column));
            row.append('|');
          }
          found.add(row.toString());
        }
      }
      found.sort(null);
      return found;
    }
  }

  /** Returns the columns by name, with their types. */
  private static Map<String, String> columns(
      Connection connection, @Nullable String schema, String table) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (ResultSet rows = connection.getMetaData().getColumns(null, schema, table, "%")) {
      while (rows.next()) {
        columns.put(rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME"));
      }
    }
    return columns;
  }

  private static List<String> tables(String url, @Nullable String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      DatabaseMetaData database = connection.getMetaData();
      try (ResultSet rows = database.getTables(null, schema, "%", new String[] {"TABLE"})) {
        while (rows.next()) {
          String name = rows.getString("TABLE_NAME");
          if (OWN.stream().noneMatch(own -> name.equals(own) || name.startsWith(own + "_"))) {
            tables.add(name);
          }
        }
      }
    }
    tables.sort(null);
    return tables;
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String query(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String sqlite() {
    return "jdbc:sqlite:" + file();
  }

  /** Notes the reports. */
  private static class Listed implements JdbcStore.CopyProgress {
    private final List<String> reports;

    Listed(List<String> reports) {
      this.reports = reports;
    }

    @Override
    public void copied(String table, long rows, long of) {
      reports.add(table + " " + rows + " of " + of);
    }

    @Override
    public void again(String table) {
      reports.add("again " + table);
    }

    @Override
    public void indexed(long entries) {
      reports.add("indexed " + entries);
    }
  }
}
