package dev.relay.discord.feeds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a look at a feed came to. */
sealed interface FeedAnswer {

  /**
   * The feed as it is now.
   *
   * @param items the newest first, as feeds have them
   * @param mark by which the next look can be answered with {@link Unchanged}
   */
  record Items(List<FeedItem> items, FeedMark mark) implements FeedAnswer {}

  /** Nothing new since the last look. */
  record Unchanged() implements FeedAnswer {}

  /**
   * It did not work.
   *
   * @param reason for the operator
   * @param after how long the site asks to wait
   */
  record Failed(String reason, Optional<Duration> after) implements FeedAnswer {}
}
