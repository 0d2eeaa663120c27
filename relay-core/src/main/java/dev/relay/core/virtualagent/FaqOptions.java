package dev.relay.core.virtualagent;

import java.util.Map;

/**
 * How the built-in virtual agent behaves. Immutable.
 *
 * @param threshold the least confidence of the knowledge base at which articles are shown, 0 to 1. The default of {@value
 *     #DEFAULT_THRESHOLD} suits the recipe of the Lucene knowledge base; {@code relay knowledge calibrate} finds the
 *     operator's own
 * @param articles how many articles are shown at the most, 1 to 3
 * @param texts the operator's own sentences by name, or by name and language ({@code rephrase}, {@code rephrase.es}); see
 *     {@code faq.properties} for the names
 */
public record FaqOptions(double threshold, int articles, Map<String, String> texts) {
  /** The threshold where none is configured; measured, see docs/knowledge.md. */
  public static final double DEFAULT_THRESHOLD = 0.35;

  private static final int MAX_ARTICLES = 3;

  /** Refuses numbers outside the limits by an {@link IllegalArgumentException}. */
  public FaqOptions {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("the threshold is 0 to 1, not " + threshold);
    }
    if (articles < 1 || articles > MAX_ARTICLES) {
      throw new IllegalArgumentException("the articles shown are 1 to 3, not " + articles);
    }
    texts = Map.copyOf(texts);
  }

  /** Three articles from a confidence of {@value #DEFAULT_THRESHOLD} on, with the shipped texts. */
  public static FaqOptions defaults() {
    return new FaqOptions(DEFAULT_THRESHOLD, MAX_ARTICLES, Map.of());
  }

  /** The same with another threshold. */
  public FaqOptions withThreshold(double other) {
    return new FaqOptions(other, articles, texts);
  }

  /** The same with other texts. */
  public FaqOptions withTexts(Map<String, String> other) {
    return new FaqOptions(threshold, articles, other);
  }
}
