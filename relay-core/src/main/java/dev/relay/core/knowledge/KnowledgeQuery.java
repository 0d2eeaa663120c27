package dev.relay.core.knowledge;

import java.util.Locale;

/**
 * A question to the knowledge base.
 *
 * @param text the person's own words, unbounded and untrusted: the knowledge base caps what it reads of it
 * @param locale the person's language, a boost and not a filter
 * @param limit how many articles at the most, 1 to 50
 * @param reader whose eyes it is for: a customer never gets drafts or internal articles
 */
public record KnowledgeQuery(String text, Locale locale, int limit, Reader reader) {

  /** Refuses a limit outside 1 to 50 by an {@link IllegalArgumentException}. */
  public KnowledgeQuery {
    if (limit < 1 || limit > 50) {
      throw new IllegalArgumentException("the limit is 1 to 50, not " + limit);
    }
  }

  /** For whom the articles are searched. */
  public enum Reader {
    /** Sees public, finished articles. */
    CUSTOMER,
    /** Sees internal articles too, and drafts never. */
    AGENT
  }
}
