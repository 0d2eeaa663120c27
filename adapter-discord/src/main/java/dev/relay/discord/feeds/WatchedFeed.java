package dev.relay.discord.feeds;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state of one feed between two checks. Used by one thread. */
public final class WatchedFeed {
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 10;

  private final URI address;
  private final Duration every;
  private final Duration maxAge;
  private final Set<String> known = new HashSet<>();
  private boolean isKnown;
  private FeedMark mark = FeedMark.NONE;
  private Instant nextCheck;
  private int failures;

  /**
   * Creates a feed that is due at once.
   *
   * @param every the time between two checks
   * @param maxAge the largest age of an item that is still announced
   */
  public WatchedFeed(URI address, Duration every, Duration maxAge, Instant now) {
    this.address = address;
    this.every = every;
    this.maxAge = maxAge;
    this.nextCheck = now;
  }

  /** Returns the feed's address. */
  public URI address() {
    return address;
  }

  /** Returns the validators of the last state that was read. */
  public FeedMark mark() {
    return mark;
  }

  /** Returns the time of the next check. */
  public Instant nextCheck() {
    return nextCheck;
  }

  /**
   * Returns the items to announce, the oldest first. An item with a date counts until it is too old; its key makes sure that it is
   * announced once. An item without a date counts only if it appeared between two checks of this process.
   */
  public List<FeedItem> fresh(List<FeedItem> items, Instant now) {
    Instant oldest = now.minus(maxAge);
    List<FeedItem> fresh = new ArrayList<>(items.stream()
        .filter(item -> item.publishedAt()
            .map(at -> !at.isBefore(oldest))
            .orElse(isKnown && !known.contains(item.id())))
        .toList());
    Collections.reverse(fresh);
    return fresh;
  }

  /** Records a complete check: its items are known from now on. */
  public void checked(List<FeedItem> items, FeedMark newMark, Instant now) {
    known.clear();
    items.forEach(item -> known.add(item.id()));
    isKnown = true;
    mark = newMark;
    unchanged(now);
  }

  /** Records a check that found no change. */
  public void unchanged(Instant now) {
    failures = 0;
    nextCheck = now.plus(every);
  }

  /** Records an unexpected failure. Drops the validators, which may have caused it. */
  public void broke(Instant now) {
    mark = FeedMark.NONE;
    failed(Optional.empty(), now);
  }

  /** Records a failure. Each further failure doubles the wait, which is at least the one that the site asks for. */
  public void failed(Optional<Duration> asked, Instant now) {
    Duration wait = every.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    failures++;
    Duration longer = asked.filter(it -> it.compareTo(bounded) > 0).orElse(bounded);
    nextCheck = now.plus(longer);
  }
}
