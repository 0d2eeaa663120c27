package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.message.Participant;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.Store.PersonalData.Erased;
import dev.relay.jdbc.privacy.DataMap;
import dev.relay.testkit.PostgresServer;
import dev.relay.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What an erasure leaves in PostgreSQL's files: nothing that a query finds; bytes in unused space until the tables are rewritten, and in
 * the write-ahead log until its files are. docs/operations.md says so.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresErasureTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Participant BOSS = Participant.agent("boss", "Boss");
  private static final String CANARY = "canary7f3a";

  @Test
  void nothing_of_what_was_erased_is_found_and_no_byte_is_left_once_the_tables_are_rewritten() {
    String url = PostgresDatabase.create(PostgresServer.shared(), "erasure");
    try (JdbcStore store = JdbcStore.open(url, new SettableClock(NOW), new Random(7))) {
      Ada ada = Ada.in(store, CANARY, NOW);
      Ada neighbour = Ada.in(store, "neighbour5c1b", NOW);
      store.indexWords();
      PostgresDatabase.execute(url, "analyze");
      PostgresDatabase.execute(url, "checkpoint");
      assertThat(columnsWith(url, CANARY)).hasSizeGreaterThan(20);
      assertThat(tableFilesWith(url, CANARY)).isNotEmpty();

      PersonalData data = store.personalData().orElseThrow();
      Erased erased = data.erase(ada.customer(), BOSS);

      assertThat(((Erased.Done) erased).record().remains()).isPresent();
      assertThat(columnsWith(url, CANARY)).isEmpty();
      assertThat(columnsWith(url, neighbour.word())).hasSizeGreaterThan(20);
      assertThat(PostgresDatabase.query(
              url, "select tablename from pg_stats where pg_stats::text like '%" + CANARY + "%'"))
          .isEmpty();

      neighbour.settle(store, NOW);
      assertThat(data.eraseBefore(NOW.plusSeconds(1), BOSS).counts())
          .containsEntry("conversations", 1L)
          .containsEntry("files", 1L);
      assertThat(columnsWith(url, neighbour.word()))
          .contains("customer.data", "support_case.data")
          .doesNotContain("message_words.words");
      assertThat(PostgresDatabase.query(
              url,
              "select id from message where conv_id = " + neighbour.conversation()
                  + " and body like '%" + neighbour.word() + "%'"))
          .isEmpty();

      for (String table : rewritten()) {
        PostgresDatabase.execute(url, "vacuum full " + table);
      }
      endLog(url);
      assertThat(tableFilesWith(url, CANARY)).isEmpty();
      assertThat(walFilesWith(url, CANARY)).isEmpty();
      assertThat(tableFilesWith(url, neighbour.word())).isNotEmpty();
    }
  }

  /** Lets the server begin new files of its log and remove the old ones, instead of keeping them for later use. */
  private static void endLog(String url) {
    PostgresDatabase.execute(url, "alter system set wal_recycle = off");
    try {
      var unused = PostgresDatabase.query(url, "select pg_reload_conf()");
      // Each switch passes one file that the server kept for later use, and there may be several.
      do {
        var unusedFile = PostgresDatabase.query(url, "select pg_switch_wal()");
        PostgresDatabase.execute(url, "checkpoint");
      } while (!PostgresDatabase.query(url, "select count(*) from pg_ls_waldir()")
          .equals(List.of("1")));
    } finally {
      PostgresDatabase.execute(url, "alter system reset wal_recycle");
      var unused = PostgresDatabase.query(url, "select pg_reload_conf()");
    }
  }

  /** Returns the tables that the documentation names, the statistics with their samples among them. */
  private static List<String> rewritten() {
    return Stream.concat(
            DataMap.TABLES.values().stream()
                .filter(DataMap.Table::isPersonal)
                .map(DataMap.Table::name)
                .filter(name -> !name.equals("case_search")),
            Stream.of("pg_statistic"))
        .toList();
  }

  private static List<String> columnsWith(String url, String word) {
    List<String> queries = new ArrayList<>();
    for (DataMap.Table table : DataMap.TABLES.values()) {
      for (String column : table.columns().keySet()) {
        String value =
            column.equals("content") ? "encode(" + column + ", 'escape')" : column + "::text";
        if (!table.name().equals("case_search")) {
          queries.add("select '" + table.name() + "." + column + "' where exists (select 1 from "
              + table.name() + " where " + value + " like '%" + word + "%')");
        }
      }
    }
    return PostgresDatabase.query(url, String.join(" union all ", queries));
  }

  private static List<Path> tableFilesWith(String url, String word) {
    String oid = PostgresDatabase.query(
            url, "select oid from pg_database where datname = current_database()")
        .get(0);
    return filesWith(data(url).resolve("base").resolve(oid), word);
  }

  private static List<Path> walFilesWith(String url, String word) {
    return filesWith(data(url).resolve("pg_wal"), word);
  }

  private static Path data(String url) {
    return Path.of(PostgresDatabase.query(url, "show data_directory").get(0));
  }

  private static List<Path> filesWith(Path folder, String word) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(it -> text(it).contains(word))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
