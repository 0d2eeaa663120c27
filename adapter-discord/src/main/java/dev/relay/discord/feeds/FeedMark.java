package dev.relay.discord.feeds;

import java.util.Optional;

/**
 * How a site named the state of a feed (RFC 9110, conditional requests).
 *
 * @param entityTag the {@code ETag}
 * @param lastModified the {@code Last-Modified}
 */
record FeedMark(Optional<String> entityTag, Optional<String> lastModified) {
  static final FeedMark NONE = new FeedMark(Optional.empty(), Optional.empty());
}
