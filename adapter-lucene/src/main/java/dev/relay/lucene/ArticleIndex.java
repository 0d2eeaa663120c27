package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.text.Cut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.ScoreDoc;

/** An immutable index of articles in any number of languages, kept in memory. Thread-safe. */
final class ArticleIndex {
  /** The length up to which questions are read, in UTF-16 units; Discord's longest message has 4,000. */
  private static final int MAX_QUESTION = 4_000;
  /** Prefers an article in the customer's own language to an equally good one in another. */
  private static final double OWN_LANGUAGE = 1.15;

  private final List<LanguageIndex> languages;
  private final int size;

  private ArticleIndex(List<LanguageIndex> languages, int size) {
    this.languages = languages;
    this.size = size;
  }

  /** A found article with everything needed for its passage and confidence. */
  private record Found(
      LanguageIndex index,
      AnalyzedQuestion question,
      IndexedArticle article,
      double score,
      double weighted) {
    ArticleId id() {
      return article.article().id();
    }

    Passages passages() {
      return new Passages(article, question, index);
    }
  }

  /** Indexes these articles. All of them can then be found, so leave out those that must not be. */
  static ArticleIndex of(List<Article> articles, Languages languages) {
    Map<Language, List<IndexedArticle>> byLanguage = new LinkedHashMap<>();
    for (IndexedArticle article :
        articles.parallelStream().map(IndexedArticle::of).toList()) {
      Language language = languages.of(article.article().language());
      byLanguage.computeIfAbsent(language, missing -> new ArrayList<>()).add(article);
    }
    List<LanguageIndex> indexes = new ArrayList<>();
    try {
      for (Map.Entry<Language, List<IndexedArticle>> entry : byLanguage.entrySet()) {
        indexes.add(LanguageIndex.of(entry.getKey(), entry.getValue()));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("indexing in memory", impossible);
    }
    return new ArticleIndex(List.copyOf(indexes), articles.size());
  }

  /** Returns the number of articles. */
  int size() {
    return size;
  }

  /** Finds the articles that fit a question best, each once, in the language that fits best. */
  SearchResult search(String text, Locale locale, int limit) {
    try {
      List<Found> found = find(Cut.to(text, MAX_QUESTION), locale.getLanguage(), limit);
      if (found.isEmpty()) {
        return SearchResult.none();
      }
      List<ArticleHit> hits = new ArrayList<>();
      for (Found one : found.subList(0, Math.min(limit, found.size()))) {
        hits.add(new ArticleHit(one.article().article(), one.passages().best(), one.weighted()));
      }
      double next = found.size() > 1 ? found.get(1).score() : 0;
      Found top = found.get(0);
      double confidence = Confidence.of(top.score(), next, top.question(), top.passages());
      return new SearchResult(hits, confidence);
    } catch (IOException impossible) {
      throw new UncheckedIOException("searching in memory", impossible);
    }
  }

  private List<Found> find(String question, String locale, int limit) throws IOException {
    List<Found> all = new ArrayList<>();
    for (LanguageIndex index : languages) {
      AnalyzedQuestion analyzed = AnalyzedQuestion.of(question, index);
      double weight = index.language().code().equals(locale) ? OWN_LANGUAGE : 1;
      // Asks for one more hit, to measure how far the first stands out.
      for (ScoreDoc hit : index.search(analyzed, limit + 1)) {
        all.add(new Found(index, analyzed, index.article(hit.doc), hit.score, hit.score * weight));
      }
    }
    all.sort(Comparator.comparingDouble(Found::weighted).reversed());
    Map<ArticleId, Found> best = new LinkedHashMap<>();
    all.forEach(found -> best.putIfAbsent(found.id(), found));
    return List.copyOf(best.values());
  }
}
