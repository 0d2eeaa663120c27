package dev.relay.lucene;

import java.io.IOException;

/**
 * How sure the search is that the best article answers the question. Three signs speak for it: the score against what the
 * question's words are worth together, unknown words included; how alike the question and the best part of the article are;
 * and how far the best article stands out. Measured, see docs/knowledge.md.
 */
final class Confidence {
  /** How much the likeness weighs against the score. */
  private static final double LIKENESS = 0.5;

  private static final double STANDING_OUT = 0.15;
  /** Without a shared word that says something by itself, a match is chance. */
  private static final double FUNCTION_WORDS_ONLY = 0.3;
  /** Keeps a match by parts of words above zero: zero means that nothing matched. */
  private static final double LEAST = 0.001;
  /** Bends the measure into 0 to 1 so that .35 keeps about nine of ten answerable questions. */
  private static final double BEND = 1.45;

  private Confidence() {}

  /** The confidence in the first of the articles found, above 0 and below 1. */
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
