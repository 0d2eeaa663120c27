package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnowledgeBaseContractTest {

  @Nested
  class The_in_memory_knowledge_base extends KnowledgeBaseContract {
    @Override
    protected KnowledgeBase holding(List<Article> articles) {
      return new InMemoryKnowledgeBase(articles);
    }
  }

  @Test
  void finds_nothing_wrong_with_a_right_one() {
    assertThat(BrokenRules.of(Right.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Throws.class,
        Leaks.class,
        OverfullAndUnsorted.class,
        SureOfNothing.class,
        ForgetsDrafts.class,
        HidesInternal.class,
        LongPassages.class,
        ReadsTitlesOnly.class,
        FiltersByLanguage.class,
        NotThreadSafe.class,
        CountsAll.class,
        Repeats.class
      })
  void fails_exactly_the_rule_that_an_implementation_breaks(Class<? extends Wrong> wrong)
      throws ReflectiveOperationException {
    String rule = wrong.getDeclaredConstructor().newInstance().rule;
    assertThat(BrokenRules.of(wrong)).containsExactly(rule);
  }

  static class Right extends KnowledgeBaseContract {
    @Override
    protected KnowledgeBase holding(List<Article> articles) {
      return new InMemoryKnowledgeBase(articles);
    }
  }

  /** A right knowledge base with one thing changed. */
  abstract static class Wrong extends KnowledgeBaseContract {
    final String rule;

    Wrong(String rule) {
      this.rule = rule;
    }

    @Override
    protected KnowledgeBase holding(List<Article> articles) {
      return new Changed(articles);
    }

    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return right.search(query);
    }

    Optional<Article> article(KnowledgeBase right, ArticleId id, Locale locale) {
      return right.article(id, locale);
    }

    int size(KnowledgeBase right, List<Article> articles) {
      return right.size();
    }

    private final class Changed implements KnowledgeBase {
      private final KnowledgeBase right;
      private final List<Article> articles;

      Changed(List<Article> articles) {
        this.right = new InMemoryKnowledgeBase(articles);
        this.articles = articles;
      }

      @Override
      public SearchResult search(KnowledgeQuery query) {
        return Wrong.this.search(right, query, articles);
      }

      @Override
      public Optional<Article> article(ArticleId id, Locale locale) {
        return Wrong.this.article(right, id, locale);
      }

      @Override
      public int size() {
        return Wrong.this.size(right, articles);
      }
    }
  }

  private static SearchResult withHits(
      SearchResult result, Function<List<ArticleHit>, List<ArticleHit>> change) {
    List<ArticleHit> hits = change.apply(new ArrayList<>(result.hits()));
    return new SearchResult(hits, hits.isEmpty() ? 0 : result.confidence());
  }

  static final class Throws extends Wrong {
    Throws() {
      super("K1.1");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      if (query.text().contains("\"")) {
        throw new IllegalArgumentException("cannot parse the query");
      }
      return super.search(right, query, articles);
    }
  }

  static final class Leaks extends Wrong {
    Leaks() {
      super("K1.2");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return super.search(
          right,
          new KnowledgeQuery(query.text(), query.locale(), query.limit(), Reader.AGENT),
          articles);
    }
  }

  static final class OverfullAndUnsorted extends Wrong {
    OverfullAndUnsorted() {
      super("K1.3");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      SearchResult result = super.search(right, query, articles);
      return query.text().contains("keyboard")
          ? withHits(result, hits -> {
            Collections.reverse(hits);
            return hits;
          })
          : result;
    }
  }

  static final class SureOfNothing extends Wrong {
    SureOfNothing() {
      super("K1.4");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return new SearchResult(super.search(right, query, articles).hits(), 0.5);
    }
  }

  static final class ForgetsDrafts extends Wrong {
    ForgetsDrafts() {
      super("K1.5");
    }

    @Override
    Optional<Article> article(KnowledgeBase right, ArticleId id, Locale locale) {
      return super.article(right, id, locale).filter(Article::isForCustomers);
    }
  }

  static final class HidesInternal extends Wrong {
    HidesInternal() {
      super("K1.6");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return super.search(
          right,
          new KnowledgeQuery(query.text(), query.locale(), query.limit(), Reader.CUSTOMER),
          articles);
    }
  }

  static final class LongPassages extends Wrong {
    LongPassages() {
      super("K1.7");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return withHits(
          super.search(right, query, articles),
          hits -> hits.stream()
              .map(hit -> new ArticleHit(hit.article(), hit.article().body(), hit.score()))
              .toList());
    }
  }

  static final class ReadsTitlesOnly extends Wrong {
    ReadsTitlesOnly() {
      super("K1.8");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return query.text().contains("loading screen")
          ? SearchResult.none()
          : super.search(right, query, articles);
    }
  }

  static final class FiltersByLanguage extends Wrong {
    FiltersByLanguage() {
      super("K1.9");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      return withHits(
          super.search(right, query, articles),
          hits -> hits.stream()
              .filter(hit ->
                  hit.article().language().getLanguage().equals(query.locale().getLanguage()))
              .toList());
    }
  }

  static final class NotThreadSafe extends Wrong {
    private final AtomicInteger inside = new AtomicInteger();

    NotThreadSafe() {
      super("K1.10");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      try {
        if (inside.incrementAndGet() > 1) {
          throw new IllegalStateException("two threads at once");
        }
        return super.search(right, query, articles);
      } finally {
        inside.decrementAndGet();
      }
    }
  }

  static final class CountsAll extends Wrong {
    CountsAll() {
      super("K1.11");
    }

    @Override
    int size(KnowledgeBase right, List<Article> articles) {
      return articles.size();
    }
  }

  static final class Repeats extends Wrong {
    Repeats() {
      super("K1.12");
    }

    @Override
    SearchResult search(KnowledgeBase right, KnowledgeQuery query, List<Article> articles) {
      SearchResult result = super.search(right, query, articles);
      return query.text().contains("reembolso") && query.text().contains("refund")
          ? withHits(result, hits -> Collections.nCopies(2, hits.get(0)))
          : result;
    }
  }
}
