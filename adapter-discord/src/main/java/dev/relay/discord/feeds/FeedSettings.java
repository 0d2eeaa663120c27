package dev.relay.discord.feeds;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Which feeds are watched.
 *
 * @param feeds the addresses of RSS or Atom feeds
 * @param every how long to wait between two looks at one feed, at least one second
 * @param maxAge how old news may be to be announced still: what was published longer ago is left out, so that a feed that is new to
 *     Relay does not flood the community. Must be shorter than events are remembered, else old news could come again.
 */
public record FeedSettings(List<URI> feeds, Duration every, Duration maxAge) {
  /** How often feeds are looked at unless the operator says otherwise. */
  public static final Duration DEFAULT_EVERY = Duration.ofMinutes(10);
  /** How old news may be unless the operator says otherwise: a weekend without Relay loses none. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(3);

  /** Copies the list; refuses an interval under a second. */
  public FeedSettings {
    feeds = List.copyOf(feeds);
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("feeds are looked at once a second at most");
    }
  }
}
