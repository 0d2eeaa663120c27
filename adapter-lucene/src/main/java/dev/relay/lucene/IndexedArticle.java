package dev.relay.lucene;

import dev.relay.core.knowledge.Article;
import java.util.List;

/**
 * An article and its text without markup.
 *
 * @param article the article
 * @param paragraphs its body as plain text
 */
record IndexedArticle(Article article, List<Paragraph> paragraphs) {

  static IndexedArticle of(Article article) {
    return new IndexedArticle(article, PlainText.of(article.body()));
  }
}
