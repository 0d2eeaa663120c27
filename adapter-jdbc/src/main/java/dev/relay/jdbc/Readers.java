package dev.relay.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Dialect;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A few connections that only read, each query on one snapshot. Thread-safe. */
final class Readers implements AutoCloseable {
  private final HikariDataSource pool;
  private final Dialect dialect;
  private final LogGate gate;
  private final Kind kind;

  /**
   * What a group of connections is for.
   *
   * @param name the name, for messages
   * @param connections the number of connections
   * @param idle the number of connections that stay open without work
   * @param patience the longest wait for a connection
   * @param limit the longest time that a query may take; empty for no limit
   */
  record Kind(String name, int connections, int idle, Duration patience, Optional<Duration> limit) {
    /** Look-ups are short; more connections than this would only compete for the same cores. */
    static final Kind LOOK_UPS =
        new Kind("look-ups", 4, 1, Duration.ofSeconds(10), Optional.empty());
    /** Searches may read a whole table. With connections of their own they leave those of the look-ups, such as log-ins, alone. */
    static final Kind SEARCHES =
        new Kind("searches", 2, 0, Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(2)));
  }

  Readers(Dialect dialect, LogGate gate, Kind kind) {
    this(pool(dialect, kind), dialect, gate, kind);
  }

  /** Reads from these connections; closes them when it is closed. */
  Readers(HikariDataSource pool, Dialect dialect, LogGate gate, Kind kind) {
    this.pool = pool;
    this.dialect = dialect;
    this.gate = gate;
    this.kind = kind;
  }

  private static HikariDataSource pool(Dialect dialect, Kind kind) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("relay-" + kind.name());
    config.setDataSource(dialect.readers());
    // The pool sets the flag on every connection, and SQLite refuses any value other than the one
    // it was opened with.
    config.setReadOnly(true);
    dialect.readIsolation().ifPresent(config::setTransactionIsolation);
    config.setMaximumPoolSize(kind.connections());
    config.setMinimumIdle(kind.idle());
    config.setConnectionTimeout(kind.patience().toMillis());
    if (kind.idle() == 0) {
      // Opens the first connection when it is needed.
      config.setInitializationFailTimeout(-1);
    }
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException("the database cannot be opened: " + dialect.reason(e), e);
    }
  }

  <T> T read(Function<Session, T> query) {
    try (Connection connection = pool.getConnection();
        Session session = new Session(connection, dialect)) {
      // The limit ends before the session does: afterwards the connection is in the pool again, and
      // may belong to another query.
      return kind.limit().isPresent()
          ? dialect.limited(connection, kind.limit().get(), () -> read(session, query))
          : read(session, query);
    } catch (SQLTransientConnectionException e) {
      // The cause is the failure to open another connection.
      String reason = Optional.ofNullable(e.getCause())
          .map(dialect::reason)
          .orElseGet(() -> "too many " + kind.name() + " at once");
      throw new StoreException("the database cannot be read: " + reason, e);
    } catch (SQLException e) {
      throw new StoreException("the database cannot be read: " + e.getMessage(), e);
    }
  }

  private <T> T read(Session session, Function<Session, T> query) throws SQLException {
    gate.enter();
    try {
      session.begin();
      T answer = query.apply(session);
      session.rollback();
      return answer;
    } finally {
      gate.leave();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
