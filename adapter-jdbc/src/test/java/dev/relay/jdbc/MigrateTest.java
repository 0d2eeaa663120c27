package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.MigrationFiles;
import dev.relay.testkit.PostgresServer;
import dev.relay.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who upgrades the tables: on PostgreSQL only the command for it, on SQLite also a server that starts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MigrateTest {
  private static final String FIRST = "V24__tables.sql";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_server_on_postgresql_names_what_older_tables_lack_and_stops_and_migrate_upgrades_them() {
    String url = olderPostgres();
    JdbcStore.Address address = JdbcStore.Address.of(url);
    List<String> newer = newerThan(MigrationFiles.POSTGRES, 24);
    assertThat(newer).isNotEmpty();

    assertThatThrownBy(() -> open(url))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("older Relay")
        .hasMessageContaining("lack the changes " + String.join(", ", newer))
        .hasMessageContaining("run relay migrate");
    assertThat(JdbcStore.missing(address)).isEqualTo(newer);
    assertThat(applied(url)).as("what was only asked changed nothing").containsExactly("24");

    assertThat(JdbcStore.migrate(address)).isEqualTo(newer);

    assertThat(applied(url)).hasSize(1 + newer.size());
    assertThat(JdbcStore.missing(address)).isEmpty();
    assertThat(JdbcStore.migrate(address)).isEmpty();
    open(url).close();
  }

  @Test
  void migrate_creates_the_tables_of_an_empty_postgresql_database() {
    String url = PostgresDatabase.create(PostgresServer.shared(), "empty");

    assertThat(JdbcStore.migrate(JdbcStore.Address.of(url)))
        .hasSize(MigrationFiles.POSTGRES.versions().size());

    open(url).close();
  }

  @Test
  void migrate_upgrades_a_sqlite_file_as_a_start_does_and_is_refused_beside_a_server() {
    JdbcStore.Address address = JdbcStore.Address.of(folder.resolve("relay.db"));
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + folder.resolve("relay.db"), "", "")
        .locations("classpath:db/migration/sqlite")
        .target("4")
        .load()
        .migrate();
    List<String> newer = newerThan(MigrationFiles.SQLITE, 4);
    assertThat(JdbcStore.missing(address)).isEqualTo(newer);

    assertThat(JdbcStore.migrate(address)).isEqualTo(newer);

    try (JdbcStore server = JdbcStore.sqlite(folder.resolve("relay.db"))) {
      assertThat(server.health().ready()).isTrue();
      assertThatThrownBy(() -> JdbcStore.migrate(address)).hasMessageContaining("already serving");
      assertThat(JdbcStore.missing(address)).isEmpty();
    }
  }

  /** Returns a database with the tables that the first version for PostgreSQL created. */
  private static String olderPostgres() {
    String url = PostgresDatabase.create(PostgresServer.shared(), "older");
    PostgresDatabase.execute(
        url,
        "create table flyway_schema_history (installed_rank integer not null primary key, version"
            + " varchar(50), description varchar(200) not null, type varchar(20) not null, script"
            + " varchar(1000) not null, checksum integer, installed_by varchar(100) not null,"
            + " installed_on timestamp not null default now(), execution_time integer not null,"
            + " success boolean not null)");
    PostgresDatabase.execute(url, String.join("\n", MigrationFiles.POSTGRES.lines(FIRST)));
    PostgresDatabase.execute(
        url,
        "insert into flyway_schema_history select 1, '24', 'tables', 'SQL', '" + FIRST
            + "', 0, '', now(), 0, true");
    return url;
  }

  private static List<String> newerThan(MigrationFiles files, int version) {
    return files.names().stream()
        .map(MigrationFiles::version)
        .filter(each -> Integer.parseInt(each) > version)
        .toList();
  }

  private static List<String> applied(String url) {
    return PostgresDatabase.query(url, "select version from flyway_schema_history");
  }

  private static JdbcStore open(String url) {
    return JdbcStore.open(url, new SettableClock(Instant.EPOCH), new Random(7));
  }
}
