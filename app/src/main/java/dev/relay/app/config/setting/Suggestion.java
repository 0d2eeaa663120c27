package dev.relay.app.config.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that the operator probably meant. */
public final class Suggestion {

  private Suggestion() {}

  /** Returns the words to add to an error, {@code ; did you mean http.port?}; empty if no name is near. */
  public static String sentence(String written, Collection<String> known) {
    return nearest(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Returns the known name with the fewest changed letters, if at most a third of its letters changed. */
  static Optional<String> nearest(String written, Collection<String> known) {
    String lower = written.toLowerCase(Locale.ROOT);
    if (lower.length() > 100) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
        .filter(name ->
            distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3));
  }

  /** Returns the number of letters to change, add or leave out (Levenshtein distance). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
