package dev.relay.jdbc.copy;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * What a table holds: the number of its rows, and the sum of their SHA-256 hashes. The order of the rows does not matter, because the
 * databases need not agree about it. The hashes are computed here and not by the databases, whose functions differ.
 *
 * @param rows the number of rows
 * @param hash 64 hexadecimal digits
 */
record Content(long rows, String hash) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
  /** Rows that the driver reads at once: rows with contents have up to some hundred kilobytes each. */
  private static final int FETCHED = 1_000;

  private static final int FETCHED_WITH_BYTES = 20;

  /** Reads the whole table. The connection is in a transaction, so that the driver does not read all rows at once. */
  static Content of(Connection connection, Table table) throws SQLException {
    MessageDigest digest = sha256();
    BigInteger sum = BigInteger.ZERO;
    long count = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(table.hasBytes() ? FETCHED_WITH_BYTES : FETCHED);
      try (ResultSet rows = statement.executeQuery(table.all())) {
        while (rows.next()) {
          Table.Row.read(table.columns(), rows).addTo(digest);
          sum = sum.add(new BigInteger(1, digest.digest()));
          count++;
        }
      }
    }
    return new Content(count, String.format(Locale.ROOT, "%064x", sum.mod(MODULUS)));
  }

  /** Returns a new SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
