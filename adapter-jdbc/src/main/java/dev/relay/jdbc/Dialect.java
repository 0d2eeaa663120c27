package dev.relay.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Where databases differ. All other SQL stands with the table it belongs to and is the same for SQLite and PostgreSQL.
 */
interface Dialect {

  /** The folder of the migrations on the class path. */
  String migrations();

  /** For migrations. */
  DataSource migrator();

  /** A connection to write with; a transaction begins where its auto-commit is switched off and then keeps writers out. */
  Connection openWriter() throws SQLException;

  /** Connections that can only read. */
  DataSource readers();

  /** Ends a query of rows of the alias that are to be taken from among those that nobody else is taking. */
  String skippingLocked(String alias);

  /** Does what should be done when the last work is over. */
  void beforeClose(Connection writer) throws SQLException;
}
