package dev.relay.lucene;

import java.io.IOException;

/**
 * The confidence that the best article answers the question. Three signs count: the score relative to the weight of all words
 * of the question, unknown ones included; the similarity of the question and the best part of the article; and how far the best
 * article stands out. For the measurements see docs/knowledge.md.
 */
final class Confidence {
  /** The weight of the similarity relative to the score. */
  private static final double LIKENESS = 0.5;

  private static final double STANDING_OUT = 0.15;
  /** If only function words match, the match is a coincidence. */
  private static final double FUNCTION_WORDS_ONLY = 0.3;
  /** Keeps a match by parts of words above zero, because zero means that nothing matched. */
  private static final double LEAST = 0.001;
  /** Maps the measure to 0 to 1 so that .35 keeps about nine of ten answerable questions. */
  private static final double BEND = 1.45;

  private Confidence() {}

  /** Returns the confidence in the first hit, above 0 and below 1. */
  static double of(double score, double nextScore, AnalyzedQuestion question, Passages best)
      throws IOException {
    if (question.total() <= 0 || score <= 0) {
      return LEAST;
    }
    double strength = score / question.total();
    double standsOut = Math.max(0, 1 - nextScore / score);
    double measure = Math.pow(strength, 1 - LIKENESS)
        * Math.pow(best.likeness(), LIKENESS)
        * (1 + STANDING_OUT * standsOut)
        * (best.sharesContent() ? 1 : FUNCTION_WORDS_ONLY);
    return Math.max(LEAST, 1 - Math.exp(-BEND * measure));
  }
}
