package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.store.CaseFilter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of an earlier version is upgraded to this one and keeps its data. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpgradeTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void files_and_positions_of_the_first_version_are_kept() throws Exception {
    Path file = folder.resolve("relay.db");
    String url = "jdbc:sqlite:" + file;
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:db/migration/sqlite")
        .target("1")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "insert into attachment values" + " ('a', 'someone', 'map.png', 'image/png', 0, 1, 1)");
      statement.executeUpdate("insert into channel_position values ('discord', '5', '7/9')");
      statement.executeUpdate("insert into conversation (id, channel, address_key, customer_id,"
          + " state, opened_at, version, data) values (1, 'web', 'x', 1, 'BOT', 0, 1, '{}')");
      for (String body : List.of(
          "{\"attachments\":[{\"id\":\"a\"}]}",
          "{\"attachments\":[7,\"x\",{},{\"id\":null}]}",
          "{\"attachments\":\"x\"}",
          "{",
          "")) {
        statement.executeUpdate("insert into message (conv_id, destination, seq, at, kind, body)"
            + " values (1, 0, 0, 0, 'said', '" + body + "')");
        statement.executeUpdate("insert into message (conv_id, destination, seq, at, kind, body)"
            + " values (1, 0, 0, 0, 'deleted', '" + body + "')");
      }
      statement.executeUpdate("insert into support_case (number, customer_id, kind, status,"
          + " updated_at, version, searchable, data) values (1001, 1, 'BUG', 'NEW', 0, 1,"
          + " '#1001 the door is stuck', '{\"priority\":\"LOW\",\"subject\":\"s\","
          + "\"description\":\"d\",\"queue\":\"q\",\"createdAt\":0}')");
    }

    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(store.attachments().removeUnreferenced(Instant.now(), 100)).isZero();
      assertThat(store.attachments().find("a")).isPresent();
      List<ChannelPosition> positions =
          store.read(queries -> queries.positions(new PortId("discord")));
      boolean isShown =
          store.read(queries -> queries.isShown("a", new CustomerAddress(new PortId("web"), "x")));
      assertThat(isShown).as("the file of an old message").isTrue();
      CaseFilter stuck = new CaseFilter(
          Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("STUCK"));
      List<SupportCase> found = store.search(queries -> queries.cases(stuck, Optional.empty(), 10));
      assertThat(found).as("an old case").hasSize(1);
      assertThat(positions).extracting(ChannelPosition::position).containsExactly("7/9");
    }
  }
}
