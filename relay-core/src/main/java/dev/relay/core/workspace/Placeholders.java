package dev.relay.core.workspace;

import dev.relay.core.workspace.Workspace.Values;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The placeholders of saved replies: {@code {customer.name}}, or {@code {customer.name|there}} with words for a value that is empty. Braces
 * around anything that does not look like a name are plain text.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("( ?)(#?)\\{([A-Za-z][A-Za-z0-9_.-]*)(?:\\|([^{}]*))?}");
  /** A value that begins with its sign: the sign before its placeholder is the same one. */
  private static final String WITH_SIGN = "case.number";

  private Placeholders() {}

  /** Returns the names in that text that stand for nothing. */
  static SortedSet<String> unknown(String text) {
    SortedSet<String> unknown = new TreeSet<>();
    Matcher found = PLACEHOLDER.matcher(text);
    while (found.find()) {
      if (!Values.NAMES.contains(found.group(3))) {
        unknown.add(found.group(3));
      }
    }
    return unknown;
  }

  /**
   * Returns the text with the values, in one pass: braces within a value are text. The space before a value that is empty and has no
   * words in its place is left out, so that "Hello {customer.name}, thanks" becomes "Hello, thanks". A number has one sign, whether or
   * not it is written before the placeholder too.
   */
  static String fill(String text, Values values) {
    StringBuilder filled = new StringBuilder(text.length() + 50);
    Matcher found = PLACEHOLDER.matcher(text);
    int from = 0;
    while (found.find()) {
      filled.append(text, from, found.start());
      filled.append(replacement(found, values));
      from = found.end();
    }
    return filled.append(text, from, text.length()).toString();
  }

  private static String replacement(MatchResult found, Values values) {
    String name = found.group(3);
    Optional<String> value = values.of(name);
    if (value.isEmpty()) {
      return found.group();
    }
    String otherwise = Optional.ofNullable(found.group(4)).orElse("");
    String sign = name.equals(WITH_SIGN) ? "" : found.group(2);
    String words = sign + (value.get().isBlank() ? otherwise : value.get());
    return words.isEmpty() ? words : found.group(1) + words;
  }
}
