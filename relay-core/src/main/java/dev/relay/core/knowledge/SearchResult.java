package dev.relay.core.knowledge;

import java.util.List;

/**
 * The result of a search.
 *
 * @param hits best first; empty if nothing matched
 * @param confidence the confidence that the first hit answers the question: 0 (none) upwards, mostly below 1, comparable
 *     between questions; 0 if nothing matched
 */
public record SearchResult(List<ArticleHit> hits, double confidence) {

  /** Copies the list, so that the result cannot change. */
  public SearchResult {
    hits = List.copyOf(hits);
  }

  /** Returns an empty result. */
  public static SearchResult none() {
    return new SearchResult(List.of(), 0);
  }
}
