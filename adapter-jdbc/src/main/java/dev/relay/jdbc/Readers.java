package dev.relay.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.relay.core.store.StoreException;
import java.sql.SQLException;
import java.util.function.Function;

/** A few connections that only read, each query on one snapshot. Thread-safe. */
final class Readers implements AutoCloseable {
  /** Reads are short; more connections than this would only compete for the same cores. */
  private static final int CONNECTIONS = 4;

  private static final long WAIT_MILLIS = 10_000;

  private final HikariDataSource pool;
  private final LogGate gate;

  Readers(Dialect dialect, LogGate gate) {
    this(pool(dialect), gate);
  }

  /** Reads from these connections; closes them when it is closed. */
  Readers(HikariDataSource pool, LogGate gate) {
    this.pool = pool;
    this.gate = gate;
  }

  private static HikariDataSource pool(Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("relay-readers");
    config.setDataSource(dialect.readers());
    // The pool sets the flag on every connection, and SQLite refuses any value other than the one
    // it was opened with.
    config.setReadOnly(true);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT_MILLIS);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException("the database cannot be opened: " + dialect.reason(e), e);
    }
  }

  <T> T read(Function<Session, T> query) {
    try (Session session = new Session(pool.getConnection())) {
      gate.enter();
      try {
        session.begin();
        T answer = query.apply(session);
        session.rollback();
        return answer;
      } finally {
        gate.leave();
      }
    } catch (SQLException e) {
      throw new StoreException("the database cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
