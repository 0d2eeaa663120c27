package dev.relay.jdbc;

import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.SqliteDialect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SQLite whose writer counts what it executes, and whose log is never begun anew, so that the log's growth is the number of pages that
 * were written. Used by one thread.
 */
final class CountingDatabase {
  /** The parts of SQLite's log: a header, then for each page a header and the page. */
  private static final long LOG_HEADER = 32;

  private static final long LOG_FRAME = 24 + 4_096;
  /** More pages than any test writes. */
  private static final int NO_CHECKPOINT = 10_000_000;

  private final SqliteDialect sqlite;
  private final Database database;
  private final Map<String, Long> statements = new TreeMap<>();
  private long commits;

  CountingDatabase(String url) {
    this.sqlite = new SqliteDialect(url, NO_CHECKPOINT);
    this.database = watched(
        Database.class,
        sqlite,
        (method, arguments, result) ->
            method.getName().equals("openWriter") ? counted((Connection) result) : result);
  }

  /** Returns the database whose writer is counted. */
  Database database() {
    return database;
  }

  /** Returns how often each statement was executed. */
  Map<String, Long> statements() {
    return new TreeMap<>(statements);
  }

  /** Returns the number of transactions that ended well. */
  long commits() {
    return commits;
  }

  /** Returns the number of pages in the log. */
  long pages() {
    return Math.max(0, sqlite.logLength() - LOG_HEADER) / LOG_FRAME;
  }

  private Connection counted(Connection writer) {
    return watched(Connection.class, writer, (method, arguments, result) -> {
      if (method.getName().equals("setAutoCommit") && Boolean.TRUE.equals(arguments[0])) {
        commits++;
      }
      return method.getName().equals("prepareStatement")
          ? counted(String.valueOf(arguments[0]), (PreparedStatement) result)
          : result;
    });
  }

  private PreparedStatement counted(String sql, PreparedStatement statement) {
    return watched(PreparedStatement.class, statement, (method, arguments, result) -> {
      if (method.getName().startsWith("execute")) {
        statements.merge(sql, 1L, Long::sum);
      }
      return result;
    });
  }

  /** What is done after a call, of which it returns the result. */
  interface After {
    @Nullable
    Object called(Method method, Object[] arguments, Object result);
  }

  static <T> T watched(Class<T> type, T real, After after) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          try {
            return after.called(method, arguments, method.invoke(real, arguments));
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        }));
  }
}
