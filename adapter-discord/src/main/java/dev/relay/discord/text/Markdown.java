package dev.relay.discord.text;

import java.util.Locale;

/** Text that is safe in a Discord message. Stateless. */
public final class Markdown {
  private static final String SPECIAL = "\\*_~`|>#[]()<";
  private static final char REPLACEMENT = '\ufffd';
  private static final String NOTHING_VISIBLE = "…";
  private static final long KIB = 1_024;

  private Markdown() {}

  /** Returns a text on one line, with all formatting escaped: for names and titles. */
  public static String escapedLine(String text) {
    return escaped(text.replaceAll("\\s+", " ").strip());
  }

  /** Returns a text with all formatting escaped. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SPECIAL.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /**
   * Returns a text that Discord accepts: lone surrogates and control characters become U+FFFD, and a text without a visible character
   * becomes an ellipsis.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    boolean visible = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        continue;
      }
      boolean isLone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      boolean isControl = Character.isISOControl(c) && c != '\n' && c != '\t';
      clean.appendCodePoint(isLone || isControl ? REPLACEMENT : c);
      visible |= isLone || isControl || isVisible(c);
    }
    return visible ? clean.toString() : NOTHING_VISIBLE;
  }

  /** Returns a number of bytes in a readable unit. */
  public static String size(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    return bytes < KIB * KIB
        ? bytes / KIB + " KiB"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIB * KIB));
  }

  private static boolean isVisible(int c) {
    int type = Character.getType(c);
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && type != Character.FORMAT
        && type != Character.UNASSIGNED
        && type != Character.NON_SPACING_MARK;
  }
}
