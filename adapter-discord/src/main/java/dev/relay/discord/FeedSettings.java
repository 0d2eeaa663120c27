package dev.relay.discord;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The feeds to watch.
 *
 * @param feeds the addresses of RSS or Atom feeds
 * @param every the time between two checks of one feed, at least one second
 * @param maxAge the largest age of an item that is announced: old items that a site moves into its feed are not news
 */
public record FeedSettings(List<URI> feeds, Duration every, Duration maxAge) {
  /** The default time between two checks of a feed. */
  public static final Duration DEFAULT_EVERY = Duration.ofMinutes(10);
  /** The default largest age of an item: a weekend without Relay loses no item. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(3);

  /** Copies the list; rejects an interval below one second. */
  public FeedSettings {
    feeds = List.copyOf(feeds);
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "the interval between checks of a feed is " + every + "; expected at least PT1S");
    }
  }
}
