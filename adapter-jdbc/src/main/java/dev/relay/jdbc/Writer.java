package dev.relay.jdbc;

import dev.relay.core.delivery.Health;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.jdbc.file.Database;
import dev.relay.jdbc.file.Dialect;
import dev.relay.jdbc.file.LogGate;
import dev.relay.jdbc.file.LogKeeper;
import dev.relay.jdbc.file.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only connection that writes. If the database fails, the connection is discarded and the next write opens another one, so
 * that the store recovers automatically once the disk has room again. Thread-safe.
 */
final class Writer implements AutoCloseable {
  /** The attempts at a transaction that others make fail. */
  private static final int ATTEMPTS = 5;

  /** Each waits for the reads of other processes for a tenth of a second. */
  private static final int LOG_ATTEMPTS = 20;

  private static final String PROBE = "update counter set value = value + 1 where name = 'probe'";

  private static final String LOG_IN_USE =
      "the database's log is being read, for example by a backup,"
          + " and could not be emptied: repeat the erasure";

  private final Dialect dialect;
  private final LogKeeper log;
  /** Fair, so that an attachment's chunks get their turn beside a busy engine. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private @Nullable Connection connection;
  private @Nullable Session session;
  /** Why the last real work failed; null if it succeeded. */
  private volatile @Nullable String failure;
  /** Whether that failure means that the database is damaged. */
  private volatile boolean damaged;

  private volatile boolean closed;
  /** The transactions so far. */
  private final AtomicLong written = new AtomicLong();

  Writer(Dialect dialect, LogGate gate) {
    this.dialect = dialect;
    this.log = new LogKeeper(dialect, gate);
  }

  <T> T write(Function<Session, T> work) {
    return write(work, true);
  }

  private <T> T write(Function<Session, T> work, boolean isReal) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write cannot begin within a write");
    }
    turn.lock();
    try {
      if (closed) {
        throw new StoreException("the store is closed");
      }
      written.incrementAndGet();
      return transact(opened(), work, isReal);
    } finally {
      turn.unlock();
    }
  }

  /** Returns the number of transactions so far, by which somebody else's can be noticed. */
  long written() {
    return written.get();
  }

  /**
   * Overwrites what the database still holds of rows that were removed or changed, and empties the log.
   *
   * @return why some of it may still be readable; empty if nothing is known to be
   */
  Optional<String> overwrite(Collection<String> tables, Database database) {
    // Each step rewrites a part, so that others can write in between.
    boolean isMerging = write(session -> database.mergeIndexes(session, true));
    while (isMerging) {
      isMerging = write(session -> database.mergeIndexes(session, false));
    }
    Optional<String> rest;
    try {
      rest = database.overwrite(tables);
    } catch (SQLException e) {
      throw new StoreException(
          "the database could not overwrite what was removed: " + dialect.reason(e), e);
    }
    for (int i = 0; i < LOG_ATTEMPTS; i++) {
      if (emptiesLog()) {
        return rest;
      }
    }
    return Optional.of(LOG_IN_USE);
  }

  /** Attempts to empty the log, in a turn of its own: others can write before the next attempt. */
  private boolean emptiesLog() {
    turn.lock();
    try {
      if (closed) {
        throw new StoreException("the store is closed");
      }
      var unused = opened();
      Connection open = connection;
      return open != null && log.empty(open);
    } finally {
      turn.unlock();
    }
  }

  /** Runs the work again if it failed only because of another transaction. */
  private <T> T transact(Session current, Function<Session, T> work, boolean isReal) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return attempt(current, work, isReal);
      } catch (StoreException e) {
        // Otherwise the session is no longer in use.
        if (!dialect.isConflict(e) || session != current) {
          throw e;
        }
      }
    }
    return attempt(current, work, isReal);
  }

  private <T> T attempt(Session current, Function<Session, T> work, boolean isReal) {
    T result;
    try {
      current.beginWriting();
      result = work.apply(current);
      current.commit();
    } catch (RuntimeException | Error e) {
      takeBack(current, e);
      throw e;
    }
    if (isReal) {
      failure = null;
      damaged = false;
    }
    Connection open = connection;
    if (open != null) {
      log.afterCommit(open);
    }
    return result;
  }

  /** Errors in here are added to the first error and do not replace it. */
  private void takeBack(Session current, Throwable first) {
    if (!current.hasFailed() || dialect.isUsableAfter(first)) {
      try {
        current.rollback();
        return;
      } catch (SQLException e) {
        first.addSuppressed(e);
      }
    }
    if (!(first instanceof BadData)) {
      damaged = dialect.isDamage(first);
      failure = damaged ? dialect.reason(first) : String.valueOf(first.getMessage());
    }
    session = null;
    connection = null;
    try {
      current.close();
    } catch (SQLException e) {
      first.addSuppressed(e);
    }
  }

  private Session opened() {
    Session current = session;
    if (current != null) {
      return current;
    }
    try {
      Connection opened = dialect.openWriter();
      Session fresh = new Session(opened, dialect);
      connection = opened;
      session = fresh;
      return fresh;
    } catch (SQLException e) {
      String reason = "the database cannot be opened: " + dialect.reason(e);
      failure = reason;
      throw new StoreException(reason, e);
    }
  }

  /**
   * Reports the health, which follows the real work. After a failure it attempts a small write, so that a recovery is noticed even without
   * other writes. Such a write proves nothing for a damaged database, of which it touches one page, nor on a disk that has room for just
   * that page.
   */
  Health health() {
    if (closed) {
      return Health.down("the store is closed");
    }
    String reason = failure;
    if (reason == null) {
      return Health.up();
    }
    if (damaged) {
      return Health.down(reason);
    }
    if (!dialect.hasRoom()) {
      return Health.down("the disk is full: " + reason);
    }
    try {
      write(current -> current.update(PROBE), false);
      failure = null;
      return Health.up();
    } catch (StoreException e) {
      return Health.down(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      Session current = session;
      Connection open = connection;
      session = null;
      connection = null;
      if (current != null && open != null) {
        try (current) {
          dialect.beforeClose(open);
        }
      }
    } catch (SQLException e) {
      throw new StoreException("the database did not close cleanly: " + e.getMessage(), e);
    } finally {
      turn.unlock();
    }
  }
}
