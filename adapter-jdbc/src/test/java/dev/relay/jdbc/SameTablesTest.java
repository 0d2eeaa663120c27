package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Both databases have the same tables, so that the SQL of a table is right for both. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@ResourceLock(PostgresDatabase.LOCK)
class SameTablesTest {
  /** The tables of the full-text indexes, which each database has in its own form, and the records of migrations. */
  private static final Set<String> OWN = Set.of(
      "case_search", "message_words", "customer_words", "case_words", "flyway_schema_history");

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void both_databases_have_the_same_tables_and_columns() throws SQLException {
    String postgres = PostgresDatabase.emptied();
    String sqlite = "jdbc:sqlite:" + MigratedFile.at(folder.resolve("relay.db"));

    assertThat(columns(postgres, "public"))
        .hasSizeGreaterThan(100)
        .isEqualTo(columns(sqlite, null));
  }

  private static SortedSet<String> columns(String url, @Nullable String schema)
      throws SQLException {
    SortedSet<String> columns = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      DatabaseMetaData database = connection.getMetaData();
      SortedSet<String> tables = new TreeSet<>();
      try (ResultSet rows = database.getColumns(null, schema, "%", "%")) {
        while (rows.next()) {
          String table = rows.getString("TABLE_NAME");
          if (!isOwn(table)) {
            tables.add(table);
            String isOptional = rows.getInt("NULLABLE") == 0 ? " not null" : "";
            columns.add(table + "." + rows.getString("COLUMN_NAME") + isOptional);
          }
        }
      }
      for (String table : tables) {
        try (ResultSet rows = database.getPrimaryKeys(null, schema, table)) {
          while (rows.next()) {
            // A row id of SQLite has a value, although it may be declared without "not null".
            String column = table + "." + rows.getString("COLUMN_NAME");
            columns.remove(column);
            columns.add(column + " not null");
          }
        }
      }
    }
    return columns;
  }

  /** Also recognises indexes, which PostgreSQL's driver lists with their columns, and the parts of SQLite's full-text indexes. */
  private static boolean isOwn(String table) {
    return table.startsWith("sqlite_")
        || OWN.stream().anyMatch(own -> table.equals(own) || table.startsWith(own + "_"));
  }
}
