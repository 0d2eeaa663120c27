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

/** What is remembered of one feed between two looks. Used by one thread. */
final class WatchedFeed {
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 10;

  private final URI address;
  private final FeedSettings settings;
  private final Set<String> known = new HashSet<>();
  private boolean isKnown;
  private FeedMark mark = FeedMark.NONE;
  private Instant nextLook;
  private int failures;

  WatchedFeed(URI address, FeedSettings settings, Instant now) {
    this.address = address;
    this.settings = settings;
    this.nextLook = now;
  }

  URI address() {
    return address;
  }

  FeedMark mark() {
    return mark;
  }

  Instant nextLook() {
    return nextLook;
  }

  /**
   * What of it is to be announced, the oldest first. Dated news counts while it is young enough, and is announced once by its key;
   * news without a date counts only if it appeared between two looks of this process.
   */
  List<FeedItem> fresh(List<FeedItem> items, Instant now) {
    Instant oldest = now.minus(settings.maxAge());
    List<FeedItem> fresh = new ArrayList<>(items.stream()
        .filter(item -> item.publishedAt()
            .map(at -> !at.isBefore(oldest))
            .orElse(isKnown && !known.contains(item.id())))
        .toList());
    Collections.reverse(fresh);
    return fresh;
  }

  /** A look at the feed that came to its end: what it held is known now. */
  void looked(List<FeedItem> items, FeedMark newMark, Instant now) {
    known.clear();
    items.forEach(item -> known.add(item.id()));
    isKnown = true;
    mark = newMark;
    unchanged(now);
  }

  void unchanged(Instant now) {
    failures = 0;
    nextLook = now.plus(settings.every());
  }

  /** A look ended in a way that nobody foresaw: perhaps because of what the site named its state, which is forgotten. */
  void broke(Instant now) {
    mark = FeedMark.NONE;
    failed(Optional.empty(), now);
  }

  /** Waits twice as long after each failure, and at least as long as the site asks. */
  void failed(Optional<Duration> asked, Instant now) {
    Duration wait = settings.every().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    failures++;
    Duration longer = asked.filter(it -> it.compareTo(bounded) > 0).orElse(bounded);
    nextLook = now.plus(longer);
  }
}
