package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.SqliteFile;
import dev.relay.jdbc.file.SqliteLock;
import dev.relay.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process serves from a file, and only that process changes its tables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OneServerTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_second_server_is_refused_after_the_lock_file_was_deleted() throws Exception {
    Process first = JdbcStoreTest.startServing(file());
    try {
      assertThat(first.inputReader().readLine()).isEqualTo(JdbcStoreTest.ServingProcess.SERVING);
      Files.delete(Path.of(file() + ".lock"));

      assertThatThrownBy(() -> JdbcStore.sqlite(file()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already serving")
          .hasMessageContaining("process " + first.pid());
    } finally {
      first.destroyForcibly().waitFor();
    }

    JdbcStore.sqlite(file()).close();
  }

  @Test
  void a_process_that_only_has_the_same_id_is_not_the_server() throws Exception {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      execute("insert into server values (1, " + other.pid() + ", 1)");

      JdbcStore.sqlite(file()).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void a_server_that_is_refused_has_not_changed_the_tables() throws Exception {
    createVersion("4");
    SqliteLock running = new SqliteFile(file()).lock();
    try {
      assertThatThrownBy(() -> JdbcStore.sqlite(file())).hasMessageContaining("already serving");
    } finally {
      running.close();
    }

    assertThat(version()).isEqualTo("4");
    JdbcStore.sqlite(file()).close();
    assertThat(version()).as("a server that is not refused upgrades them").isNotEqualTo("4");
  }

  @Test
  void a_command_does_not_upgrade_tables_and_says_what_does() throws Exception {
    createVersion("4");

    assertThatThrownBy(() -> beside())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("older Relay")
        .hasMessageContaining("lack the changes 5, 6, 7")
        .hasMessageContaining("run relay migrate");

    assertThat(version()).isEqualTo("4");
  }

  @Test
  void a_command_creates_the_tables_of_a_new_database_even_while_a_server_starts()
      throws Exception {
    SqliteFile starting = new SqliteFile(file());
    starting.create();
    SqliteLock lock = starting.lock();
    try {
      beside().close();
    } finally {
      lock.close();
    }

    JdbcStore.sqlite(file()).close();
  }

  @Test
  void the_lock_file_is_for_the_owner_alone() throws IOException {
    try (JdbcStore server = JdbcStore.sqlite(file())) {
      assertThat(server.health().ready()).isTrue();
      assertThat(PosixFilePermissions.toString(
              Files.getPosixFilePermissions(Path.of(file() + ".lock"))))
          .isEqualTo("rw-------");
    }
  }

  private JdbcStore beside() {
    return JdbcStore.openBeside(url(), new SettableClock(Instant.EPOCH), new Random(7));
  }

  private void createVersion(String version) {
    Flyway.configure()
        .dataSource(url(), "", "")
        .locations("classpath:db/migration/sqlite")
        .target(version)
        .load()
        .migrate();
  }

  private String version() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select version from flyway_schema_history order by installed_rank desc limit 1")) {
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }
}
