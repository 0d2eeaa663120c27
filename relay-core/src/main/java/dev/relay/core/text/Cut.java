package dev.relay.core.text;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Functions that shorten texts and keep them well-formed. A cut never falls inside a character that takes two UTF-16 units, because half
 * of one is not valid text. Lengths are in UTF-16 units.
 */
public final class Cut {
  private static final String ELLIPSIS = "…";

  /** The character that Unicode provides for what cannot be represented. */
  private static final char REPLACEMENT = '\uFFFD';

  private Cut() {}

  /** Returns the beginning of a text, of at most {@code max} units; the whole text if it fits. */
  public static String to(String text, int max) {
    return text.length() <= max ? text : text.substring(0, at(text, max));
  }

  /** Returns a text of at most {@code max} units, which ends with an ellipsis if something was cut off. {@code max} is at least 1. */
  public static String withEllipsis(String text, int max) {
    return text.length() <= max ? text : text.substring(0, at(text, max - 1)) + ELLIPSIS;
  }

  /**
   * Returns the text with U+FFFD in place of each U+0000 and of each half of a surrogate pair without its other half; the length stays the
   * same. Databases refuse these characters or store something else in their place: PostgreSQL accepts no U+0000 in texts, and neither
   * half can be encoded as UTF-8. All content that people write passes through here when its record is created, so that a text is the
   * same in every database, index, page and channel.
   */
  public static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0 || Character.isSurrogate(unit)) {
        return repaired(text, i);
      }
    }
    return text;
  }

  /** Returns the well-formed texts of a map; its keys stay as they are. Unmodifiable. */
  public static Map<String, String> wellFormed(Map<String, String> texts) {
    return texts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> wellFormed(it.getValue())));
  }

  /** Returns the well-formed texts of a set. Unmodifiable. */
  public static Set<String> wellFormed(Set<String> texts) {
    return texts.stream().map(Cut::wellFormed).collect(Collectors.toUnmodifiableSet());
  }

  private static String repaired(String text, int first) {
    StringBuilder repaired = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        repaired.append(unit).append(text.charAt(++i));
      } else {
        repaired.append(unit == 0 || Character.isSurrogate(unit) ? REPLACEMENT : unit);
      }
    }
    return repaired.toString();
  }

  /** Returns the last place at or before {@code max} where a text that is longer than {@code max} can be cut. */
  public static int at(String text, int max) {
    boolean within = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
    return within ? max - 1 : max;
  }
}
