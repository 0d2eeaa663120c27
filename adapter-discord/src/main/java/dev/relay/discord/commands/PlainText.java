package dev.relay.discord.commands;

import java.time.Instant;

/** Makes texts ready for Discord's Markdown. Stateless. */
final class PlainText {
  /** The most of one message, by Discord's rule, in UTF-16 units. */
  static final int MAX_MESSAGE = 2000;

  private static final String SPECIAL = "\\`*_~|<>[]()#-+:@";

  private PlainText() {}

  /** What people wrote, so that it shows as written: no formatting, no links behind words, no mentions. */
  static String escape(String text) {
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

  /** The same on one line, cut to that many characters before escaping. */
  static String line(String text, int length) {
    return escape(cut(text.replaceAll("\\s+", " ").strip(), length));
  }

  /** A text of at most that many characters, with an ellipsis where it was cut; surrogate pairs stay whole. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
    return text.substring(0, end) + "…";
  }

  /** A moment, shown in the reader's own time zone and language. */
  static String moment(Instant at) {
    return "<t:" + at.getEpochSecond() + ":f>";
  }

  /** How long ago or ahead a moment is, shown in the reader's language. */
  static String ago(Instant at) {
    return "<t:" + at.getEpochSecond() + ":R>";
  }
}
