package dev.relay.http;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One public and one internal article; each is found if the question contains the first word of its title. */
final class TestKnowledge implements KnowledgeBase {
  private final List<Article> articles = List.of(
      article("reset-password", "Password reset", Article.Audience.PUBLIC),
      article("refund-rules", "Refund rules", Article.Audience.INTERNAL));

  @Override
  public SearchResult search(KnowledgeQuery query) {
    String text = query.text().toLowerCase(Locale.ROOT);
    List<ArticleHit> hits = articles.stream()
        .filter(
            article -> query.reader() == KnowledgeQuery.Reader.AGENT || article.isForCustomers())
        .filter(
            article -> text.contains(article.title().split(" ", -1)[0].toLowerCase(Locale.ROOT)))
        .map(article -> new ArticleHit(article, article.body(), 1.5))
        .toList();
    return hits.isEmpty() ? SearchResult.none() : new SearchResult(hits, 0.8);
  }

  @Override
  public Optional<Article> article(ArticleId id, Locale locale) {
    return articles.stream().filter(article -> article.id().equals(id)).findFirst();
  }

  @Override
  public int size() {
    return articles.size();
  }

  private static Article article(String id, String title, Article.Audience audience) {
    return new Article(
        new ArticleId(id),
        Locale.ENGLISH,
        title,
        List.of(),
        Set.of(),
        audience,
        Optional.empty(),
        Optional.of("https://example.org/" + id),
        false,
        "How it goes: " + title);
  }
}
