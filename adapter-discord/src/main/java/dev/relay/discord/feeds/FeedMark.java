package dev.relay.discord.feeds;

import java.util.Optional;

/**
 * The validators of a feed's state (RFC 9110, conditional requests).
 *
 * @param entityTag the {@code ETag}
 * @param lastModified the {@code Last-Modified}
 */
public record FeedMark(Optional<String> entityTag, Optional<String> lastModified) {
  /** No validators: the site sends the whole feed. */
  public static final FeedMark NONE = new FeedMark(Optional.empty(), Optional.empty());
}
