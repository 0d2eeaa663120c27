package dev.relay.twilio.wire;

/** Names and other short texts of strangers on one line, so that they cannot pass for lines of Relay's or of somebody else. */
public final class SingleLine {
  private SingleLine() {}

  /** Replaces line ends, control characters and other white space by single spaces, and removes format and bidirectional characters. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      if (isGap(point)) {
        if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
          line.append(' ');
        }
      } else if (isVisible(point)) {
        line.appendCodePoint(point);
      }
    });
    return line.toString().strip();
  }

  private static boolean isGap(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.CONTROL;
  }

  private static boolean isVisible(int point) {
    // A zero-width joiner holds an emoji together.
    return point == 0x200D
        || switch (Character.getType(point)) {
          case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
            false;
          default -> true;
        };
  }
}
