package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.customer.Customer;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import dev.relay.testkit.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseCommandTest {
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/relay";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final CommandRun commands = new CommandRun();

  @Test
  void the_configured_database_is_copied_and_each_table_is_named_with_its_rows_and_hash()
      throws SQLException {
    String target = emptyDatabase("command_copy");
    try (Store store = JdbcStore.sqlite(file())) {
      store.write(transaction -> {
        transaction.save(new Customer(
            transaction.newCustomerId(),
            new PortId("web"),
            "ada",
            "Ada",
            Locale.ENGLISH,
            Set.of(),
            Optional.empty(),
            Instant.now()));
        return true;
      });
    }

    assertThat(run("db", "copy", "--to", target)).as(err()).isZero();

    assertThat(out())
        .contains("Copying customer: 1 of 1 rows\n")
        .containsPattern("\ncustomer\t1\t[0-9a-f]{64}\n")
        .containsPattern("Copied and compared: \\d+ tables, \\d+ rows");
    try (Store copy = JdbcStore.open(target, InstantSource.system(), new SecureRandom())) {
      assertThat(copy.read(it -> it.customer(new CustomerId(1))).orElseThrow().displayName())
          .isEqualTo("Ada");
    }
    assertThat(run("db", "copy", "--to", target)).isEqualTo(1);
    assertThat(err()).contains("has records of its own");
  }

  @Test
  void older_tables_are_listed_by_a_dry_run_and_upgraded_by_migrate() {
    assertThat(run("migrate")).isEqualTo(1);
    assertThat(err()).contains("There is no database " + file());
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file(), "", "")
        .locations("classpath:db/migration/sqlite")
        .target("24")
        .load()
        .migrate();

    assertThat(run("migrate", "--dry-run")).as(err()).isZero();
    assertThat(out())
        .startsWith("The tables lack the changes 25")
        .endsWith("Nothing was changed; relay migrate makes them.\n");
    assertThat(run("migrate")).isZero();
    assertThat(out()).startsWith("The tables have this version now. Changes: 25");
    assertThat(run("migrate")).isZero();
    assertThat(out()).isEqualTo("The tables have this version already. Nothing was changed.\n");
  }

  @Test
  void what_cannot_be_copied_is_named() {
    assertThat(run("db", "copy")).isEqualTo(2);
    assertThat(run("db", "copy", "--to", "relay.db")).isEqualTo(2);
    assertThat(err()).contains("--to must be jdbc:postgresql://HOST:PORT/DATABASE");
    assertThat(run("db", "copy", "--to", NOWHERE)).isEqualTo(1);
    assertThat(err()).contains("There is no database " + file());
    assertThat(run("db", "copy", "--from", NOWHERE, "--to", NOWHERE)).isEqualTo(2);
    assertThat(err()).contains("The database to copy must be jdbc:sqlite:PATH");
    assertThat(run("db", "copy", "--to", "jdbc:postgresql://ann:secret@127.0.0.1/relay"))
        .isNotZero();
    assertThat(err() + out()).doesNotContain("secret");
    JdbcStore.sqlite(file()).close();
    assertThat(run("db", "copy", "--to", NOWHERE)).isEqualTo(1);
    assertThat(err().lines()).hasSize(1);
    assertThat(err()).contains("cannot be opened");
  }

  private static String emptyDatabase(String name) throws SQLException {
    PostgresServer server = PostgresServer.shared();
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return server.url(name);
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String out() {
    return commands.out();
  }

  private String err() {
    return commands.err();
  }

  private int run(String... arguments) {
    return commands.run(Map.of("RELAY_DATABASE_URL", "jdbc:sqlite:" + file()), arguments);
  }
}
