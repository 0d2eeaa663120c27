package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Announcements;
import dev.relay.discord.feeds.FeedClient;
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
  private static final int SPEED = 40;
  private final Instant now = Instant.now();
  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final Published published = new Published();
  private final MemoryStore store = new MemoryStore();
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
  void what_is_there_at_the_first_check_is_not_news() {
    items.add(item("2", "Second", now.minusSeconds(60)));
    items.add("<item><title>Undated</title><guid>1</guid></item>");
    items.add(item("0", "In a far future", now.plus(Duration.ofDays(20_000))));
    watch();
    untilRead();
    items.add(0, item("3", "Third", now));

    until(() -> !published.titles.isEmpty());
    assertThat(published.titles).containsExactly("Third");
  }

  @Test
  void new_items_are_announced_once_each_the_oldest_first() {
    watch();
    untilRead();
    items.addAll(List.of(
        item("2", "Second", now.minusSeconds(60)),
        item("1", "First &amp; best", now.minusSeconds(120)),
        item("0", "Last year's", now.minus(Duration.ofDays(365)))));
    until(() -> published.titles.size() == 2);
    items.add(0, item("3", "Third", now));
    until(() -> published.titles.size() == 3);
    untilRead();

    assertThat(published.titles).containsExactly("First & best", "Second", "Third");
    assertThat(published.links).contains("https://example.com/1");
  }

  @Test
  void a_restart_repeats_nothing_and_misses_nothing() {
    watch();
    untilRead();
    items.add(item("1", "First", now));
    until(() -> published.titles.size() == 1);
    watch.orElseThrow().close();
    // The store forgets the keys of announcements after a while; what was seen, it keeps.
    published.forgetKeys();
    items.add(0, item("2", "Published while Relay was off", now));
    watch();
    until(() -> published.titles.size() == 2);
    untilRead();

    assertThat(published.titles).containsExactly("First", "Published while Relay was off");
  }

  @Test
  void items_that_could_not_be_stored_are_announced_later() {
    watch();
    untilRead();
    published.failures = 2;
    items.add(item("1", "First", now));

    until(() -> published.titles.size() == 1);
    assertThat(published.failures).isZero();
  }

  @Test
  void an_item_that_can_never_be_announced_holds_up_no_other() {
    watch();
    untilRead();
    published.refused = "Refused";
    items.addAll(List.of(item("2", "Second", now), item("1", "Refused", now.minusSeconds(9))));

    until(() -> published.titles.size() == 1);
    assertThat(published.titles).containsExactly("Second");
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
    untilRead();
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
    watch("/drip", "/news");
    untilRead();
    items.add(item("1", "First", now));

    until(() -> published.titles.size() == 1);
  }

  @Test
  void an_unexpected_failure_ends_neither_the_watch_nor_the_feed() {
    watch();
    untilRead();
    published.breaks = 2;
    items.add(item("1", "First", now));

    until(() -> published.titles.size() == 1);
    assertThat(published.breaks).isZero();
  }

  @Test
  void redirects_of_a_feed_are_followed() {
    site.createContext("/moved", exchange -> {
      exchange.getResponseHeaders().add("Location", "/news");
      exchange.sendResponseHeaders(301, -1);
      exchange.close();
    });
    watch("/moved");
    untilRead();
    items.add(item("1", "First", now));

    until(() -> published.titles.size() == 1);
  }

  @Test
  void an_entity_of_a_document_type_is_not_read_so_that_no_file_is() {
    watch();
    untilRead();
    int looks = conditions.size();
    body = Optional.of(
        "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss version=\"2.0\">"
            + "<channel><title>t</title><item><title>&x;</title><pubDate>" + RFC_822.format(now)
            + "</pubDate></item></channel></rss>");
    items.add("changes the tag");
    until(() -> conditions.size() > looks + 1);

    assertThat(published.titles).isEmpty();
  }

  private void watch(String... paths) {
    List<URI> feeds = Stream.of(paths.length == 0 ? new String[] {"/news"} : paths)
        .map(path -> URI.create("http://127.0.0.1:" + site.getAddress().getPort() + path))
        .toList();
    FeedWatch started = FeedWatch.start(
        new FeedSettings(feeds, Duration.ofSeconds(1), FeedSettings.DEFAULT_MAX_AGE),
        published,
        store,
        this::fastTime,
        new FeedClient(Duration.ofSeconds(2)),
        Duration.ofMillis(10));
    watch = Optional.of(started);
  }

  /** Returns a time that runs faster than real time, so that a feed that is checked once a second is checked more often. */
  private Instant fastTime() {
    return now.plus(Duration.between(now, Instant.now()).multipliedBy(SPEED));
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

  /** Waits until the present items have been read: the site is then asked whether they have changed. */
  private void untilRead() {
    int looks = conditions.size();
    until(() -> conditions.subList(looks, conditions.size()).contains("same"));
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
    volatile String refused = "";

    synchronized void forgetKeys() {
      seen.clear();
    }

    @Override
    public boolean isPossible() {
      return true;
    }

    @Override
    public CompletableFuture<Optional<Planned>> plan(
        Participant author,
        String title,
        String text,
        Optional<String> url,
        Instant at,
        Optional<String> sourceId) {
      throw new UnsupportedOperationException("feeds plan nothing");
    }

    @Override
    public CompletableFuture<Optional<Planned>> cancel(long id) {
      throw new UnsupportedOperationException("feeds plan nothing");
    }

    @Override
    public List<Planned> planned() {
      return List.of();
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
      if (title.equals(refused)) {
        return CompletableFuture.failedFuture(new IllegalArgumentException("not allowed"));
      }
      if (seen.add(key.orElseThrow())) {
        titles.add(title);
        url.ifPresent(links::add);
      }
      return CompletableFuture.completedFuture(new EntryId(new ArrayList<>(seen).size()));
    }
  }
}
