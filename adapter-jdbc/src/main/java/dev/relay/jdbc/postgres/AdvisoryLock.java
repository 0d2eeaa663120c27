package dev.relay.jdbc.postgres;

import dev.relay.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A lock that PostgreSQL keeps for a number. The second number is that of the schema, so that two schemas of one database do not concern
 * each other.
 */
enum AdvisoryLock {
  /** Held by the connection that writes for a server, as long as the connection lasts. */
  SERVING(0x52656c61),
  /** Held by one transaction that writes. */
  WRITING(0x52656c62);

  private static final String SCHEMA =
      "from pg_catalog.pg_namespace n where n.nspname = current_schema()";

  private final int number;

  AdvisoryLock(int number) {
    this.number = number;
  }

  /**
   * Lets each statement of the connection see what was committed before it, whatever the database's default is. Otherwise a transaction
   * would see the state from before its wait for the lock, and decide by what others have changed meanwhile.
   */
  static void prepareForWaiting(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  /** Waits for the lock, which the transaction then holds until it ends. */
  void keepUntilTheEnd(Connection connection) throws SQLException {
    take(connection, "pg_advisory_xact_lock");
  }

  /** Waits for the lock, which the connection then holds until it is closed. */
  void keep(Connection connection) throws SQLException {
    take(connection, "pg_advisory_lock");
  }

  private void take(Connection connection, String function) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(
            "select " + function + "(" + number + ", n.oid::integer) " + SCHEMA)) {
      if (!rows.next()) {
        throw noSchema();
      }
    }
  }

  /**
   * Ends the connections of that application that hold the lock: they are this process's own, which it has given up and whose end the
   * server has not noticed.
   */
  void endHolders(Connection connection, String application) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_terminate_backend(l.pid) from pg_catalog.pg_locks l"
            + " join pg_catalog.pg_stat_activity a on a.pid = l.pid"
            + " join pg_catalog.pg_namespace n on n.oid = l.objid and n.nspname = current_schema()"
            + " where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = "
            + number + " and l.pid <> pg_backend_pid() and a.application_name = ?")) {
      statement.setString(1, application);
      statement.executeQuery().close();
    }
  }

  static StoreException noSchema() {
    return new StoreException("the database has no schema of the user's search path: create one,"
        + " or name one by currentSchema in the address");
  }
}
