package dev.relay.lucene;

import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.PerFieldSimilarityWrapper;
import org.apache.lucene.search.similarities.Similarity;

/**
 * Okapi BM25 with k1 = 1 and b = .75. In the fields that authors write, the rarity of a word is that in whole articles, not in
 * the field: the query carries it, so that title, questions and text use the same measure.
 */
final class QuestionScoring extends PerFieldSimilarityWrapper {
  private static final float SATURATION = 1;
  private static final float LENGTH = 0.75f;

  private final Similarity rareness = new BM25Similarity(SATURATION, LENGTH);

  private final Similarity frequencyOnly = new BM25Similarity(SATURATION, LENGTH) {
    @Override
    public Explanation idfExplain(CollectionStatistics collection, TermStatistics term) {
      return Explanation.match(1f, "the query carries the rarity");
    }
  };

  @Override
  public Similarity get(String name) {
    return switch (IndexField.valueOf(name)) {
      case TITLE, QUESTIONS, BODY, WORDS -> frequencyOnly;
      case PAIRS, HEAD_GRAMS, BODY_GRAMS -> rareness;
    };
  }
}
