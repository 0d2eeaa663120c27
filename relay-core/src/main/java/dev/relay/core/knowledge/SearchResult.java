package dev.relay.core.knowledge;

import java.util.List;

/**
 * What the knowledge base found.
 *
 * @param hits best first; empty where nothing matched
 * @param confidence how sure the knowledge base is that the first hit answers the question: 0 (not at all) upwards, mostly
 *     below 1, comparable between questions; 0 where nothing matched
 */
public record SearchResult(List<ArticleHit> hits, double confidence) {

  /** Copies the list, so that the result cannot change. */
  public SearchResult {
    hits = List.copyOf(hits);
  }

  /** Nothing found. */
  public static SearchResult none() {
    return new SearchResult(List.of(), 0);
  }
}
