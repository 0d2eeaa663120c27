package dev.relay.jdbc.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** The connections, failures and log of one kind of database. */
public interface Dialect {

  /** Returns the parts of statements that differ between databases. */
  SqlParts sql();

  /** Opens a connection for writing. A transaction begins when its auto-commit is switched off. */
  Connection openWriter() throws SQLException;

  /** Keeps other writers, in this process and others, out of the database until the transaction that has just begun ends. */
  void keepOthersOut(Connection writer) throws SQLException;

  /** Checks whether the same statement would be refused again with the same values. */
  boolean isRefusal(SQLException failure);

  /** Checks whether the transaction failed only because of another one, so that it can be run again at once. */
  boolean isConflict(Throwable failure);

  /** Checks whether the connection can be used further, after a rollback. */
  boolean isUsableAfter(Throwable failure);

  /** Returns the data source for connections that only read. */
  DataSource readers();

  /** Returns the isolation in which reads see one state, by the name of its JDBC constant; empty if every transaction does. */
  default Optional<String> readIsolation() {
    return Optional.empty();
  }

  /** Runs work on a connection that only reads, and ends its queries with an error after that time. */
  <T> T limited(Connection reader, Duration limit, Work<T> work) throws SQLException;

  /** Work on a connection. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Returns a number that is another one after other connections have committed; empty if the database has none, so that nothing that a
   * transaction has read may be kept for the next one.
   */
  default OptionalLong commitsOfOthers(Session session) {
    return OptionalLong.empty();
  }

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
