package dev.relay.core.knowledge;

import java.util.Locale;

/**
 * A question to the knowledge base.
 *
 * @param text the asker's own words, unbounded and untrusted: the knowledge base limits how much it reads
 * @param locale the asker's language; it ranks articles and filters none
 * @param limit the most articles to return, 1 to 50
 * @param reader the reader of the result: a customer never gets drafts or internal articles
 */
public record KnowledgeQuery(String text, Locale locale, int limit, Reader reader) {

  /**
   * Refuses a limit outside 1 to 50.
   *
   * @throws IllegalArgumentException if the limit is outside
   */
  public KnowledgeQuery {
    if (limit < 1 || limit > 50) {
      throw new IllegalArgumentException("the limit must be from 1 to 50; it is " + limit);
    }
  }

  /** The reader of a search result. */
  public enum Reader {
    /** Sees public, finished articles. */
    CUSTOMER,
    /** Sees internal articles too, but never drafts. */
    AGENT
  }
}
