package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final Participant ANN = Participant.agent("ann", "Ann");

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_backup_beside_a_server_is_whole_and_for_the_owner_alone() throws IOException {
    Path copy = folder.resolve("copy.db");
    try (JdbcStore server = JdbcStore.sqlite(MigratedFile.at(file()))) {
      mark(server, "1");
      JdbcStore.backup(url(), copy);
      mark(server, "2");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    try (JdbcStore restored = JdbcStore.sqlite(copy)) {
      assertThat(isMarked(restored, "1")).isTrue();
      assertThat(isMarked(restored, "2")).isFalse();
    }
  }

  @Test
  void a_backup_ends_while_the_server_writes_without_pause() throws Exception {
    Path copy = folder.resolve("copy.db");
    try (JdbcStore server = JdbcStore.sqlite(MigratedFile.at(file()))) {
      for (int i = 0; i < 200; i++) {
        mark(server, "before " + i);
      }
      AtomicBoolean copied = new AtomicBoolean();
      Thread writes = new Thread(() -> {
        for (int i = 0; !copied.get(); i++) {
          mark(server, "meanwhile " + i);
        }
      });
      writes.start();
      try {
        server.backup(copy);
      } finally {
        copied.set(true);
        writes.join();
      }
    }

    try (JdbcStore restored = JdbcStore.sqlite(copy)) {
      assertThat(isMarked(restored, "before 199")).isTrue();
    }
  }

  @Test
  void a_backup_is_a_database_of_its_own_that_opens_beside_the_running_original() throws Exception {
    Path copy = folder.resolve("copy.db");
    Process original = JdbcStoreTest.startServing(file());
    try {
      assertThat(original.inputReader().readLine()).isEqualTo(JdbcStoreTest.ServingProcess.SERVING);
      JdbcStore.backup(url(), copy);

      try (JdbcStore restored = JdbcStore.sqlite(copy)) {
        assertThat(restored.health().ready()).isTrue();
      }
      assertThatThrownBy(() -> JdbcStore.sqlite(file()))
          .as("the original is still guarded")
          .hasMessageContaining("already serving");
    } finally {
      original.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatever_waits_in_a_backup_is_looked_up_before_it_is_sent_again() {
    Path copy = folder.resolve("copy.db");
    try (JdbcStore server = JdbcStore.sqlite(MigratedFile.at(file()))) {
      append(server, 1);
      append(server, 2);
      Claim parked = claims(server, 1).get(0);
      server.write(it ->
          it.settle(parked.lane(), parked.epoch(), 1, new Settlement.Park("refused", false), NOW));
      JdbcStore.backup(url(), copy);

      assertThat(claims(server, 9))
          .as("the original knows what it has sent")
          .allSatisfy(it -> assertThat(it.inDoubt()).isFalse());
    }

    try (JdbcStore restored = JdbcStore.sqlite(copy)) {
      assertThat(restored.<Boolean>write(
              it -> it.retry(new LaneKey(new ConversationId(1), Destination.CUSTOMER), ANN, NOW)))
          .isTrue();
      append(restored, 3);
      assertThat(claims(restored, 9))
          .extracting(it -> it.lane().conversation().value(), Claim::inDoubt)
          .containsExactlyInAnyOrder(tuple(1L, true), tuple(2L, true), tuple(3L, false));
    }
  }

  @Test
  void a_restored_backup_numbers_on_from_its_own_last_numbers() {
    Path copy = folder.resolve("copy.db");
    CaseNumber before;
    CaseNumber lost;
    try (JdbcStore server = JdbcStore.sqlite(MigratedFile.at(file()))) {
      before = server.write(Transaction::newCaseNumber);
      JdbcStore.backup(url(), copy);
      lost = server.write(Transaction::newCaseNumber);
    }

    try (JdbcStore restored = JdbcStore.sqlite(copy)) {
      CaseNumber next = restored.write(Transaction::newCaseNumber);
      assertThat(next).isNotEqualTo(before).isEqualTo(lost);
    }
  }

  @Test
  void an_existing_file_is_refused_and_left_as_it_is() throws IOException {
    Path copy = Files.writeString(folder.resolve("copy.db"), "yesterday");
    JdbcStore.sqlite(MigratedFile.at(file())).close();

    assertThatThrownBy(() -> JdbcStore.backup(url(), copy))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("exists already");
    assertThatThrownBy(() -> JdbcStore.backup(url(), file()))
        .hasMessageContaining("exists already");
    assertThat(copy).hasContent("yesterday");
  }

  @Test
  void a_database_that_does_not_exist_is_not_created() {
    assertThatThrownBy(() -> JdbcStore.backup(url(), folder.resolve("copy.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no database");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_copy_that_fails_leaves_nothing_and_says_why() throws IOException {
    Files.writeString(file(), "these are not the bytes you are looking for ".repeat(100));

    assertThatThrownBy(() -> JdbcStore.backup(url(), folder.resolve("copy.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("could not be copied");
    assertThatThrownBy(() -> JdbcStore.backup(url(), folder.resolve("missing/copy.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no " + folder.resolve("missing"));
    assertThat(folder).isDirectoryNotContaining(it -> !it.equals(file()));
  }

  @Test
  void a_database_of_another_version_can_be_copied() throws SQLException {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from flyway_schema_history where version = '5'");
    }

    JdbcStore.backup(url(), folder.resolve("copy.db"));

    assertThat(folder.resolve("copy.db")).isNotEmptyFile();
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private static void append(JdbcStore store, long conversation) {
    store.write(it -> it.append(
        new ConversationId(conversation),
        Destination.CUSTOMER,
        Optional.of(WEB),
        new EntryContent.Said(ANN, MessageBody.text("hello")),
        Optional.empty(),
        NOW));
  }

  private static List<Claim> claims(JdbcStore store, int limit) {
    return store.write(it -> it.claim(WEB, NOW, NOW.plusSeconds(60), "me", limit));
  }

  private static void mark(JdbcStore store, String key) {
    store.write(it -> it.markSeen(
        new EventKey("web", key),
        new Receipt(new ConversationId(1), Optional.empty(), Optional.empty()),
        NOW));
  }

  private static boolean isMarked(JdbcStore store, String key) {
    return store.read(it -> it.seen(new EventKey("web", key))).isPresent();
  }
}
