package dev.relay.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The articles of one language in an index of their own. Immutable, thread-safe. */
final class LanguageIndex {
  /**
   * From this number of articles, word pairs and runs of characters of the bodies cost more than they find; title and questions
   * keep theirs.
   */
  private static final int LARGE = 5_000;

  /** The number of articles analysed at a time: enough to keep all processors busy, few enough to stay small. */
  private static final int BATCH = 256;

  private static final int BUFFER_MEGABYTES = 128;
  private static final int MAX_LOOKALIKES = 3;
  private static final int LONG_WORD = 8;

  private final Language language;
  private final List<IndexedArticle> articles;
  private final IndexSearcher searcher;

  private LanguageIndex(Language language, List<IndexedArticle> articles, IndexSearcher searcher) {
    this.language = language;
    this.articles = articles;
    this.searcher = searcher;
  }

  /** Indexes articles of one language. */
  static LanguageIndex of(Language language, List<IndexedArticle> articles) throws IOException {
    // Never closed: it is plain heap memory, freed when no search uses it any longer.
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    QuestionScoring scoring = new QuestionScoring();
    IndexWriterConfig configuration =
        new IndexWriterConfig().setSimilarity(scoring).setRAMBufferSizeMB(BUFFER_MEGABYTES);
    try (IndexWriter writer = new IndexWriter(directory, configuration)) {
      boolean partsOfBody = articles.size() < LARGE;
      for (int start = 0; start < articles.size(); start += BATCH) {
        List<ArticleTerms> batch =
            articles.subList(start, Math.min(start + BATCH, articles.size())).parallelStream()
                .map(article -> ArticleTerms.of(article, language, partsOfBody))
                .toList();
        for (ArticleTerms terms : batch) {
          writer.addDocument(terms.document());
        }
      }
      // One segment keeps the order of the documents, which is the order of the articles.
      writer.forceMerge(1);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(scoring);
    searcher.setQueryCache(null);
    return new LanguageIndex(language, articles, searcher);
  }

  Language language() {
    return language;
  }

  IndexedArticle article(int number) {
    return articles.get(number);
  }

  /** Returns how rare a term is among the articles, higher being rarer. A term of no article is the rarest. */
  double rarity(String term) throws IOException {
    int with = articlesWith(term);
    return Math.log(1 + (articles.size() - with + 0.5) / (with + 0.5));
  }

  /** Returns the number of articles in which a term occurs. */
  int articlesWith(String term) throws IOException {
    return searcher.getIndexReader().docFreq(new Term(IndexField.WORDS.name(), term));
  }

  /** Returns the known terms most similar to an unknown one: probably what the customer meant to type. */
  List<String> lookalikes(String unknown) throws IOException {
    @Nullable Terms terms = MultiTerms.getTerms(searcher.getIndexReader(), IndexField.WORDS.name());
    if (terms == null) {
      return List.of();
    }
    record Candidate(String term, float likeness, int articles) {}
    List<Candidate> candidates = new ArrayList<>();
    int slips = unknown.length() >= LONG_WORD ? 2 : 1;
    FuzzyTermsEnum found =
        new FuzzyTermsEnum(terms, new Term(IndexField.WORDS.name(), unknown), slips, 1, true);
    for (BytesRef term = found.next(); term != null; term = found.next()) {
      candidates.add(new Candidate(term.utf8ToString(), found.getBoost(), found.docFreq()));
    }
    float best =
        (float) candidates.stream().mapToDouble(Candidate::likeness).max().orElse(0);
    return candidates.stream()
        .filter(candidate -> candidate.likeness() >= best)
        .sorted(
            Comparator.comparingInt(Candidate::articles).reversed().thenComparing(Candidate::term))
        .limit(MAX_LOOKALIKES)
        .map(Candidate::term)
        .toList();
  }

  /** Returns the articles that fit a question best, by their numbers, best first. */
  ScoreDoc[] search(AnalyzedQuestion question, int limit) throws IOException {
    return searcher.search(question.query(), Math.min(limit, articles.size())).scoreDocs;
  }
}
