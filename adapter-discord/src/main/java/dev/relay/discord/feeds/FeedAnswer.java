package dev.relay.discord.feeds;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The result of one check of a feed. */
public sealed interface FeedAnswer {

  /**
   * The current items of the feed.
   *
   * @param items in the order of the feed, which is mostly that of the newest first
   * @param mark lets the site answer the next check with {@link Unchanged}
   * @param movedTo the address to which the feed has moved for good, if it has
   */
  record Items(List<FeedItem> items, FeedMark mark, Optional<URI> movedTo) implements FeedAnswer {}

  /** The feed has not changed since the last check. */
  record Unchanged() implements FeedAnswer {}

  /**
   * The check failed.
   *
   * @param reason the cause, for the operator
   * @param after the wait that the site asks for
   */
  record Failed(String reason, Optional<Duration> after) implements FeedAnswer {}
}
