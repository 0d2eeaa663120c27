package dev.relay.core.message;

import java.util.List;

/**
 * What one message holds. Text is untrusted: never put into a page, a log or a command unescaped.
 *
 * @param text at most {@value #MAX_TEXT} characters; empty only where there are attachments or articles
 * @param attachments files, at most {@value #MAX_ATTACHMENTS}
 * @param articles articles that the virtual agent or an agent suggests
 * @param buttons what the reader may press
 */
public record MessageBody(
    String text,
    List<AttachmentRef> attachments,
    List<ArticleLink> articles,
    List<Button> buttons) {
  /** The longest text of one message, in UTF-16 units: eight times Discord's limit, half of Twilio's. */
  public static final int MAX_TEXT = 16_000;
  /** The most files of one message: Discord's limit. */
  public static final int MAX_ATTACHMENTS = 10;

  /** Refuses a text or a list beyond the limits, and a message without anything in it. */
  public MessageBody {
    attachments = List.copyOf(attachments);
    articles = List.copyOf(articles);
    buttons = List.copyOf(buttons);
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "a message has at most " + MAX_TEXT + " characters, this one " + text.length());
    }
    if (attachments.size() > MAX_ATTACHMENTS) {
      throw new IllegalArgumentException("a message has at most " + MAX_ATTACHMENTS
          + " attachments, this one " + attachments.size());
    }
    if (text.isBlank() && attachments.isEmpty() && articles.isEmpty()) {
      throw new IllegalArgumentException("a message needs a text, an attachment or an article");
    }
  }

  /** A message of text alone. */
  public static MessageBody text(String text) {
    return new MessageBody(text, List.of(), List.of(), List.of());
  }
}
