package dev.relay.core.virtualagent;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The normalisation of a customer's text to a form that can be compared with phrases. */
final class Words {
  /** The length of each end of a long message that is read: people say at the ends what they want. */
  private static final int MAX_END = 1_000;

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['’`´ʼ]");
  private static final Pattern CLAUSE_ENDS = Pattern.compile("[.,;:!?¿¡()\\[\\]\"\\r\\n…]+");
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}|]+");
  private static final Pattern REPEATED = Pattern.compile("(\\p{L})\\1{2,}");

  private Words() {}

  /**
   * Returns the text in lower case, without accents and apostrophes, words divided by one space, clauses by {@code " | "}:
   * {@code "¿Qué? It's late"} becomes {@code "que | its late"}.
   */
  static String of(String text) {
    String ends = text.length() <= 2 * MAX_END
        ? text
        : text.substring(0, MAX_END) + " | " + text.substring(text.length() - MAX_END);
    String folded =
        ACCENTS.matcher(Normalizer.normalize(ends, Normalizer.Form.NFKD)).replaceAll("");
    String plain = APOSTROPHES.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
    String clauses = CLAUSE_ENDS.matcher(plain).replaceAll(" | ");
    String words = OTHER.matcher(clauses).replaceAll(" ");
    String calm = REPEATED.matcher(words).replaceAll("$1");
    return calm.replaceAll("(?:^[ |]+|[ |]+$)", "").replaceAll(" *\\|[ |]*", " | ");
  }
}
