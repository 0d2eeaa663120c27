package dev.relay.jdbc.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The differences between databases. All other SQL is in the class of its table and is the same for SQLite and PostgreSQL. */
public interface Dialect {

  /** Returns the folder of the migrations on the class path. */
  String migrations();

  /** Returns the data source for migrations. */
  DataSource migrator();

  /** Opens a connection for writing. A transaction begins when its auto-commit is switched off, and keeps other writers out. */
  Connection openWriter() throws SQLException;

  /** Returns the data source for connections that only read. */
  DataSource readers();

  /** Runs work on a connection that only reads, and ends its queries with an error after that time. */
  <T> T limited(Connection reader, Duration limit, Work<T> work) throws SQLException;

  /** Work on a connection. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Returns the end of a query that locks rows of the alias and skips rows that others have locked. */
  String skippingLocked(String alias);

  /** Returns the reason of a failure to open or upgrade the database, for the operator, in one line. */
  String reason(Throwable failure);

  /** Checks whether a failure means that the database itself is damaged, which no later attempt mends. */
  boolean isDamage(Throwable failure);

  /** Checks whether the disk has room for more than one small write. */
  boolean hasRoom();

  /** Returns the length that the log should have at most, in bytes. */
  long logGoal();

  /** Returns the present length of the log, in bytes; 0 if the database keeps it short by itself. */
  long logLength();

  /** Copies the log into the database and empties it, without a long wait; returns false if a reader prevents it. */
  boolean restartLog(Connection writer) throws SQLException;

  /** Tidies up before the writer's connection is closed. */
  void beforeClose(Connection writer) throws SQLException;
}
