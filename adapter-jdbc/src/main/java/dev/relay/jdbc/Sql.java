package dev.relay.jdbc;

import dev.relay.core.id.QueueName;
import dev.relay.core.team.Team;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Small parts of SQL. */
final class Sql {
  private static final int MAX_LIST = 1_000;
  private static final int TRIGRAM = 3;

  private Sql() {}

  /** Returns that many question marks. */
  static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  /** Adds the condition that a reader may see a row: it is in one of their queues, or their own. */
  static void within(Team.Scope scope, String owner, StringBuilder sql, List<Object> parameters) {
    if (!scope.hidden().isEmpty()) {
      sql.append(" and (team not in (")
          .append(places(scope.hidden().size()))
          .append(") or ")
          .append(owner)
          .append(" = ?)");
      scope.hidden().stream().map(QueueName::value).sorted().forEach(parameters::add);
      parameters.add(scope.agent());
    }
  }

  /** Returns the limit of a list, kept within the contract's bounds. */
  static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_LIST));
  }

  /**
   * Returns the full-text query for texts that contain this one; empty if an index of three characters in a row cannot find it. The index
   * finds too much rather than too little, because it ignores more differences of letters than the contract.
   */
  static Optional<String> trigrams(String text) {
    boolean isLong = text.codePointCount(0, text.length()) >= TRIGRAM;
    boolean isText =
        text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    return isLong && isText
        ? Optional.of("\"" + text.toLowerCase(Locale.ROOT).replace("\"", "\"\"") + "\"")
        : Optional.empty();
  }

  /** Returns a pattern for {@code like … escape '\'} that matches the text anywhere, whatever characters it contains. */
  static String containing(String text) {
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
