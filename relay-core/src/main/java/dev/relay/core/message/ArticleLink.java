package dev.relay.core.message;

import dev.relay.core.text.Cut;
import java.util.Optional;

/**
 * A link to a knowledge article inside a message.
 *
 * @param articleId the article's id in the knowledge base
 * @param title the title that the reader sees
 * @param passage the part that answers, plain text; may be empty
 * @param url the address of the whole article, if it is published
 * @param markdown the same part as Markdown and longer, whole if the article is short, for channels that show Markdown; empty if the
 *     article is only mentioned
 */
public record ArticleLink(
    String articleId,
    String title,
    String passage,
    Optional<String> url,
    Optional<String> markdown) {

  /** Makes the texts well-formed. */
  public ArticleLink {
    title = Cut.wellFormed(title);
    passage = Cut.wellFormed(passage);
    markdown = markdown.map(Cut::wellFormed);
  }

  /** Makes a link without Markdown. */
  public ArticleLink(String articleId, String title, String passage, Optional<String> url) {
    this(articleId, title, passage, url, Optional.empty());
  }
}
