package dev.relay.discord;

import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Announcements;
import dev.relay.core.store.Store;
import dev.relay.discord.feeds.FeedAnswer;
import dev.relay.discord.feeds.FeedClient;
import dev.relay.discord.feeds.FeedItem;
import dev.relay.discord.feeds.FeedMemory;
import dev.relay.discord.feeds.WatchedFeed;
import dev.relay.discord.feeds.WatchedFeed.Findings;
import dev.relay.discord.feeds.WatchedFeed.News;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches feeds and announces their new items. The first check of a feed announces nothing. Each later item is announced once, even across
 * restarts: the store keeps which items were seen, and the announcement carries the item's key. One thread checks all feeds; a feed that
 * fails is checked less often and delays the others by at most the deadline of one check.
 */
public final class FeedWatch implements AutoCloseable {
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Participant AUTHOR =
      new Participant(Participant.Role.SYSTEM, "feed", "News");

  private final Logger log = LoggerFactory.getLogger(FeedWatch.class);
  private final Announcements announcements;
  private final FeedMemory memory;
  private final InstantSource clock;
  private final List<WatchedFeed> feeds;
  private final FeedClient client;
  private final Thread thread;
  private final Duration longestPause;
  private final CountDownLatch stop = new CountDownLatch(1);

  private FeedWatch(
      FeedSettings settings,
      Announcements announcements,
      Store store,
      InstantSource clock,
      FeedClient client,
      Duration longestPause) {
    this.client = client;
    this.longestPause = longestPause;
    this.announcements = announcements;
    this.memory = new FeedMemory(store);
    this.clock = clock;
    this.feeds = settings.feeds().stream()
        .map(feed -> new WatchedFeed(feed, settings.every(), settings.maxAge(), clock.instant()))
        .toList();
    this.thread = new Thread(this::watch, "relay-feeds");
  }

  /**
   * Starts to watch the feeds; {@link #close} ends it.
   *
   * @param store keeps which items were seen, so that a restart neither repeats nor misses any
   */
  public static FeedWatch start(
      FeedSettings settings, Announcements announcements, Store store, InstantSource clock) {
    return start(
        settings, announcements, store, clock, new FeedClient(FeedClient.DEADLINE), LONGEST_PAUSE);
  }

  /**
   * Starts to watch the feeds.
   *
   * @param longestPause the longest time between two readings of the clock
   */
  static FeedWatch start(
      FeedSettings settings,
      Announcements announcements,
      Store store,
      InstantSource clock,
      FeedClient client,
      Duration longestPause) {
    FeedWatch watch = new FeedWatch(settings, announcements, store, clock, client, longestPause);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!isStopping()) {
        for (WatchedFeed feed : feeds) {
          if (!feed.nextCheck().isAfter(clock.instant()) && !isStopping()) {
            checkSafely(feed);
          }
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Checks a feed; an unexpected failure of one feed must not end the watch of the others. */
  private void checkSafely(WatchedFeed feed) throws InterruptedException {
    try {
      check(feed);
    } catch (RuntimeException | StackOverflowError failure) {
      feed.broke(clock.instant());
      log.warn(
          "The feed {} could not be read: {}; next check at {}",
          feed.address().getHost(),
          failure.getClass().getName(),
          feed.nextCheck());
    }
  }

  private void check(WatchedFeed feed) throws InterruptedException {
    FeedAnswer answer = client.check(feed.address(), feed.mark());
    Instant now = clock.instant();
    if (answer instanceof FeedAnswer.Items found) {
      found(feed, found, now);
    } else if (answer instanceof FeedAnswer.Failed failed) {
      feed.failed(failed.after(), now);
      log.warn(
          "The feed {} {}; next check at {}",
          feed.address().getHost(),
          failed.reason(),
          feed.nextCheck());
    } else {
      feed.unchanged(now);
    }
  }

  private void found(WatchedFeed feed, FeedAnswer.Items found, Instant now)
      throws InterruptedException {
    if (feed.isNew()) {
      found
          .movedTo()
          .ifPresent(to -> log.warn(
              "The feed {} has moved for good; its new address is at {}: change feeds.addresses",
              feed.address().getHost(),
              to.getHost()));
    }
    memory.read(feed.address()).ifPresent(feed::remember);
    boolean isFirst = feed.isNew();
    Findings findings = feed.look(found.items(), now);
    if (!announce(feed, findings.news())) {
      feed.failed(Optional.empty(), now);
      return;
    }
    findings.memory().ifPresent(text -> memory.write(feed.address(), text, now));
    feed.checked(findings, found.mark(), now);
    if (isFirst) {
      log.info(
          "The feed {} is watched from now on; its present items ({}) are not announced",
          feed.address().getHost(),
          found.items().size());
    }
  }

  /**
   * Announces items; returns false if some could not be stored, which the next check finds again. An item that can never be announced is
   * left out.
   */
  private boolean announce(WatchedFeed feed, List<News> news) throws InterruptedException {
    for (News one : news) {
      FeedItem item = one.item();
      try {
        announcements
            .publish(
                AUTHOR,
                item.title(),
                item.text(),
                item.link(),
                Optional.of(key(feed.address(), one.identity())))
            .get(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        boolean isRefused = e.getCause() instanceof IllegalArgumentException;
        log.warn(
            isRefused
                ? "An item of the feed {} was left out, because it cannot be an announcement"
                : "Items of the feed {} could not be stored; retrying at the next check",
            feed.address().getHost());
        if (!isRefused) {
          return false;
        }
      }
    }
    return true;
  }

  private static EventKey key(URI feed, String identity) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((feed + "\n" + identity).getBytes(StandardCharsets.UTF_8));
      return new EventKey("feed", HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }

  private void pause() throws InterruptedException {
    Instant now = clock.instant();
    long millis = feeds.stream()
        .map(feed -> Duration.between(now, feed.nextCheck()).toMillis())
        .min(Long::compare)
        .orElse(Duration.ofHours(1).toMillis());
    boolean unused =
        stop.await(Math.min(Math.max(0, millis), longestPause.toMillis()), TimeUnit.MILLISECONDS);
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** Ends the watch and interrupts a running check. Repeated calls have no effect. */
  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    try {
      thread.join(STORE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
