package dev.relay.jdbc.file;

import dev.relay.core.store.Queries.Search;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** SQLite's parts of statements, with its full-text index FTS5. */
final class SqliteSql implements SqlParts {

  @Override
  public String indexedBy(String index) {
    return " indexed by " + index;
  }

  @Override
  public String jsonNumber(String column, String field) {
    return "case when json_valid(" + column + ") then json_extract(" + column + ", '$." + field
        + "') end";
  }

  @Override
  public String contains(String column) {
    return "instr(" + column + ", ?) > 0";
  }

  @Override
  public String skippingLocked(String alias) {
    return "";
  }

  @Override
  public boolean numbersEntriesByGreatest() {
    return true;
  }

  @Override
  public boolean hasTrigrams() {
    return true;
  }

  @Override
  public String hasWords(String table) {
    return table + " match ?";
  }

  @Override
  public String wordQuery(List<String> words) {
    return words.stream()
        .map(word -> '"' + word + '"' + (Search.Words.isPrefix(word) ? "*" : ""))
        .collect(Collectors.joining(" "));
  }

  @Override
  public String putWords(String table, List<String> columns) {
    return "insert or replace into " + table + " (" + String.join(", ", columns) + ") values ("
        + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
  }

  @Override
  public String words() {
    return "?";
  }

  @Override
  public String wordValue(String folded) {
    return folded;
  }
}
