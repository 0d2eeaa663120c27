package dev.relay.core.knowledge;

import dev.relay.core.id.ArticleId;
import java.util.Locale;
import java.util.Optional;

/**
 * The brand's articles and their search. Thread-safe. Rules: docs/knowledge-base-contract.md, checked by the test kit's
 * KnowledgeBaseContract.
 */
public interface KnowledgeBase {

  /**
   * Finds the articles that fit a question best. MUST NOT throw on any text (1.1); MUST NOT show a customer a draft or an
   * internal article (1.2); MUST answer at most {@link KnowledgeQuery#limit()} hits, best first (1.3); MUST answer
   * confidence 0 exactly where nothing matched (1.4); SHOULD show an article once, in the language that fits best (1.12).
   */
  SearchResult search(KnowledgeQuery query);

  /** The article of that id in the language nearest to the locale, for agents: internal ones and drafts included (1.5). */
  Optional<Article> article(ArticleId id, Locale locale);

  /** How many articles a customer's search goes through at the moment (1.11). */
  int size();
}
