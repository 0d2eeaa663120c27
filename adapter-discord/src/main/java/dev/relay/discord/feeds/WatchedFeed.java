package dev.relay.discord.feeds;

import dev.relay.discord.feeds.KnownItems.Look;
import dev.relay.discord.feeds.KnownItems.NewItem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The state of one feed between two checks. Used by one thread. */
public final class WatchedFeed {
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 10;
  /** The most items announced after one check; a channel with more of them at once is not read. */
  private static final int MOST_ANNOUNCED = 100;

  private final URI address;
  private final Duration every;
  private final Duration maxAge;
  private Optional<KnownItems> known = Optional.empty();
  private FeedMark mark = FeedMark.NONE;
  private Instant nextCheck;
  private int failures;

  /**
   * An item to announce.
   *
   * @param identity identifies it among all items of the feed
   */
  public record News(FeedItem item, String identity) {}

  /**
   * The consequence of a check.
   *
   * @param news the items to announce, the oldest first
   * @param memory the items that are known from now on, for {@link #checked}; empty if no other items were found than before
   */
  public record Findings(List<News> news, Optional<String> memory) {}

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

  /** Checks whether no item is known yet, neither from a check nor from {@link #remember}. */
  public boolean isNew() {
    return known.isEmpty();
  }

  /**
   * Sets the items that are known from earlier checks, also those of other instances. Text that was not written by this class is
   * ignored.
   */
  public void remember(String memory) {
    known = KnownItems.read(memory).or(() -> known);
  }

  /**
   * Compares the items of a check with those that are known. The first check of a feed announces nothing: what is there is not news to
   * those who read the site. Later, an item is announced if it was not seen before and its date, if any, is not too old. A date in the
   * future is taken for the time of this check.
   */
  public Findings look(List<FeedItem> items, Instant now) {
    Look look = known.orElseGet(KnownItems::none).look(items);
    List<News> news = known.isPresent() ? news(look.fresh(), now) : List.of();
    boolean isSame = known.filter(it -> it.isSame(look.after())).isPresent();
    return new Findings(
        news, isSame ? Optional.empty() : Optional.of(look.after().write()));
  }

  private List<News> news(List<NewItem> fresh, Instant now) {
    Instant oldest = now.minus(maxAge);
    List<NewItem> sorted = new ArrayList<>(
        fresh.stream().filter(it -> !at(it, now).isBefore(oldest)).toList());
    // Feeds begin with the newest, as a rule, which decides where dates do not.
    Collections.reverse(sorted);
    sorted.sort(Comparator.comparing(it -> at(it, now)));
    return sorted.subList(Math.max(0, sorted.size() - MOST_ANNOUNCED), sorted.size()).stream()
        .map(it -> new News(it.item(), it.identity()))
        .toList();
  }

  private static Instant at(NewItem item, Instant now) {
    return item.item().publishedAt().filter(at -> at.isBefore(now)).orElse(now);
  }

  /** Records a complete check, whose news are stored. */
  public void checked(Findings findings, FeedMark newMark, Instant now) {
    findings.memory().ifPresent(this::remember);
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
