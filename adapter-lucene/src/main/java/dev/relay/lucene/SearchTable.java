package dev.relay.lucene;

import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import java.util.Locale;

/** Formats the result of a search for a terminal. */
public final class SearchTable {
  private SearchTable() {}

  /** Returns the confidence, then for each article its rank, score, id, language, title, passage and address. */
  public static String of(SearchResult result) {
    StringBuilder table =
        new StringBuilder(String.format(Locale.ROOT, "confidence %.3f%n", result.confidence()));
    int rank = 0;
    for (ArticleHit hit : result.hits()) {
      table.append(String.format(
          Locale.ROOT,
          "%2d. %7.3f  %s (%s)  %s%n",
          ++rank,
          hit.score(),
          hit.article().id(),
          hit.article().language().toLanguageTag(),
          printable(hit.article().title())));
      if (!hit.passage().isBlank()) {
        table.append(String.format(Locale.ROOT, "    %s%n", printable(hit.passage())));
      }
      hit.article()
          .url()
          .ifPresent(url -> table.append(String.format(Locale.ROOT, "    %s%n", url)));
    }
    return result.hits().isEmpty()
        ? table + String.format(Locale.ROOT, "nothing found%n")
        : table.toString();
  }

  /** Replaces control characters, which could steer a terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
