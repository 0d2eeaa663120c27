package dev.relay.jdbc.file;

import java.util.List;

/** The parts of statements that differ between databases. All other SQL is in the class of its table. Stateless. */
public interface SqlParts {

  /** Returns what follows the name of a table, so that the planner begins with that index; empty if its own choice is right. */
  String indexedBy(String index);

  /**
   * Returns an expression for a number in a column of JSON; null if there is none, or if the text is no JSON. An index may use it.
   *
   * @param field the name of a field of the document itself, whose value is a number in no other object of the document
   */
  String jsonNumber(String column, String field);

  /** Returns a condition with one parameter: the column contains that text, exactly as it is written. */
  String contains(String column);

  /** Returns the end of a query that locks rows of the alias and skips rows that others have locked. */
  String skippingLocked(String alias);

  /**
   * Checks whether the id of a new entry is one more than the greatest, so that it is known before the row is written: true if nobody else
   * can write during a transaction.
   */
  boolean numbersEntriesByGreatest();

  /** Checks whether the table {@code case_search} finds cases by three characters in a row. */
  boolean hasTrigrams();

  /** Returns a condition with one parameter, {@link #wordQuery}, for a table of words. */
  String hasWords(String table);

  /** Returns the query for a table of words. The words are folded and have letters and digits alone, so nothing in it is an operator. */
  String wordQuery(List<String> words);

  /**
   * Returns a statement that stores the words of a row, whether or not the row exists.
   *
   * @param columns {@code rowid}, {@code words}, and others, in the order of the parameters
   */
  String putWords(String table, List<String> columns);

  /** Returns the value of the column {@code words}, with one parameter, {@link #wordValue}. */
  String words();

  /** Returns the parameter for folded words that are separated by spaces. */
  String wordValue(String folded);
}
