package dev.relay.twilio.conversation;

import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Cuts Relay's messages into parts that Twilio accepts. */
public final class MessageParts {
  /** Twilio accepts 32 KB; the margin allows for differences in counting. */
  static final int MAX_BYTES = 32_000;

  private MessageParts() {}

  /** One message at Twilio: a text or a file. */
  public sealed interface Part {
    /** A text of at most {@link MessageParts#MAX_BYTES}. */
    record Text(String text) implements Part {}

    /** A file. */
    record File(AttachmentRef file) implements Part {}
  }

  public static List<Part> of(MessageBody body) {
    List<Part> parts = new ArrayList<>();
    String text = textOf(body);
    if (!text.isBlank()) {
      cut(text).forEach(piece -> parts.add(new Part.Text(piece)));
    }
    body.attachments().forEach(file -> parts.add(new Part.File(file)));
    return parts;
  }

  /** Returns the text of a body with a line per article, and below the first article its passage. */
  static String textOf(MessageBody body) {
    List<String> lines = new ArrayList<>();
    lines.add(body.text());
    for (ArticleLink article : body.articles()) {
      lines.add(article.url().map(url -> article.title() + " " + url).orElse(article.title()));
      if (lines.size() == 2) {
        lines.add(article.passage());
      }
    }
    return lines.stream().filter(it -> !it.isBlank()).collect(Collectors.joining("\n"));
  }

  /** Cuts a text into pieces that fit, never within a surrogate pair. */
  public static List<String> cut(String text) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    int bytes = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes + length > MAX_BYTES) {
        pieces.add(text.substring(begin, at));
        begin = at;
        bytes = 0;
      }
      bytes += length;
      at += Character.charCount(point);
    }
    pieces.add(text.substring(begin));
    return pieces;
  }
}
