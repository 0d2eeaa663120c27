package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Dialect;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.SqlParts;
import dev.relay.jdbc.file.SqliteDialect;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches read no table from end to end if an index can help, and starve nothing else if none can. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SearchTest {
  private static final String ENDLESS =
      "with recursive n(i) as" + " (select 1 union all select i + 1 from n) select count(*) from n";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_search_without_end_is_ended_and_its_connection_can_be_used_again() {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    SqliteDialect dialect = new SqliteDialect(url());
    Readers.Kind kind = new Readers.Kind(
        "searches", 1, 0, Duration.ofSeconds(10), Optional.of(Duration.ofMillis(50)));
    try (Readers searches = new Readers(dialect, new LogGate(), kind)) {
      assertThatThrownBy(
              () -> searches.read(session -> session.first(ENDLESS, row -> row.getLong(1))))
          .isInstanceOf(StoreException.class);

      int one = searches.read(
          session -> session.first("select 1", row -> row.getInt(1)).orElse(0));
      assertThat(one).isEqualTo(1);
    }
  }

  /** Another query may have a connection as soon as it is in the pool again; the limit of the search before must not end it. */
  @ParameterizedTest
  @ValueSource(strings = {"select 1", "no sql"})
  void the_limit_of_a_search_ends_before_its_connection_is_in_the_pool_again(String sql) {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    List<Boolean> pooledBeforeTheEnd = new ArrayList<>();
    Dialect dialect = limitedBy(
        new SqliteDialect(url()), connection -> pooledBeforeTheEnd.add(connection.isClosed()));
    Readers.Kind kind = new Readers.Kind(
        "searches", 1, 0, Duration.ofSeconds(10), Optional.of(Duration.ofSeconds(10)));
    try (Readers searches = new Readers(dialect, new LogGate(), kind)) {
      try {
        searches.read(session -> session.first(sql, row -> row.getInt(1)));
      } catch (StoreException e) {
        assertThat(sql).isEqualTo("no sql");
      }
    }

    assertThat(pooledBeforeTheEnd).containsExactly(false);
  }

  /** Looks at a connection between the end of its query and the end of the query's limit. */
  private static Dialect limitedBy(Dialect real, ConnectionCheck check) {
    return (Dialect) Proxy.newProxyInstance(
        SearchTest.class.getClassLoader(),
        new Class<?>[] {Dialect.class},
        (proxy, method, given) -> {
          if (method.getName().equals("limited")) {
            Dialect.Work<?> work = (Dialect.Work<?>) given[2];
            return real.limited((Connection) given[0], (Duration) given[1], () -> {
              try {
                return work.run();
              } finally {
                check.look((Connection) given[0]);
              }
            });
          }
          return method.invoke(real, given);
        });
  }

  private interface ConnectionCheck {
    void look(Connection connection) throws SQLException;
  }

  @Test
  void searches_that_fill_all_their_places_leave_those_of_look_ups_free() throws Exception {
    try (JdbcStore store = JdbcStore.sqlite(MigratedFile.at(file()))) {
      int places = Readers.Kind.SEARCHES.connections();
      CountDownLatch begun = new CountDownLatch(places);
      CountDownLatch over = new CountDownLatch(1);
      List<Thread> searches = new ArrayList<>();
      for (int i = 0; i < places; i++) {
        searches.add(new Thread(() -> store.search(queries -> {
          begun.countDown();
          awaitQuietly(over);
          return true;
        })));
      }
      searches.forEach(Thread::start);
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(store.tokens().find("nobody's")).isEmpty();
      long parked = store.read(Queries::parkedCount);
      assertThat(parked).isZero();
      assertThat(store.accounts().all()).isEmpty();

      over.countDown();
      for (Thread each : searches) {
        each.join();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void texts_that_no_index_of_characters_can_find_are_searched_all_the_same() {
    try (JdbcStore store = JdbcStore.sqlite(MigratedFile.at(file()))) {
      for (String text :
          List.of("a", "日本", "a\u0000b", "\uD83C\uD83C\uD83C", "\"", "\"\"\"", "* OR NEAR(")) {
        List<?> found =
            store.search(queries -> queries.cases(withText(text), Optional.empty(), 10));
        assertThat(found).as(text).isEmpty();
      }
    }
  }

  private static CaseFilter withText(String text) {
    CaseFilter any = CaseFilter.any();
    return new CaseFilter(
        any.statuses(), any.kind(), any.customer(), any.assigneeId(), Optional.of(text));
  }

  @Test
  void each_frequent_query_uses_an_index() throws SQLException {
    JdbcStore.sqlite(MigratedFile.at(file())).close();
    SqlParts sql = new SqliteDialect(url()).sql();

    assertThat(plan("select number from case_search cross join support_case"
            + " on number = case_search.rowid where case_search match '\"abc\"'"
            + " and support_case.searchable like '%abc%' order by case_search.rowid desc limit 5"))
        .contains(
            "case_search VIRTUAL TABLE INDEX", "SEARCH support_case USING INTEGER PRIMARY KEY")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan("select number from support_case where 1 = 1 and assignee_id = 'ann'"
            + " order by number desc limit 5"))
        .contains("support_case_assignee")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan("select number from support_case where 1 = 1 and kind = 'BUG'"
            + " order by number desc limit 5"))
        .contains("support_case_kind")
        .doesNotContain("TEMP B-TREE");
    assertThat(plan("select count(*) from lane where parked_at is not null"))
        .contains("lane_parked");
    assertThat(plan(MessageTable.isShown(sql)))
        .contains("SEARCH a USING PRIMARY KEY", "message_deleted")
        .doesNotContain("SCAN");
    assertThat(plan(ConversationTable.positions(sql)))
        .contains("SEARCH c USING INDEX conversation_active", "SEARCH p USING PRIMARY KEY")
        .doesNotContain("SCAN", "TEMP B-TREE");
    assertThat(plan(ConversationTable.POSITION)).contains("SEARCH", "PRIMARY KEY");
  }

  private String plan(String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("explain query plan " + query)) {
      while (rows.next()) {
        plan.append(rows.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }

  private Path file() {
    return folder.resolve("relay.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }
}
