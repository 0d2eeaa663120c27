package dev.relay.core.text;

/**
 * Functions that shorten texts. A cut never falls inside a character that takes two UTF-16 units, because half of one is not
 * valid text. Lengths are in UTF-16 units.
 */
public final class Cut {
  private static final String ELLIPSIS = "…";

  private Cut() {}

  /** Returns the beginning of a text, of at most {@code max} units; the whole text if it fits. */
  public static String to(String text, int max) {
    return text.length() <= max ? text : text.substring(0, at(text, max));
  }

  /** Returns a text of at most {@code max} units, which ends with an ellipsis if something was cut off. {@code max} is at least 1. */
  public static String withEllipsis(String text, int max) {
    return text.length() <= max ? text : text.substring(0, at(text, max - 1)) + ELLIPSIS;
  }

  /** Returns the last place at or before {@code max} where a text that is longer than {@code max} can be cut. */
  public static int at(String text, int max) {
    boolean within = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
    return within ? max - 1 : max;
  }
}
