package dev.relay.core.knowledge;

import dev.relay.core.id.ArticleId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The port to the brand's articles and their search. Thread-safe. The rules are in docs/knowledge-base-contract.md; the test
 * kit's KnowledgeBaseContract checks them.
 */
public interface KnowledgeBase {

  /**
   * Finds the articles that fit a question best. MUST NOT throw on any text (K1.1); MUST NOT show a customer a draft or an
   * internal article (K1.2); MUST return at most {@link KnowledgeQuery#limit()} hits, best first (K1.3); MUST return confidence 0
   * if and only if nothing matched (K1.4); SHOULD show an article once, in the language that fits best (K1.12).
   */
  SearchResult search(KnowledgeQuery query);

  /**
   * Returns the article with that id in the language nearest to the locale, for live agents: internal articles and drafts
   * included (K1.5).
   */
  Optional<Article> article(ArticleId id, Locale locale);

  /** Returns the number of articles that a customer's search covers at the moment (K1.11). */
  int size();

  /**
   * A question to the knowledge base.
   *
   * @param text the asker's own words, unbounded and untrusted: the knowledge base limits how much it reads
   * @param locale the asker's language; it ranks articles and filters none
   * @param limit the most articles to return, 1 to 50
   * @param reader the reader of the result: a customer never gets drafts or internal articles
   */
  record KnowledgeQuery(String text, Locale locale, int limit, Reader reader) {

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

  /**
   * The result of a search.
   *
   * @param hits best first; empty if nothing matched
   * @param confidence the confidence that the first hit answers the question: 0 (none) upwards, mostly below 1, comparable
   *     between questions; 0 if nothing matched
   */
  record SearchResult(List<ArticleHit> hits, double confidence) {

    /** Copies the list, so that the result cannot change. */
    public SearchResult {
      hits = List.copyOf(hits);
    }

    /** Returns an empty result. */
    public static SearchResult none() {
      return new SearchResult(List.of(), 0);
    }
  }

  /**
   * An article that matches a question.
   *
   * @param article the article
   * @param passage the part of it that answers, plain text of at most 400 characters, with a line for each paragraph
   * @param score the search engine's score, comparable only within one result
   */
  record ArticleHit(Article article, String passage, double score) {}
}
