package dev.relay.core.virtualagent;

import java.util.Map;

/**
 * The options of the built-in virtual agent. Immutable.
 *
 * @param threshold the least confidence of the knowledge base at which articles are shown, 0 to 1. The default of {@value
 *     #DEFAULT_THRESHOLD} suits the configuration of the Lucene knowledge base; {@code relay knowledge calibrate} finds the
 *     operator's own
 * @param articles the most articles that are shown, 1 to 3
 * @param texts the operator's own sentences by name, or by name and language ({@code rephrase}, {@code rephrase.es}); see
 *     {@code faq.properties} for the names
 */
public record FaqOptions(double threshold, int articles, Map<String, String> texts) {
  /** The threshold if none is configured; measured, see docs/knowledge.md. */
  public static final double DEFAULT_THRESHOLD = 0.35;

  private static final int MAX_ARTICLES = 3;

  /**
   * Refuses numbers outside the limits.
   *
   * @throws IllegalArgumentException if a number is outside
   */
  public FaqOptions {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("the threshold must be from 0 to 1; it is " + threshold);
    }
    if (articles < 1 || articles > MAX_ARTICLES) {
      throw new IllegalArgumentException(
          "the number of articles must be from 1 to 3; it is " + articles);
    }
    texts = Map.copyOf(texts);
  }

  /** Returns the defaults: three articles from a confidence of {@value #DEFAULT_THRESHOLD} on, with the shipped texts. */
  public static FaqOptions defaults() {
    return new FaqOptions(DEFAULT_THRESHOLD, MAX_ARTICLES, Map.of());
  }

  /** Returns the options with another threshold. */
  public FaqOptions withThreshold(double other) {
    return new FaqOptions(other, articles, texts);
  }

  /** Returns the options with other texts. */
  public FaqOptions withTexts(Map<String, String> other) {
    return new FaqOptions(threshold, articles, other);
  }
}
