package dev.relay.jdbc.file;

import dev.relay.core.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** A place of Relay's tables: created, locked, upgraded and copied in the way of its kind. */
public interface Database extends Dialect {

  /**
   * Checks, without changing anything, whether a start could use the database: it can be reached, and its tables are Relay's and not those
   * of a newer one. A SQLite file is not opened, because that would create files beside it.
   *
   * @throws StoreException with the reason, on one line
   */
  void check();

  /** Creates what the database needs before a connection can be opened, if it does not exist. */
  void create();

  /**
   * Keeps other servers away from the database until the lock is closed.
   *
   * @throws StoreException if another store, in this process or another one, holds the lock
   */
  ServerLock lock();

  /** Refuses the database if another process serves from it although {@link #lock} succeeded. The lock is held. */
  void requireNoServer();

  /**
   * Refuses the database if a copy into it has not been completed.
   *
   * @throws StoreException also if the database cannot be reached
   */
  default void requireWhole() {
    // Nothing is copied into a file but by its own database.
  }

  /** Returns the migrations of this kind of database. */
  MigrationFiles migrations();

  /** Returns the data source for migrations. */
  DataSource migrator();

  /** Creates all tables in one transaction, unless the database has tables already; returns whether it did. */
  boolean createTables(Connection connection) throws SQLException;

  /** Checks whether a server that starts applies the migrations that are missing. Any server creates the tables of an empty database. */
  default boolean isUpgradedAtStart() {
    return true;
  }

  /** Applies the migrations that are missing. The lock is held. */
  void upgradeTables() throws SQLException;

  /** Returns warnings for the operator about the place of the data; usually none. */
  List<String> findings();

  /**
   * Does a part of the work after which the indexes hold nothing of rows that were removed; belongs to a transaction.
   *
   * @param begins whether it is the first part, which decides what belongs to the work: rows that were removed later do not
   * @return whether more is left
   */
  boolean mergeIndexes(Session session, boolean begins);

  /**
   * Overwrites what the database still holds of removed rows of those tables; called without a transaction.
   *
   * @return why some of it may still be readable; empty if nothing is known to be
   */
  Optional<String> overwrite(Collection<String> tables) throws SQLException;

  /**
   * Copies the database to a new file while it is in use.
   *
   * @throws StoreException if that is impossible
   */
  void backup(Path target);

  /** Keeps other servers away from a database. */
  interface ServerLock extends AutoCloseable {
    /** Releases the lock; does nothing if it is released already. */
    @Override
    void close();
  }
}
