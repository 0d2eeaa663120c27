package dev.relay.core.text;

/** Shortens texts, never within a character that takes two units: half of one is no text. */
public final class Cut {
  private Cut() {}

  /** The beginning of a text, of at most that many UTF-16 units; the whole where it fits. */
  public static String to(String text, int max) {
    return text.length() <= max ? text : text.substring(0, at(text, max));
  }

  /** Where to cut at the latest, so that no character is cut in half. */
  public static int at(String text, int max) {
    boolean within = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
    return within ? max - 1 : max;
  }
}
