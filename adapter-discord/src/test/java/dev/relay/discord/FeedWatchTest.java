package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Announcements;
import dev.relay.discord.feeds.FeedClient;
import dev.relay.discord.feeds.Redirects;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The watch of feeds, against a real HTTP server on loopback. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedWatchTest {
  private int speed = 40;
  private final Instant now = Instant.now();
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Published published = new Published();
  private final List<String> items = new CopyOnWriteArrayList<>();
  private final List<String> conditions = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile Optional<String> body = Optional.empty();
  private HttpServer site;
  private Optional<FeedWatch> watch = Optional.empty();

  @BeforeEach
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/news", exchange -> {
      String tag = "\"" + items.hashCode() + "\"";
      String asked = exchange.getRequestHeaders().getFirst("If-None-Match");
      conditions.add(asked == null ? "none" : asked.equals(tag) ? "same" : "other");
      byte[] answer = body.orElseGet(this::rss).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("ETag", tag);
      if (status == 200 && tag.equals(asked)) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.getResponseHeaders().add("Content-Type", "application/rss+xml; charset=utf-8");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
      }
      exchange.close();
    });
    site.start();
  }

  @AfterEach
  void close() {
    watch.ifPresent(FeedWatch::close);
    site.stop(0);
  }

  @Test
  void recent_items_are_announced_once_each_the_oldest_first() {
    items.add(item("2", "Second", now.minusSeconds(60)));
    items.add(item("1", "First &amp; best", now.minusSeconds(120)));
    items.add(item("0", "Last year's", now.minus(Duration.ofDays(365))));
    watch();

    until(() -> conditions.contains("same"));
    items.add(0, item("3", "Third", now));
    until(() -> published.titles.size() == 3);
    until(() ->
        conditions.subList(conditions.lastIndexOf("other"), conditions.size()).size() > 2);

    assertThat(published.titles).containsExactly("First & best", "Second", "Third");
    assertThat(published.links).contains("https://example.com/1");
  }

  @Test
  void a_restart_announces_nothing_again() {
    items.add(item("1", "First", now));
    watch();
    until(() -> published.titles.size() == 1);
    watch.orElseThrow().close();

    int looks = conditions.size();
    watch();
    until(() -> conditions.size() > looks + 2);

    assertThat(published.titles).containsExactly("First");
  }

  @Test
  void items_that_could_not_be_stored_are_announced_later() {
    items.add(item("1", "First", now));
    published.failures = 2;
    watch();

    until(() -> published.titles.size() == 1);
    assertThat(published.failures).isZero();
  }

  @Test
  void an_undated_item_counts_if_it_appears_while_relay_watches() {
    items.add("<item><title>Old, undated</title><guid>1</guid></item>");
    watch();
    until(() -> conditions.contains("same"));

    items.add(0, "<item><title>New, undated</title><guid>2</guid></item>");
    until(() -> !published.titles.isEmpty());

    assertThat(published.titles).containsExactly("New, undated");
  }

  @Test
  void a_site_that_fails_or_sends_something_else_is_checked_again() {
    status = 503;
    watch();
    until(() -> !conditions.isEmpty());
    body = Optional.of("<html>Under construction</html>");
    status = 200;
    int looks = conditions.size();
    until(() -> conditions.size() > looks);
    body = Optional.empty();
    items.add(item("1", "Back again", now));

    until(() -> published.titles.size() == 1);
    assertThat(published.titles).containsExactly("Back again");
  }

  @Test
  void a_site_whose_answer_never_ends_does_not_delay_others() {
    site.createContext("/drip", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      // The body is neither sent nor ended: the server keeps the connection open.
      exchange.getResponseBody().write('<');
      exchange.getResponseBody().flush();
    });
    items.add(item("1", "First", now));
    watch("/drip", "/news");

    until(() -> published.titles.size() == 1);
  }

  @Test
  void an_unexpected_failure_ends_neither_the_watch_nor_the_feed() {
    items.add(item("1", "First", now));
    published.breaks = 2;
    watch();

    until(() -> published.titles.size() == 1);
    assertThat(published.breaks).isZero();
  }

  @Test
  void redirects_of_a_feed_are_followed_but_not_endlessly() {
    AtomicInteger circles = new AtomicInteger();
    site.createContext("/circle", exchange -> {
      circles.incrementAndGet();
      exchange.getResponseHeaders().add("Location", "/circle");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });
    site.createContext("/moved", exchange -> {
      exchange.getResponseHeaders().add("Location", "/news");
      exchange.sendResponseHeaders(301, -1);
      exchange.close();
    });
    items.add(item("1", "First", now));
    // Slow enough that no second check of the circle is interrupted by the end of the test.
    speed = 1;
    watch("/circle", "/moved");

    until(() -> published.titles.size() == 1);
    watch.orElseThrow().close();
    assertThat(circles.get() % (Redirects.MOST + 1)).isZero();
  }

  @Test
  void a_document_type_is_rejected_so_that_no_file_is_read() throws Exception {
    body = Optional.of(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss version=\"2.0\">"
            + "<channel><title>t</title><item><title>&x;</title><pubDate>" + RFC_822.format(now)
            + "</pubDate></item></channel></rss>");
    watch();
    until(() -> conditions.size() > 1);

    assertThat(published.titles).isEmpty();
  }

  private void watch(String... paths) {
    List<URI> feeds = Stream.of(paths.length == 0 ? new String[] {"/news"} : paths)
        .map(path -> URI.create("http://127.0.0.1:" + site.getAddress().getPort() + path))
        .toList();
    FeedWatch started = FeedWatch.start(
        new FeedSettings(feeds, Duration.ofSeconds(1), FeedSettings.DEFAULT_MAX_AGE),
        published,
        this::fastTime,
        new FeedClient(Duration.ofSeconds(2)),
        Duration.ofMillis(10));
    watch = Optional.of(started);
  }

  /** Returns a time that runs faster than real time, so that a feed that is checked once a second is checked more often. */
  private Instant fastTime() {
    return now.plus(Duration.between(now, Instant.now()).multipliedBy(speed));
  }

  private String rss() {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>"
        + "<link>https://example.com</link><description>d</description>"
        + String.join("", items) + "</channel></rss>";
  }

  private static String item(String id, String title, Instant at) {
    return "<item><title>" + title + "</title><guid isPermaLink=\"false\">" + id
        + "</guid><link>https://example.com/" + id + "</link><description>&lt;b&gt;Text&lt;/b&gt;"
        + "</description><pubDate>" + RFC_822.format(at) + "</pubDate></item>";
  }

  private void until(BooleanSupplier condition) {
    Eventually.holds(
        () -> "published " + published.titles + ", conditions " + conditions, condition);
  }

  /** Announcements that are published once per key, as by the engine. */
  private static final class Published implements Announcements {
    final List<String> titles = new CopyOnWriteArrayList<>();
    final List<String> links = new CopyOnWriteArrayList<>();
    private final Set<EventKey> seen = new HashSet<>();
    volatile int failures;
    volatile int breaks;

    @Override
    public boolean isPossible() {
      return true;
    }

    @Override
    public synchronized CompletableFuture<EntryId> publish(
        Participant author,
        String title,
        String text,
        Optional<String> url,
        Optional<EventKey> key) {
      if (breaks > 0) {
        breaks--;
        throw new IllegalStateException("nobody foresaw this");
      }
      if (failures > 0) {
        failures--;
        return CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
      }
      if (seen.add(key.orElseThrow())) {
        titles.add(title);
        url.ifPresent(links::add);
      }
      return CompletableFuture.completedFuture(new EntryId(new ArrayList<>(seen).size()));
    }
  }
}
