package dev.relay.jdbc;

import java.util.Collections;

/** Small parts of SQL. */
final class Sql {
  private static final int MAX_LIST = 1_000;

  private Sql() {}

  /** That many question marks. */
  static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** A limit of a list within the bounds of the contract. */
  static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_LIST));
  }

  /** A pattern for {@code like … escape '\'} that finds the text anywhere, whatever characters it has. */
  static String containing(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
