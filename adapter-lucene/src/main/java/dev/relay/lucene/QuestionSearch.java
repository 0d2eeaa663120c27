package dev.relay.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** One question and how it is searched in every language present. Used by one thread. */
final class QuestionSearch {
  static final Similarity SIMILARITY = new BM25Similarity();

  private static final int MAX_WORDS = 400;
  private static final int MAX_TERMS = 40;
  private static final float HEAD_BOOST = 2;
  private static final float TIE = 0.3f;
  private static final float LOCALE_BOOST = 1.2f;

  private final IndexSearcher searcher;
  private final Collection<Language> languages;
  private final String localeCode;
  private final Map<String, Map<String, Double>> weights = new LinkedHashMap<>();

  QuestionSearch(
      IndexSearcher searcher, Collection<Language> languages, String question, String localeCode)
      throws IOException {
    this.searcher = searcher;
    this.languages = languages;
    this.localeCode = localeCode;
    for (Language language : languages) {
      Map<String, Double> idf = new LinkedHashMap<>();
      int n = searcher.getIndexReader().numDocs();
      for (Language.Token token : language.tokens(question, MAX_WORDS)) {
        if (idf.size() < MAX_TERMS) {
          int df = 0;
          for (IndexField field :
              List.of(IndexField.TITLE, IndexField.QUESTIONS, IndexField.BODY)) {
            df = Math.max(
                df, searcher.getIndexReader().docFreq(new Term(field.in(language), token.term())));
          }
          idf.put(token.term(), Math.log(1 + (n - df + 0.5) / (df + 0.5)));
        }
      }
      weights.put(language.code(), idf);
    }
  }

  /** How much each term of the question tells. */
  Map<String, Double> weights(Language language) {
    return weights.getOrDefault(language.code(), Map.of());
  }

  ScoreDoc[] best(int articles, int limit) throws IOException {
    if (articles == 0) {
      return new ScoreDoc[0];
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (Language language : languages) {
      float boost = language.code().equals(localeCode) ? LOCALE_BOOST : 1;
      all.add(new BoostQuery(query(language), boost), Occur.SHOULD);
    }
    return searcher.search(all.build(), Math.min(articles, limit * 3)).scoreDocs;
  }

  private Query query(Language language) {
    BooleanQuery.Builder grams = new BooleanQuery.Builder();
    List<Query> fields = List.of(
        new BoostQuery(words(IndexField.TITLE, language), HEAD_BOOST),
        new BoostQuery(words(IndexField.QUESTIONS, language), HEAD_BOOST),
        words(IndexField.BODY, language));
    grams.add(new DisjunctionMaxQuery(fields, TIE), Occur.SHOULD);
    return grams.build();
  }

  private Query words(IndexField field, Language language) {
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    for (String term : weights(language).keySet()) {
      words.add(new TermQuery(new Term(field.in(language), term)), Occur.SHOULD);
    }
    return words.build();
  }

  double confidence(float score, Language language) {
    double ideal =
        weights(language).values().stream().mapToDouble(Double::doubleValue).sum();
    float boost = language.code().equals(localeCode) ? LOCALE_BOOST : 1;
    return ideal > 0 ? score / boost / ideal : 0;
  }
}
