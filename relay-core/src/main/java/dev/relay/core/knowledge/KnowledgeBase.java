package dev.relay.core.knowledge;

import dev.relay.core.id.ArticleId;
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
}
