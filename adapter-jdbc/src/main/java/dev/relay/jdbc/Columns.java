package dev.relay.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads times and columns that may be null. */
final class Columns {
  private Columns() {}

  static Instant time(ResultSet row, int column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optionalTime(ResultSet row, int column) throws SQLException {
    return optionalLong(row, column).map(Instant::ofEpochMilli);
  }

  static Optional<Long> optionalLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  static Optional<String> optionalText(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }
}
