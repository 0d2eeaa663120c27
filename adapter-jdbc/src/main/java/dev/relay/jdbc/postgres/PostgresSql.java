package dev.relay.jdbc.postgres;

import dev.relay.core.store.Queries.Search;
import dev.relay.core.text.Cut;
import dev.relay.jdbc.file.SqlParts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** PostgreSQL's parts of statements, with its text search. */
final class PostgresSql implements SqlParts {
  /** A lexeme has at most 2,046 bytes, and a searched word at most 60 characters, which a shortened word still begins with. */
  private static final int LONGEST_WORD = 500;
  /** A tsvector has at most 1 MiB, with its different words in three bytes per character or fewer. */
  private static final int MOST_CHARACTERS = 300_000;

  @Override
  public String indexedBy(String index) {
    return "";
  }

  /** PostgreSQL's own functions end the whole query at the first text that is no JSON; quotes within a text are written as {@code \"}. */
  @Override
  public String jsonNumber(String column, String field) {
    return "cast(substring(" + column + " from '\"" + field + "\":([0-9]{1,18})') as bigint)";
  }

  @Override
  public String contains(String column) {
    return "strpos(" + column + ", ?) > 0";
  }

  @Override
  public String skippingLocked(String alias) {
    return " for update of " + alias + " skip locked";
  }

  @Override
  public boolean numbersEntriesByGreatest() {
    return false;
  }

  @Override
  public boolean hasTrigrams() {
    return false;
  }

  @Override
  public String hasWords(String table) {
    return "words @@ cast(? as tsquery)";
  }

  @Override
  public String wordQuery(List<String> words) {
    return words.stream()
        .map(word -> "'" + word + "'" + (Search.Words.isPrefix(word) ? ":*" : ""))
        .collect(Collectors.joining(" & "));
  }

  @Override
  public String putWords(String table, List<String> columns) {
    String values = columns.stream()
        .map(column -> column.equals("words") ? words() : "?")
        .collect(Collectors.joining(", "));
    String replaced = columns.stream()
        .filter(column -> !column.equals("rowid"))
        .map(column -> column + " = excluded." + column)
        .collect(Collectors.joining(", "));
    return "insert into " + table + " (" + String.join(", ", columns) + ") values (" + values
        + ") on conflict (rowid) do update set " + replaced;
  }

  @Override
  public String words() {
    return "array_to_tsvector(string_to_array(?, ' '))";
  }

  @Override
  public String wordValue(String folded) {
    Set<String> words = new LinkedHashSet<>();
    int characters = 0;
    for (String word : folded.split(" ", -1)) {
      String kept = Cut.to(word, LONGEST_WORD);
      if (kept.isEmpty() || words.contains(kept)) {
        continue;
      }
      characters += kept.length() + 1;
      if (characters > MOST_CHARACTERS) {
        break;
      }
      words.add(kept);
    }
    return String.join(" ", words);
  }
}
