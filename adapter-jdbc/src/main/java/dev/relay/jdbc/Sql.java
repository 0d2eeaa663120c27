package dev.relay.jdbc;

import java.util.Collections;

/** Small parts of SQL. */
final class Sql {
  private static final int MAX_LIST = 1_000;

  private Sql() {}

  /** Returns that many question marks. */
  static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** Returns the limit of a list, kept within the contract's bounds. */
  static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_LIST));
  }

  /** Returns a pattern for {@code like … escape '\'} that matches the text anywhere, whatever characters it contains. */
  static String containing(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
