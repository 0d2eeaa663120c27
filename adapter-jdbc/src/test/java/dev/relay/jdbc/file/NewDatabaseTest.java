package dev.relay.jdbc.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewDatabaseTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void tables_and_records_are_those_that_flyway_makes() throws SQLException {
    String own = "jdbc:sqlite:" + folder.resolve("own.db");
    String flyways = "jdbc:sqlite:" + folder.resolve("flyway.db");
    new Migrations(new SqliteDialect(own)).run();
    flyway(flyways).migrate();

    assertThat(rows(own, "select type, name, tbl_name, sql from sqlite_master order by name"))
        .hasSizeGreaterThan(20)
        .isEqualTo(
            rows(flyways, "select type, name, tbl_name, sql from sqlite_master order by name"));
    String records = "select installed_rank, version, description, type, script, checksum,"
        + " installed_by, success from flyway_schema_history order by installed_rank";
    assertThat(rows(own, records))
        .hasSize(MigrationFiles.SQLITE.names().size())
        .isEqualTo(rows(flyways, records));
    assertThat(rows(own, "select installed_on from flyway_schema_history").get(0))
        .startsWith("20");
  }

  @Test
  void flyway_continues_from_there() throws SQLException {
    String own = "jdbc:sqlite:" + folder.resolve("own.db");
    new Migrations(new SqliteDialect(own)).run();

    flyway(own).validate();
    assertThat(flyway(own).migrate().migrationsExecuted).isZero();
  }

  @Test
  void a_database_with_tables_is_left_as_it_is() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("other.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table somebodys (id int)");

      assertThat(new NewDatabase(MigrationFiles.SQLITE).create(connection)).isFalse();
    }
    assertThat(rows(url, "select name from sqlite_master")).containsExactly("somebodys");
  }

  /** SQLite takes a transaction back by itself if a write is interrupted, as if the disk becomes full. */
  @Test
  void a_failure_after_which_sqlite_has_rolled_back_itself_keeps_its_reason() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("new.db");
    try (Connection connection = DriverManager.getConnection(url)) {
      ProgressHandler.setHandler(connection, 1, new Interruption(2_000));

      assertThatThrownBy(() -> new NewDatabase(MigrationFiles.SQLITE).create(connection))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("SQLITE_INTERRUPT");
    }
    assertThat(rows(url, "select name from sqlite_master")).isEmpty();
  }

  /** Interrupts one step of SQLite. */
  private static final class Interruption extends ProgressHandler {
    private int stepsLeft;

    Interruption(int steps) {
      stepsLeft = steps;
    }

    @Override
    protected int progress() {
      return stepsLeft-- == 0 ? 1 : 0;
    }
  }

  private static Flyway flyway(String url) {
    return Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .load();
  }

  private static List<String> rows(String url, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join("|", columns));
      }
    }
    return found;
  }
}
