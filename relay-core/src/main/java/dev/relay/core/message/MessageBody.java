package dev.relay.core.message;

import dev.relay.core.text.Cut;
import java.util.List;

/**
 * The content of one message. Text is untrusted: never put it into a page, a log or a command unescaped.
 *
 * @param text at most {@value #MAX_TEXT} characters; empty only if there are attachments or articles
 * @param attachments files, at most {@value #MAX_ATTACHMENTS}
 * @param articles articles that the virtual agent or a live agent suggests
 * @param buttons the buttons below the message
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

  /** Makes the text well-formed; refuses a text or a list beyond the limits, and an empty message. */
  public MessageBody {
    text = Cut.wellFormed(text);
    attachments = List.copyOf(attachments);
    articles = List.copyOf(articles);
    buttons = List.copyOf(buttons);
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "a message may have at most " + MAX_TEXT + " characters; this one has " + text.length());
    }
    if (attachments.size() > MAX_ATTACHMENTS) {
      throw new IllegalArgumentException("a message may have at most " + MAX_ATTACHMENTS
          + " attachments; this one has " + attachments.size());
    }
    if (text.isBlank() && attachments.isEmpty() && articles.isEmpty()) {
      throw new IllegalArgumentException("a message needs a text, an attachment or an article");
    }
  }

  /** Returns a message of text alone. */
  public static MessageBody text(String text) {
    return new MessageBody(text, List.of(), List.of(), List.of());
  }

  /** Returns the message with another text, as after an edit; files, articles and buttons stay. */
  public MessageBody withText(String other) {
    return new MessageBody(other, attachments, articles, buttons);
  }
}
