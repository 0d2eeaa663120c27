package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.core.text.Cut;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements, each prepared once. Database errors become {@link StoreException}s that name the
 * statement but never its values; a violated constraint becomes a {@link BadData}. After an error the session refuses further work, because the database may have ended the
 * transaction. Not thread-safe.
 */
public final class Session implements AutoCloseable {
  private static final int SHOWN_SQL = 40;
  /** The rows that one statement writes or looks up at most: the events of a group of the engine. */
  private static final int MOST_ROWS = 64;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  /** The rows that were put off, by their keys, in the order in which they came. */
  private final Map<Rows, Map<Object, Object[]>> later = new LinkedHashMap<>();

  private boolean active;
  private long rollbacks;
  private boolean failed;

  /** Takes over the connection. */
  public Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Returns the parts of statements that differ between databases. */
  public SqlParts sql() {
    return dialect.sql();
  }

  /**
   * Returns a number that is another one after other connections have committed; empty if the database has none. Asked in the transaction for
   * which it is to hold.
   */
  public OptionalLong commitsOfOthers() {
    return dialect.commitsOfOthers(this);
  }

  /** Begins a transaction that only reads. */
  public void begin() {
    try {
      connection.setAutoCommit(false);
      active = true;
    } catch (SQLException e) {
      throw failure("begin a transaction", e);
    }
  }

  /** Begins a transaction that writes, and keeps other writers out until it ends. */
  public void beginWriting() {
    begin();
    try {
      dialect.keepOthersOut(connection);
    } catch (SQLException e) {
      throw failure("begin to write", e);
    }
  }

  /** Ends the transaction. When this returns, its changes are durable. */
  public void commit() {
    flush();
    checkUsable();
    active = false;
    try {
      // In JDBC this commits. SQLite's own commit() would begin the next transaction at once and
      // keep the file locked.
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failure("commit", e);
    }
  }

  /** Rolls the transaction back. */
  public void rollback() throws SQLException {
    active = false;
    later.clear();
    rollbacks++;
    connection.rollback();
    connection.setAutoCommit(true);
    failed = false;
  }

  /** Returns the number of transactions that were rolled back. */
  public long rollbacks() {
    return rollbacks;
  }

  /** Checks whether the database has reported an error, after which the connection must not be used. */
  public boolean hasFailed() {
    return failed;
  }

  /** Returns the first row. */
  public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) {
    try (ResultSet result = bound(sql, parameters).executeQuery()) {
      return result.next() ? Optional.of(row.read(result)) : Optional.empty();
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /** Returns all rows. */
  public <T> List<T> list(String sql, Row<T> row, @Nullable Object... parameters) {
    try (ResultSet result = bound(sql, parameters).executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /** Changes rows; returns how many. */
  public int update(String sql, @Nullable Object... parameters) {
    try {
      return bound(sql, parameters).executeUpdate();
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  /**
   * Puts a row off, to be written in one statement with others: before any statement that contains the name of the table, and before the
   * commit. If it cannot be written, the transaction fails then.
   *
   * @param key tells the row from others of the same statement; a second row of one key is written after the first
   */
  public void later(Rows rows, Object key, @Nullable Object... parameters) {
    checkUsable();
    Map<Object, Object[]> known = later.get(rows);
    if (known != null && known.containsKey(key)) {
      flush();
    }
    later.computeIfAbsent(rows, unused -> new LinkedHashMap<>()).put(key, parameters);
  }

  /** Writes the rows that were put off. */
  public void flush() {
    if (later.isEmpty()) {
      return;
    }
    Map<Rows, Map<Object, Object[]>> all = new LinkedHashMap<>(later);
    later.clear();
    all.forEach((rows, each) -> write(rows, List.copyOf(each.values())));
  }

  private void write(Rows rows, List<Object[]> values) {
    int written = 0;
    while (written < values.size()) {
      int count = Math.min(MOST_ROWS, Integer.highestOneBit(values.size() - written));
      int changed = update(rows.sql(count), joined(values.subList(written, written + count)));
      if (rows.changesAll() && changed != count) {
        throw new StoreException(
            "a row of the table " + rows.table() + " is not what it was when it was read");
      }
      written += count;
    }
  }

  /** Returns the rows of any number of keys, in few statements; a row may come twice. */
  public <T> List<T> lookUp(Rows query, Row<T> row, List<Object[]> keys) {
    List<T> found = new ArrayList<>();
    for (int done = 0; done < keys.size(); done += MOST_ROWS) {
      List<Object[]> some =
          new ArrayList<>(keys.subList(done, Math.min(done + MOST_ROWS, keys.size())));
      // So that there are few statements to prepare.
      while (Integer.bitCount(some.size()) > 1) {
        some.add(some.get(0));
      }
      found.addAll(list(query.sql(some.size()), row, joined(some)));
    }
    return found;
  }

  private static Object[] joined(List<Object[]> rows) {
    return rows.stream().flatMap(Arrays::stream).toArray();
  }

  private void writeRowsOf(String sql) {
    for (Rows rows : later.keySet()) {
      if (sql.contains(rows.table())) {
        flush();
        return;
      }
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object[] parameters) throws SQLException {
    checkUsable();
    writeRowsOf(sql);
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(place, Types.NULL);
    } else if (value instanceof String text) {
      // Ids of other systems can contain anything; they are cleaned wherever they are compared,
      // too.
      statement.setString(place, Cut.wellFormed(text));
    } else if (value instanceof Long number) {
      statement.setLong(place, number);
    } else if (value instanceof Integer number) {
      statement.setInt(place, number);
    } else if (value instanceof Boolean flag) {
      statement.setInt(place, flag ? 1 : 0);
    } else if (value instanceof Instant time) {
      statement.setLong(place, time.toEpochMilli());
    } else if (value instanceof Optional<?> optional) {
      bind(statement, place, optional.orElse(null));
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(place, bytes);
    } else {
      throw new IllegalArgumentException(
          "a parameter cannot be a " + value.getClass().getName());
    }
  }

  private void checkUsable() {
    if (failed) {
      throw new StoreException("the transaction has already failed");
    }
    if (!active) {
      throw new IllegalStateException("the transaction is over");
    }
  }

  /** A constraint would be violated again by the same work; anything else may have gone by then. */
  private RuntimeException failure(String tried, SQLException e) {
    failed = true;
    String message =
        "the database failed at \"" + Cut.withEllipsis(tried, SHOWN_SQL) + "\": " + e.getMessage();
    return dialect.isRefusal(e) ? new BadData(message, e) : new StoreException(message, e);
  }

  /** Returns the connection to its pool or closes it; uncommitted changes are rolled back. */
  @Override
  public void close() throws SQLException {
    active = false;
    try (connection) {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    }
  }

  /** Converts a row to a value. */
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
