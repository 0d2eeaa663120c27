package dev.relay.lucene.evaluation;

import dev.relay.core.id.ArticleId;
import java.util.Locale;
import java.util.Set;

/**
 * A question whose right articles are known.
 *
 * @param text the question as a customer would ask it
 * @param language the customer's language
 * @param articles the articles that answer it; empty if the question is out of scope
 */
public record EvaluationQuestion(String text, Locale language, Set<ArticleId> articles) {

  /** Copies the articles, so that the question cannot change. */
  public EvaluationQuestion {
    articles = Set.copyOf(articles);
  }

  /** Checks whether an article answers the question. */
  public boolean isInScope() {
    return !articles.isEmpty();
  }
}
