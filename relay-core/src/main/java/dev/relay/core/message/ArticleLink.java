package dev.relay.core.message;

import java.util.Optional;

/**
 * A pointer to a knowledge article inside a message.
 *
 * @param articleId the article's id in the knowledge base
 * @param title what the reader sees
 * @param passage the part that answers, plain text; may be empty
 * @param url where to read on, if it stands anywhere
 */
public record ArticleLink(String articleId, String title, String passage, Optional<String> url) {}
