package dev.relay.jdbc.copy;

import dev.relay.jdbc.copy.Table.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;

/** The SQLite database that is copied: one moment of it, because the transaction that reads keeps writers out. */
final class Source implements AutoCloseable {
  /** The row of the first migration never changes, and backups and moved files keep it. */
  private static final String CREATED =
      "select script, installed_on from flyway_schema_history" + " order by installed_rank limit 1";

  private final Connection connection;

  /** Takes over a connection for writing; nothing is written. */
  Source(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
  }

  /** Returns what tells the database from every other one: a hash of the moment at which its tables were created. */
  String origin() throws SQLException {
    MessageDigest digest = Content.sha256();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CREATED)) {
      while (rows.next()) {
        digest.update(
            (rows.getString(1) + ' ' + rows.getString(2)).getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  long count(Table table) throws SQLException {
    return number(table.count());
  }

  /** Passes on the rows behind that key, or all, in the order of the key. */
  void read(Table table, Optional<Row> behind, Rows to) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(behind.isPresent() ? table.behind() : table.inOrder())) {
      if (behind.isPresent()) {
        behind.get().bind(statement);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          to.row(Row.read(table.columns(), rows));
        }
      }
    }
  }

  Content content(Table table) throws SQLException {
    return Content.of(connection, table);
  }

  /** Returns the greatest number that was given to a row, whether or not the row still exists. */
  Target.Numbers numbers(Table table, String column) throws SQLException {
    return new Target.Numbers(
        table.name(),
        column,
        number("select max(coalesce((select max(\"" + column + "\") from " + table.name()
            + "), 0), coalesce((select seq from sqlite_sequence where name = '" + table.name()
            + "'), 0))"));
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Ends the transaction. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }

  /** Receives rows. */
  interface Rows {
    void row(Row row) throws SQLException;
  }
}
