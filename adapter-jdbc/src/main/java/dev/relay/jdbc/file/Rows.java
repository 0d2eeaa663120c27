package dev.relay.jdbc.file;

import java.util.Collections;

/**
 * A statement that writes any number of rows of one table. Immutable.
 *
 * @param table the table that it changes; every statement that reads or changes it contains this name
 * @param before the part before the rows
 * @param row one row with its parameters, for example {@code (?, ?)}
 * @param after the part after the rows
 * @param changesAll whether the statement must change a row for each row that it is given
 */
public record Rows(String table, String before, String row, String after, boolean changesAll) {

  /** Returns the statement for that many rows. */
  public String sql(int rows) {
    return before + String.join(", ", Collections.nCopies(rows, row)) + after;
  }
}
