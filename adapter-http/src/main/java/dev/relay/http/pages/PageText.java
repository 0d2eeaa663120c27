package dev.relay.http.pages;

import java.util.regex.Pattern;

/**
 * Removes what browsers do not need from sources: indentation, empty lines, comments that have lines of their own, and types beside
 * code. Another comment beside code stays, because only a parser could tell it from a text that looks like one. A text of several
 * lines must not have a line that begins like a comment, and no text may have a type as JSDoc writes it.
 */
final class PageText {
  /** Possessive, because the depth of the stack must not depend on the length of a comment. */
  private static final Pattern COMMENT = Pattern.compile(
      "^[ \\t]*+(?:/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/|//[^\\n]*+)[ \\t]*+\\n?", Pattern.MULTILINE);

  /** A type of JSDoc on one line, such as that of a parameter of an arrow function. */
  private static final Pattern TYPE =
      Pattern.compile("/\\*\\* @type \\{[^*\\n]*+(?:\\*(?!/)[^*\\n]*+)*+\\*/ ?+");

  private static final Pattern MARGIN = Pattern.compile("^[ \\t]+|^\\s*\\n", Pattern.MULTILINE);

  private PageText() {}

  /** Returns a script or style sheet without comments, types, indentation and empty lines. */
  static String compact(String source) {
    String code = COMMENT.matcher(source.replace("\r\n", "\n")).replaceAll("");
    return margins(TYPE.matcher(code).replaceAll(""));
  }

  /** Returns a page without indentation and empty lines. */
  static String margins(String source) {
    return MARGIN.matcher(source).replaceAll("");
  }
}
