package dev.relay.discord.commands;

import dev.relay.core.text.Cut;
import dev.relay.discord.text.Markdown;
import java.time.Instant;

/** Makes pieces of Discord messages. Stateless. */
final class PlainText {
  /** The most of one message, by Discord's rule, in UTF-16 units. */
  static final int MAX_MESSAGE = 2000;

  private PlainText() {}

  /** What people wrote, as written and without formatting, on one line; cut to that many characters before it is escaped. */
  static String line(String text, int length) {
    return Markdown.escapedLine(Cut.withEllipsis(text, length));
  }

  /** A whole message, within Discord's limit and without what cannot be sent. */
  static String message(String text) {
    return Cut.withEllipsis(Markdown.clean(text), MAX_MESSAGE);
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
