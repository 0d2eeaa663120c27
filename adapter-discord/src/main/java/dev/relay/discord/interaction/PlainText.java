package dev.relay.discord.interaction;

import dev.relay.core.text.Cut;
import dev.relay.discord.text.Markdown;
import java.time.Instant;

/** Formats pieces of Discord messages. Stateless. */
public final class PlainText {
  /** Discord's limit for one message, in UTF-16 units. */
  static final int MAX_MESSAGE = 2000;

  private PlainText() {}

  /**
   * Returns untrusted text on one line, with its formatting escaped.
   *
   * @param length the limit in characters, applied before escaping
   */
  public static String line(String text, int length) {
    return Markdown.escapedLine(Cut.withEllipsis(text, length));
  }

  /** Returns a whole message within Discord's limit and without characters that cannot be sent. */
  static String message(String text) {
    return Cut.withEllipsis(Markdown.clean(text), MAX_MESSAGE);
  }

  /** Formats a time; Discord shows it in the reader's time zone and language. */
  public static String moment(Instant at) {
    return "<t:" + at.getEpochSecond() + ":f>";
  }

  /** Formats the distance from now to a time; Discord shows it in the reader's language. */
  public static String ago(Instant at) {
    return "<t:" + at.getEpochSecond() + ":R>";
  }
}
