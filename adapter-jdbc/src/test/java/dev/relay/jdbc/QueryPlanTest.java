package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.jdbc.file.Rows;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How SQLite plans every statement that this module has as a constant. SQLite plans by the statistics in the database; Relay collects none,
 * so that the plan is the same however much is stored. Statements that are put together are checked where they are used.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueryPlanTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/relay/jdbc");
  private static final Pattern STATEMENT =
      Pattern.compile("(?:with|select|insert|update|delete)\\s.*", Pattern.DOTALL);
  /** The beginning of a statement whose end is a part of the database's dialect. */
  private static final Pattern BEGINNING =
      Pattern.compile(".*\\s(?:and|where)\\s+", Pattern.DOTALL);

  private static final Pattern SCAN =
      Pattern.compile("SCAN ((?!CONSTANT)\\w+)(?! VIRTUAL)(?: USING.*)?");

  /**
   * What is read whole, as SQLite names it. Each is small whatever is stored in all: what an office has (accounts, queues and their members,
   * pictures), what waits for its time (at most 50 announcements), one row of progress, an index of only what is parked or waits, or the
   * rows that a statement itself names.
   */
  private static final Set<String> SMALL = Set.of(
      "SCAN agent_account",
      "SCAN agent_picture USING COVERING INDEX agent_picture_id",
      "SCAN a",
      "SCAN wanted",
      "SCAN team_queue",
      "SCAN team_queue_member",
      "SCAN planned_announcement",
      "SCAN search_due",
      "SCAN search_progress",
      "SCAN lane USING INDEX lane_parked",
      "SCAN lane USING INDEX lane_ready");

  @TempDir
  private Path folder;

  @Test
  void no_statement_reads_a_table_whole_that_grows_with_what_customers_write() throws Exception {
    Map<String, List<String>> scans = new TreeMap<>();
    Map<String, String> statements = statements();
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + MigratedFile.at(folder.resolve("relay.db")))) {
      assertThat(count(connection, "sqlite_stat1")).as("tables of statistics").isZero();
      for (Map.Entry<String, String> each : statements.entrySet()) {
        List<String> whole = plan(connection, each.getValue()).stream()
            .filter(step -> SCAN.matcher(step).matches() && !SMALL.contains(step))
            .toList();
        if (!whole.isEmpty()) {
          scans.put(each.getKey(), whole);
        }
      }
    }

    assertThat(statements).hasSizeGreaterThan(150);
    assertThat(scans).isEmpty();
  }

  /** Returns the statements by the names of their constants, without those that are the beginnings of others. */
  private static Map<String, String> statements() throws Exception {
    Map<String, String> found = new TreeMap<>();
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!name.contains("-")) {
          Class<?> type = Class.forName("dev.relay.jdbc." + name);
          types.add(type);
          types.addAll(List.of(type.getDeclaredClasses()));
        }
      }
    }
    for (Class<?> type : types) {
      for (Field field : type.getDeclaredFields()) {
        boolean isOfRows = field.getType() == Rows.class;
        if (Modifier.isStatic(field.getModifiers())
            && (isOfRows || field.getType() == String.class)) {
          field.setAccessible(true);
          Object constant = field.get(null);
          String value = isOfRows ? ((Rows) constant).sql(3) : (String) constant;
          boolean isBeginning =
              field.getName().equals("SELECT") || BEGINNING.matcher(value).matches();
          if (STATEMENT.matcher(value).matches() && !isBeginning) {
            found.put(type.getSimpleName() + "." + field.getName(), value);
          }
        }
      }
    }
    return found;
  }

  private static int count(Connection connection, String table) throws SQLException {
    try (Statement asking = connection.createStatement();
        ResultSet rows = asking.executeQuery(
            "select count(*) from sqlite_master where name = '" + table + "'")) {
      return rows.getInt(1);
    }
  }

  private static List<String> plan(Connection connection, String statement) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Statement explaining = connection.createStatement();
        ResultSet rows = explaining.executeQuery("explain query plan " + statement)) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }
}
