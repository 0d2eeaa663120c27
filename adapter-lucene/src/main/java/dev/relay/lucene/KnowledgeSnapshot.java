package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All articles at one moment. Immutable. Customers are served from an index of their own without anything they must not see: no
 * filter can be forgotten, and no word of an internal article affects their results.
 */
final class KnowledgeSnapshot {
  private final ArticleIndex forCustomers;
  private final ArticleIndex forAgents;
  private final Map<String, List<Article>> byId;
  private final List<Article> articles;
  private final List<ArticleProblem> problems;

  private KnowledgeSnapshot(
      ArticleIndex forCustomers,
      ArticleIndex forAgents,
      List<Article> articles,
      List<ArticleProblem> problems) {
    this.forCustomers = forCustomers;
    this.forAgents = forAgents;
    this.articles = articles;
    this.byId = articles.stream()
        .collect(Collectors.groupingBy(
            article -> article.id().value(), TreeMap::new, Collectors.toList()));
    this.problems = problems;
  }

  static KnowledgeSnapshot of(LoadedArticles loaded, Languages languages) {
    List<Article> finished =
        loaded.articles().stream().filter(article -> !article.draft()).toList();
    List<Article> open = finished.stream().filter(Article::isForCustomers).toList();
    ArticleIndex forCustomers = ArticleIndex.of(open, languages);
    ArticleIndex forAgents =
        open.size() == finished.size() ? forCustomers : ArticleIndex.of(finished, languages);
    return new KnowledgeSnapshot(forCustomers, forAgents, loaded.articles(), loaded.problems());
  }

  /** Returns a copy with one more problem. */
  KnowledgeSnapshot with(ArticleProblem problem) {
    List<ArticleProblem> more = new ArrayList<>(problems);
    more.add(problem);
    return new KnowledgeSnapshot(forCustomers, forAgents, articles, List.copyOf(more));
  }

  ArticleIndex index(Reader reader) {
    return reader == Reader.CUSTOMER ? forCustomers : forAgents;
  }

  List<ArticleProblem> problems() {
    return problems;
  }

  /** Returns all articles, internal ones and drafts included. */
  List<Article> articles() {
    return articles;
  }

  /** Returns the article in the reader's language, or else in English, or else in the language that comes first in the files. */
  Optional<Article> article(ArticleId id, Locale locale) {
    List<Article> versions = byId.getOrDefault(id.value(), List.of());
    return version(versions, locale)
        .or(() -> version(versions, Locale.ENGLISH))
        .or(() -> versions.stream().findFirst());
  }

  private static Optional<Article> version(List<Article> versions, Locale locale) {
    return versions.stream()
        .filter(article -> article.language().getLanguage().equals(locale.getLanguage()))
        .findFirst();
  }
}
