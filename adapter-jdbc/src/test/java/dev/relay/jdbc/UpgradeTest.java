package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
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
    }

    try (JdbcStore store = JdbcStore.sqlite(file)) {
      assertThat(store.attachments().removeUnreferenced(Instant.now(), 100)).isZero();
      assertThat(store.attachments().find("a")).isPresent();
      List<ChannelPosition> positions =
          store.read(queries -> queries.positions(new PortId("discord")));
      assertThat(positions).extracting(ChannelPosition::position).containsExactly("7/9");
    }
  }
}
