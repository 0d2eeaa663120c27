package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.core.message.Participant;
import dev.relay.jdbc.privacy.DataMap;
import dev.relay.jdbc.privacy.DataMap.Use;
import dev.relay.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A column that is added later must say what it is; and what is personal is stored by the tests, handed out and erased. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PersonalColumnsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String CANARY = "canary7f3a";
  private static final String ROW_ID = "rowid";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  /** The parts of SQLite's full-text indexes, and the records of migrations. */
  private static final Set<String> PARTS = Set.of(
      "case_search_", "message_words_", "customer_words_", "case_words_", "flyway_", "sqlite_");
  /** Its texts are not kept, only their characters. */
  private static final Set<String> WITHOUT_TEXTS = Set.of("case_search");

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void every_column_of_sqlite_is_classified() throws SQLException {
    String url = "jdbc:sqlite:" + MigratedFile.at(folder.resolve("relay.db"));

    assertThat(columns(url, null)).isEqualTo(classified(Set.of()));
  }

  @Test
  @ResourceLock(PostgresDatabase.LOCK)
  void every_column_of_postgresql_is_classified() throws SQLException {
    assertThat(columns(PostgresDatabase.emptied(), "public"))
        .isEqualTo(classified(Set.of("case_search")));
  }

  @Test
  void every_personal_column_is_about_customers() {
    assertThat(DataMap.TABLES.values())
        .filteredOn(DataMap.Table::isPersonal)
        .allSatisfy(table -> assertThat(table.reach()).as(table.name()).isPresent());
  }

  @Test
  void every_personal_column_is_written_by_these_tests_handed_out_and_erased()
      throws SQLException, IOException {
    try (JdbcStore store = JdbcStore.open(url(), new SettableClock(NOW), new Random(7))) {
      Ada ada = Ada.in(store, CANARY, NOW);
      Ada neighbour = Ada.in(store, "neighbour5c1b", NOW);
      store.indexWords();
      SortedSet<String> personal = personal();
      assertThat(withCanary()).isEqualTo(personal);

      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      assertThat(store.personalData().orElseThrow().handOut(ada.customer(), archive))
          .isTrue();
      Map<String, byte[]> files = unpacked(archive.toByteArray());
      SortedSet<String> handedOut = handedOut(files);
      personal.removeIf(column -> column.contains("_words.") || column.startsWith("case_search."));
      assertThat(handedOut).containsAll(personal);
      assertThat(files.values()).noneMatch(content -> text(content).contains(neighbour.word()));

      var unused = store
          .personalData()
          .orElseThrow()
          .erase(ada.customer(), Participant.agent("boss", "Boss"));

      assertThat(withCanary()).isEmpty();
    }
  }

  @Test
  void a_customer_gets_their_files_as_they_sent_them_and_no_secret_of_a_session()
      throws IOException {
    try (JdbcStore store = JdbcStore.open(url(), new SettableClock(NOW), new Random(7))) {
      Ada ada = Ada.in(store, CANARY, NOW);

      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      var unused = store.personalData().orElseThrow().handOut(ada.customer(), archive);
      Map<String, byte[]> files = unpacked(archive.toByteArray());

      assertThat(files.get("files/" + ada.file()))
          .isEqualTo(store.attachments().open(ada.file()).orElseThrow().readAllBytes());
      assertThat(text(files.get("chatSessions.json"))).contains(CANARY).doesNotContain("hash");
    }
  }

  private String url() {
    return "jdbc:sqlite:" + MigratedFile.at(folder.resolve("relay.db"));
  }

  private static SortedSet<String> classified(Set<String> without) {
    SortedSet<String> all = new TreeSet<>();
    DataMap.TABLES.values().stream()
        .filter(table -> !without.contains(table.name()))
        .forEach(table -> table.columns().keySet().forEach(it -> {
          if (!it.equals(ROW_ID)) {
            all.add(table.name() + "." + it);
          }
        }));
    return all;
  }

  private static SortedSet<String> personal() {
    SortedSet<String> all = new TreeSet<>();
    DataMap.TABLES.values().stream()
        .filter(table -> !WITHOUT_TEXTS.contains(table.name()))
        .forEach(table -> table.columns().forEach((name, use) -> {
          if (use == Use.PERSONAL) {
            all.add(table.name() + "." + name);
          }
        }));
    return all;
  }

  /** Returns the columns of all tables in which the word is. */
  private SortedSet<String> withCanary() throws SQLException {
    SortedSet<String> found = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (DataMap.Table table : DataMap.TABLES.values()) {
        for (String column : table.columns().keySet()) {
          String name = table.name() + "." + column;
          try (ResultSet rows = statement.executeQuery("select count(*) from " + table.name()
              + " where cast(" + column + " as text) like '%" + CANARY + "%'")) {
            if (rows.next() && rows.getLong(1) > 0) {
              found.add(name);
            }
          }
        }
      }
    }
    return found;
  }

  /** Returns the columns in which the word is handed out. */
  private static SortedSet<String> handedOut(Map<String, byte[]> files) throws IOException {
    SortedSet<String> found = new TreeSet<>();
    for (DataMap.Table table : DataMap.TABLES.values()) {
      byte[] content = files.get(table.label() + ".json");
      if (content != null) {
        for (JsonNode row : MAPPER.readTree(content)) {
          row.properties().forEach(field -> {
            if (field.getValue().toString().contains(CANARY)) {
              found.add(table.name() + "." + field.getKey());
            }
          });
        }
      }
    }
    if (files.entrySet().stream()
        .anyMatch(it -> it.getKey().startsWith("files/") && text(it.getValue()).contains(CANARY))) {
      found.add("attachment_chunk.content");
    }
    return found;
  }

  private static Map<String, byte[]> unpacked(byte[] archive) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static String text(byte @Nullable [] content) {
    return content == null ? "" : new String(content, StandardCharsets.UTF_8);
  }

  private static SortedSet<String> columns(String url, @Nullable String schema)
      throws SQLException {
    SortedSet<String> columns = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet rows = connection.getMetaData().getColumns(null, schema, "%", "%")) {
      while (rows.next()) {
        String table = rows.getString("TABLE_NAME");
        String column = rows.getString("COLUMN_NAME");
        boolean isPart = PARTS.stream().anyMatch(table::startsWith);
        // SQLite's full-text tables have a column of their own name, and do not list their row id.
        boolean isName = Set.of(table, "rank", ROW_ID).contains(column);
        if (!isPart && !isName) {
          columns.add(table + "." + column);
        }
      }
    }
    return columns;
  }
}
