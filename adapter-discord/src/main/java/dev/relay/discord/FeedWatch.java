package dev.relay.discord;

import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Announcements;
import dev.relay.discord.feeds.FeedAnswer;
import dev.relay.discord.feeds.FeedClient;
import dev.relay.discord.feeds.FeedItem;
import dev.relay.discord.feeds.WatchedFeed;
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
 * Watches feeds and announces their new items. Each item is announced once, even across restarts and by several instances, because the
 * announcement carries the item's key. One thread checks all feeds; a feed that fails is checked less often and delays the others by at
 * most the deadline of one check.
 */
public final class FeedWatch implements AutoCloseable {
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Participant AUTHOR =
      new Participant(Participant.Role.SYSTEM, "feed", "News");

  private final Logger log = LoggerFactory.getLogger(FeedWatch.class);
  private final Announcements announcements;
  private final InstantSource clock;
  private final List<WatchedFeed> feeds;
  private final FeedClient client;
  private final Thread thread;
  private final Duration longestPause;
  private final CountDownLatch stop = new CountDownLatch(1);

  private FeedWatch(
      FeedSettings settings,
      Announcements announcements,
      InstantSource clock,
      FeedClient client,
      Duration longestPause) {
    this.client = client;
    this.longestPause = longestPause;
    this.announcements = announcements;
    this.clock = clock;
    this.feeds = settings.feeds().stream()
        .map(feed -> new WatchedFeed(feed, settings.every(), settings.maxAge(), clock.instant()))
        .toList();
    this.thread = new Thread(this::watch, "relay-feeds");
  }

  /** Starts to watch the feeds; {@link #close} ends it. */
  public static FeedWatch start(
      FeedSettings settings, Announcements announcements, InstantSource clock) {
    return start(
        settings, announcements, clock, new FeedClient(FeedClient.DEADLINE), LONGEST_PAUSE);
  }

  /**
   * Starts to watch the feeds.
   *
   * @param longestPause the time after which the clock is read again at the latest
   */
  static FeedWatch start(
      FeedSettings settings,
      Announcements announcements,
      InstantSource clock,
      FeedClient client,
      Duration longestPause) {
    FeedWatch watch = new FeedWatch(settings, announcements, clock, client, longestPause);
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
      if (announce(feed, feed.fresh(found.items(), now))) {
        feed.checked(found.items(), found.mark(), now);
      } else {
        feed.failed(Optional.empty(), now);
      }
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

  /** Announces items; returns true if all are stored. The next check finds the others again. */
  private boolean announce(WatchedFeed feed, List<FeedItem> items) throws InterruptedException {
    for (FeedItem item : items) {
      try {
        announcements
            .publish(
                AUTHOR,
                item.title(),
                item.text().equals(item.title()) ? "" : item.text(),
                item.link(),
                Optional.of(key(feed.address(), item)))
            .get(STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        log.warn(
            "Items of the feed {} could not be stored; retrying at the next check",
            feed.address().getHost());
        return false;
      }
    }
    return true;
  }

  private static EventKey key(URI feed, FeedItem item) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest((feed + "\n" + item.id()).getBytes(StandardCharsets.UTF_8));
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
