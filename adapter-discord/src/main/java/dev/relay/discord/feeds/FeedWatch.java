package dev.relay.discord.feeds;

import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Announcements;
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
 * Watches feeds and announces what is new in them, each item once, also across restarts and by several instances: an announcement
 * carries the item's key. One thread for all feeds; a feed that fails, in whatever way, is looked at less often and holds up no
 * other for longer than a look may last.
 */
public final class FeedWatch implements AutoCloseable {
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);
  private static final Participant AUTHOR =
      new Participant(Participant.Role.SYSTEM, "feed", "News");

  private final Logger log = LoggerFactory.getLogger(FeedWatch.class);
  private final Announcements announcements;
  private final InstantSource clock;
  private final List<WatchedFeed> feeds;
  private final FeedClient client;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);

  private FeedWatch(
      FeedSettings settings, Announcements announcements, InstantSource clock, FeedClient client) {
    this.client = client;
    this.announcements = announcements;
    this.clock = clock;
    this.feeds = settings.feeds().stream()
        .map(feed -> new WatchedFeed(feed, settings, clock.instant()))
        .toList();
    this.thread = new Thread(this::watch, "relay-feeds");
  }

  /** Begins to watch; {@link #close} ends it. */
  public static FeedWatch start(
      FeedSettings settings, Announcements announcements, InstantSource clock) {
    return start(settings, announcements, clock, new FeedClient(FeedClient.DEADLINE));
  }

  static FeedWatch start(
      FeedSettings settings, Announcements announcements, InstantSource clock, FeedClient client) {
    FeedWatch watch = new FeedWatch(settings, announcements, clock, client);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!isStopping()) {
        for (WatchedFeed feed : feeds) {
          if (!feed.nextLook().isAfter(clock.instant()) && !isStopping()) {
            lookSafely(feed);
          }
        }
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What nobody foresaw of one feed must not end the watch of the others. */
  private void lookSafely(WatchedFeed feed) throws InterruptedException {
    try {
      look(feed);
    } catch (RuntimeException | StackOverflowError failure) {
      feed.broke(clock.instant());
      log.warn(
          "The feed {} could not be read: {}; the next look is at {}",
          feed.address().getHost(),
          failure.getClass().getName(),
          feed.nextLook());
    }
  }

  private void look(WatchedFeed feed) throws InterruptedException {
    FeedAnswer answer = client.look(feed.address(), feed.mark());
    Instant now = clock.instant();
    if (answer instanceof FeedAnswer.Items found) {
      if (announce(feed, feed.fresh(found.items(), now))) {
        feed.looked(found.items(), found.mark(), now);
      } else {
        feed.failed(Optional.empty(), now);
      }
    } else if (answer instanceof FeedAnswer.Failed failed) {
      feed.failed(failed.after(), now);
      log.warn(
          "The feed {} {}; the next look is at {}",
          feed.address().getHost(),
          failed.reason(),
          feed.nextLook());
    } else {
      feed.unchanged(now);
    }
  }

  /** Whether all of it is stored now; what is not will be met again at the next look. */
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
            "News of {} could not be stored and will be tried again",
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
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void pause() throws InterruptedException {
    Instant now = clock.instant();
    long millis = feeds.stream()
        .map(feed -> Duration.between(now, feed.nextLook()).toMillis())
        .min(Long::compare)
        .orElse(Duration.ofHours(1).toMillis());
    boolean unused = stop.await(Math.min(Math.max(0, millis), 60_000), TimeUnit.MILLISECONDS);
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }

  /** Ends the watch; a look under way is broken off. Harmless if repeated. */
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
