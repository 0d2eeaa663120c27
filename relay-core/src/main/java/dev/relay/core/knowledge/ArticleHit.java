package dev.relay.core.knowledge;

/**
 * An article that matches a question.
 *
 * @param article the article
 * @param passage the part of it that matches best, plain text of at most 400 characters
 * @param score the search engine's score, comparable only within one result
 */
public record ArticleHit(Article article, String passage, double score) {}
