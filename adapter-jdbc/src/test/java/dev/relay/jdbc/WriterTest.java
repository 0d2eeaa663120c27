package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Dialect;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.Session;
import dev.relay.jdbc.file.SqlParts;
import dev.relay.jdbc.file.SqliteDialect;
import dev.relay.jdbc.file.SqliteFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriterTest {
  private static final int FAR_FROM_FULL = 1_000_000;

  @TempDir
  Path folder;

  private FailingDialect dialect;
  private Writer writer;

  @BeforeEach
  void open() {
    SqliteFile file = new SqliteFile(folder.resolve("relay.db"));
    file.create();
    dialect = new FailingDialect(new SqliteDialect(file.jdbcUrl()));
    writer = new Writer(dialect, new LogGate());
    writer.write(session -> session.update("create table line (number integer, text text)"));
    writer.write(session -> session.update("create table counter (name text, value bigint)"));
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void after_a_full_disk_nothing_is_lost_and_the_writer_recovers() {
    dialect.maxPages = 40;
    reopen();
    int acknowledged = 0;
    boolean full = false;
    while (!full) {
      try {
        insert(acknowledged, "x".repeat(2_000));
        acknowledged++;
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("full").hasCauseInstanceOf(SQLException.class);
        full = true;
      }
    }
    assertThat(acknowledged).isPositive();
    assertThatThrownBy(() -> insert(-1, "x".repeat(2_000))).isInstanceOf(StoreException.class);
    assertThat(count()).isEqualTo(acknowledged);

    dialect.maxPages = FAR_FROM_FULL;

    assertThat(writer.health().ready()).isTrue();
    insert(acknowledged, "there is room again");
    assertThat(count()).isEqualTo(acknowledged + 1);
  }

  @Test
  void health_is_down_from_the_failure_until_a_write_succeeds() {
    insert(1, "one");
    dialect.failsToCommit = true;
    reopen();

    assertThatThrownBy(() -> insert(2, "two")).isInstanceOf(StoreException.class);

    assertThat(writer.health().ready()).isFalse();
    assertThat(writer.health().detail()).contains("disk I/O error");
    dialect.failsToCommit = false;
    assertThat(writer.health().ready()).isTrue();
    insert(3, "three");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void a_damaged_database_is_reported_until_real_work_succeeds() {
    insert(1, "one");
    dialect.commitFailure = new SQLiteException("malformed", SQLiteErrorCode.SQLITE_CORRUPT);
    dialect.failsToCommit = true;
    reopen();
    assertThatThrownBy(() -> insert(2, "two")).isInstanceOf(StoreException.class);
    dialect.failsToCommit = false;

    assertThat(writer.health().ready()).as("a small write would succeed").isFalse();
    assertThat(writer.health().detail()).contains("is damaged", "restore a backup");
    assertThat(writer.health().ready()).as("however often it is asked").isFalse();

    insert(3, "three");
    assertThat(writer.health().ready()).isTrue();
  }

  @Test
  void a_disk_with_room_for_one_small_write_is_full() {
    dialect.failsToCommit = true;
    reopen();
    assertThatThrownBy(() -> insert(1, "one")).isInstanceOf(StoreException.class);
    dialect.failsToCommit = false;
    dialect.hasRoom = false;

    assertThat(writer.health().ready()).isFalse();
    assertThat(writer.health().detail()).contains("disk is full");

    dialect.hasRoom = true;
    assertThat(writer.health().ready()).isTrue();
  }

  @Test
  void the_first_error_is_not_masked_by_what_fails_after_it() {
    dialect.failsToCommit = true;
    dialect.failsToClose = true;
    reopen();

    assertThatThrownBy(() -> insert(1, "one"))
        .hasMessageContaining("disk I/O error")
        .satisfies(thrown -> assertThat(thrown.getSuppressed())
            .singleElement()
            .satisfies(each -> assertThat(each).hasMessageContaining("also broken")));
  }

  @Test
  void a_database_that_cannot_be_opened_is_opened_by_a_later_write() {
    insert(1, "one");
    dialect.failsToOpen = true;
    reopen();

    assertThatThrownBy(() -> insert(2, "two")).hasMessageContaining("cannot be opened");
    assertThat(writer.health().ready()).isFalse();
    dialect.failsToOpen = false;

    insert(3, "three");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void a_failed_statement_ends_the_transaction_even_if_the_work_swallows_the_error() {
    assertThatThrownBy(() -> writer.write(session -> {
          session.update("insert into line values (1, 'one')");
          try {
            session.update("insert into nothing values (1)");
          } catch (StoreException swallowed) {
            assertThatThrownBy(() -> session.update("insert into line values (2, 'two')"))
                .hasMessageContaining("already failed");
          }
          return true;
        }))
        .isInstanceOf(StoreException.class);

    assertThat(count()).isZero();
  }

  @Test
  void a_transaction_is_over_when_its_write_returns() {
    Session[] kept = new Session[1];
    writer.write(session -> {
      kept[0] = session;
      return true;
    });

    assertThatThrownBy(() -> kept[0].update("insert into line values (1, 'late')"))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Makes the next write open another connection, with the dialect's settings at that time. */
  private void reopen() {
    assertThatThrownBy(() -> writer.write(session -> session.update("no sql at all")))
        .isInstanceOf(StoreException.class);
  }

  private void insert(int number, String text) {
    writer.write(session -> session.update("insert into line values (?, ?)", number, text));
  }

  private int count() {
    return writer.write(session ->
        session.first("select count(*) from line", row -> row.getInt(1)).orElse(0));
  }

  /** SQLite with failures on demand. */
  private static final class FailingDialect implements Dialect {
    private final Dialect real;
    private int maxPages = FAR_FROM_FULL;
    private boolean failsToOpen;
    private boolean failsToCommit;
    private SQLException commitFailure = new SQLException("disk I/O error");
    private boolean hasRoom = true;
    private boolean failsToClose;

    FailingDialect(Dialect real) {
      this.real = real;
    }

    @Override
    public Connection openWriter() throws SQLException {
      if (failsToOpen) {
        throw new SQLException("gone");
      }
      Connection connection = real.openWriter();
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma max_page_count = " + maxPages);
      }
      return (Connection) Proxy.newProxyInstance(
          getClass().getClassLoader(),
          new Class<?>[] {Connection.class},
          (proxy, method, arguments) -> {
            boolean commits = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
            if (commits && failsToCommit) {
              throw commitFailure;
            }
            try {
              Object answer = method.invoke(connection, arguments);
              if (failsToClose && method.getName().equals("close")) {
                throw new SQLException("also broken");
              }
              return answer;
            } catch (InvocationTargetException e) {
              throw e.getTargetException();
            }
          });
    }

    @Override
    public SqlParts sql() {
      return real.sql();
    }

    @Override
    public void keepOthersOut(Connection writer) throws SQLException {
      real.keepOthersOut(writer);
    }

    @Override
    public boolean isRefusal(SQLException failure) {
      return real.isRefusal(failure);
    }

    @Override
    public boolean isConflict(Throwable failure) {
      return real.isConflict(failure);
    }

    @Override
    public boolean isUsableAfter(Throwable failure) {
      return real.isUsableAfter(failure);
    }

    @Override
    public DataSource readers() {
      return real.readers();
    }

    @Override
    public <T> T limited(Connection reader, Duration limit, Work<T> work) throws SQLException {
      return real.limited(reader, limit, work);
    }

    @Override
    public String reason(Throwable failure) {
      return real.reason(failure);
    }

    @Override
    public boolean isDamage(Throwable failure) {
      return real.isDamage(failure);
    }

    @Override
    public boolean hasRoom() {
      return hasRoom && real.hasRoom();
    }

    @Override
    public long logGoal() {
      return real.logGoal();
    }

    @Override
    public long logLength() {
      return real.logLength();
    }

    @Override
    public boolean restartLog(Connection writer) throws SQLException {
      return real.restartLog(writer);
    }

    @Override
    public void beforeClose(Connection writer) throws SQLException {
      real.beforeClose(writer);
    }
  }
}
