package dev.relay.lucene;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.shingle.ShingleAnalyzerWrapper;

/** The fields of an index; all but the last four are what authors write. */
enum IndexField {
  /** The title. */
  TITLE,
  /** Other wordings of the question. */
  QUESTIONS,
  /** The text. */
  BODY,
  /** All words of the above: tells in how many articles a word occurs. */
  WORDS,
  /** All pairs of neighbouring words, which reward a question's own phrases. */
  PAIRS,
  /** Title and questions in runs of characters, which forgive typing errors and find parts of compounds. */
  HEAD_GRAMS,
  /** The text in runs of characters. */
  BODY_GRAMS;

  /** Cuts a text into the pairs of neighbouring words of a language, each joined by a space. */
  static Analyzer pairs(Language language) {
    return new ShingleAnalyzerWrapper(language.analyzer(), 2, 2, " ", false, false, "");
  }

  /** The analyzers of all fields for a language. */
  static Analyzer analyzer(Language language) {
    Analyzer pairs = pairs(language);
    return new AnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
      @Override
      protected Analyzer getWrappedAnalyzer(String fieldName) {
        return switch (IndexField.valueOf(fieldName)) {
          case TITLE, QUESTIONS, BODY, WORDS -> language.analyzer();
          case PAIRS -> pairs;
          case HEAD_GRAMS, BODY_GRAMS -> CharacterGrams.ANALYZER;
        };
      }
    };
  }
}
