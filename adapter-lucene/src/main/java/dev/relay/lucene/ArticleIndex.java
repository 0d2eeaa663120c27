package dev.relay.lucene;

import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.ArticleHit;
import dev.relay.core.knowledge.ArticleId;
import dev.relay.core.knowledge.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;

/** An immutable index of articles, kept in memory. Thread-safe. */
final class ArticleIndex {
  /** Questions are read up to here; Discord's longest message has 4,000 characters. */
  private static final int MAX_QUESTION = 4_000;

  private static final int INDEX_BUFFER_MEGABYTES = 64;

  private final List<IndexedArticle> articles;
  private final IndexSearcher searcher;
  private final Map<String, Language> languages;
  private final Passages passages = new Passages();

  private record IndexedArticle(Article article, Language language, List<Paragraph> paragraphs) {}

  private ArticleIndex(
      List<IndexedArticle> articles, IndexSearcher searcher, Map<String, Language> languages) {
    this.articles = articles;
    this.searcher = searcher;
    this.languages = languages;
  }

  /** Indexes articles, all of which can then be found: leave out what must not be. */
  static ArticleIndex of(List<Article> articles, Languages languages) {
    List<IndexedArticle> indexed = new ArrayList<>(articles.size());
    Map<String, Language> present = new LinkedHashMap<>();
    // Never closed: it is plain heap memory, freed once no search uses it any more.
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (FieldAnalyzers analyzers = new FieldAnalyzers();
        IndexWriter writer = new IndexWriter(
            directory,
            new IndexWriterConfig(analyzers)
                .setSimilarity(QuestionSearch.SIMILARITY)
                .setRAMBufferSizeMB(INDEX_BUFFER_MEGABYTES))) {
      for (Article article : articles) {
        Language language = languages.of(article.language());
        present.putIfAbsent(language.code(), language);
        analyzers.add(language);
        List<Paragraph> paragraphs = PlainText.of(article.body());
        indexed.add(new IndexedArticle(article, language, paragraphs));
        writer.addDocument(document(article, language, paragraphs));
      }
      // One segment keeps the order of the documents, which is the order of the articles.
      writer.forceMerge(1);
      writer.commit();
      IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
      searcher.setSimilarity(QuestionSearch.SIMILARITY);
      searcher.setQueryCache(null);
      return new ArticleIndex(indexed, searcher, present);
    } catch (IOException impossible) {
      throw new UncheckedIOException("indexing in memory", impossible);
    }
  }

  private static Document document(Article article, Language language, List<Paragraph> paragraphs) {
    Document document = new Document();
    String body = String.join("\n", paragraphs.stream().map(Paragraph::text).toList());
    String questions = String.join("\n", article.questions());
    document.add(text(IndexField.TITLE, language, article.title()));
    document.add(text(IndexField.QUESTIONS, language, questions));
    document.add(text(IndexField.BODY, language, body));
    document.add(
        text(IndexField.GRAMS, language, article.title() + "\n" + questions + "\n" + body));
    return document;
  }

  private static Field text(IndexField field, Language language, String text) {
    return new TextField(field.in(language), text, Field.Store.NO);
  }

  /** How many articles there are. */
  int size() {
    return articles.size();
  }

  /** Finds the articles that fit a question best; reads at most its first 4,000 characters. */
  SearchResult search(String text, Locale locale, int limit) {
    String question = text.length() > MAX_QUESTION ? text.substring(0, MAX_QUESTION) : text;
    try {
      QuestionSearch search =
          new QuestionSearch(searcher, languages.values(), question, locale.getLanguage());
      Map<ArticleId, ArticleHit> hits = new LinkedHashMap<>();
      double confidence = 0;
      for (ScoreDoc found : search.best(articles.size(), limit)) {
        IndexedArticle indexed = articles.get(found.doc);
        if (hits.isEmpty()) {
          confidence = search.confidence(found.score, indexed.language());
        }
        if (hits.size() < limit && !hits.containsKey(indexed.article().id())) {
          String passage = passages.best(
              indexed.paragraphs(), indexed.language(), search.weights(indexed.language()));
          hits.put(indexed.article().id(), new ArticleHit(indexed.article(), passage, found.score));
        }
      }
      return new SearchResult(List.copyOf(hits.values()), confidence);
    } catch (IOException impossible) {
      throw new UncheckedIOException("searching in memory", impossible);
    }
  }
}
