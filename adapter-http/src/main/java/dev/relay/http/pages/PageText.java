package dev.relay.http.pages;

import java.util.regex.Pattern;

/**
 * Removes what browsers do not need from sources: indentation, empty lines and comments that have lines of their own. A comment
 * beside code stays, because only a parser could tell it from a text that looks like one. A text of several lines must not have a
 * line that begins like a comment.
 */
final class PageText {
  /** Possessive, because the depth of the stack must not depend on the length of a comment. */
  private static final Pattern COMMENT = Pattern.compile(
      "^[ \\t]*+(?:/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/|//[^\\n]*+)[ \\t]*+\\n?", Pattern.MULTILINE);

  private static final Pattern MARGIN = Pattern.compile("^[ \\t]+|^\\s*\\n", Pattern.MULTILINE);

  private PageText() {}

  /** Returns a script or style sheet without comments, indentation and empty lines. */
  static String compact(String source) {
    return margins(COMMENT.matcher(source.replace("\r\n", "\n")).replaceAll(""));
  }

  /** Returns a page without indentation and empty lines. */
  static String margins(String source) {
    return MARGIN.matcher(source).replaceAll("");
  }
}
