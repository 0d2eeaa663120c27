package dev.relay.lucene;

/** Cuts texts without breaking characters. */
final class Texts {
  private static final char ELLIPSIS = '…';

  private Texts() {}

  /** The first part of a text, at most that many UTF-16 units and never half a character. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** The same, ended at a space where there is one near and marked by an ellipsis, within the length. */
  static String shorten(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    String cut = cut(text, length - 1);
    int space = cut.lastIndexOf(' ');
    return (space > length / 2 ? cut.substring(0, space) : cut) + ELLIPSIS;
  }
}
