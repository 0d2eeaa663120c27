package dev.relay.core.knowledge;

/**
 * An article that matches a question.
 *
 * @param article the article
 * @param passage the part of it that fits best, plain text of at most 400 characters
 * @param score the engine's own score: comparable within one answer only
 */
public record ArticleHit(Article article, String passage, double score) {}
