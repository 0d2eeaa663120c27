package dev.relay.discord.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Requests for feeds, against a real HTTP server on loopback. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeedClientTest {
  private static final String FEED =
      "<rss version=\"2.0\"><channel><item><title>News</title><link>/1</link></item></channel></rss>";
  private static final byte[] PLAIN = FEED.getBytes(StandardCharsets.UTF_8);

  private final FeedClient client = new FeedClient(Duration.ofSeconds(20));
  private final List<String> askedCodings = new ArrayList<>();
  private volatile int status = 200;
  private volatile byte[] body = PLAIN;
  private volatile Map<String, String> headers = Map.of();
  private HttpServer site;

  @BeforeAll
  void open() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/feed", exchange -> {
      askedCodings.add(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
      headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean hasBody = status == 200;
      exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    site.createContext("/moved", exchange -> {
      exchange.getResponseHeaders().set("Location", "/feed");
      exchange.sendResponseHeaders(
          exchange.getRequestURI().getPath().endsWith("temporarily") ? 302 : 308, -1);
      exchange.close();
    });
    site.start();
  }

  @AfterAll
  void close() {
    site.stop(0);
  }

  @Test
  void a_compressed_feed_is_read_whether_or_not_the_header_says_so() throws Exception {
    byte[] gzip = compressed(PLAIN, "gzip");
    assertItems(gzip, Map.of("Content-Encoding", "gzip"));
    assertItems(gzip, Map.of("Content-Encoding", "x-gzip"));
    assertItems(gzip, Map.of("Content-Type", "application/gzip"));
    assertItems(compressed(gzip, "gzip"), Map.of("Content-Encoding", "gzip"));
    assertItems(compressed(PLAIN, "zlib"), Map.of("Content-Encoding", "deflate"));
    assertItems(compressed(PLAIN, "bare"), Map.of("Content-Encoding", "deflate"));
    assertItems(compressed(gzip, "zlib"), Map.of("Content-Encoding", "GZIP, deflate"));
    assertItems(PLAIN, Map.of("Content-Encoding", "gzip"));
    assertItems(PLAIN, Map.of("Content-Encoding", "identity"));
    assertThat(askedCodings).containsOnly("gzip");
  }

  @Test
  void a_compression_that_cannot_be_undone_is_named() throws Exception {
    byte[] gzip = compressed(PLAIN, "gzip");
    assertFailure(PLAIN, Map.of("Content-Encoding", "br"), "compressed with \"br\"");
    assertFailure(
        Arrays.copyOf(gzip, gzip.length - 12), Map.of("Content-Encoding", "gzip"), "incomplete");
    assertFailure(PLAIN, Map.of("Content-Encoding", "deflate"), "damaged");
  }

  @Test
  void a_small_body_that_becomes_huge_is_refused() throws Exception {
    assertFailure(
        compressed(new byte[64 * 1024 * 1024], "gzip"),
        Map.of("Content-Encoding", "gzip"),
        "is larger than 4 MiB");
  }

  @Test
  void the_wait_that_a_site_asks_for_is_read_in_seconds_and_as_a_date() throws Exception {
    status = 429;
    assertThat(waitFor(Map.of("Retry-After", "120"))).contains(Duration.ofMinutes(2));
    assertThat(waitFor(Map.of("Retry-After", " 99999999 "))).contains(Duration.ofDays(1));
    status = 503;
    String inAnHour = DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    assertThat(waitFor(Map.of("Retry-After", inAnHour)).orElseThrow())
        .isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
    for (String none :
        List.of("-5", "soon", "", "99999999999999999999", "Sat, 28 Nov 1998 12:10:00 GMT")) {
      assertThat(waitFor(Map.of("Retry-After", none))).as(none).isEmpty();
    }
  }

  @Test
  void a_site_that_reports_no_change_to_nobody_who_asked_has_failed() throws Exception {
    status = 304;
    headers = Map.of();

    assertThat(check("/feed")).isInstanceOf(FeedAnswer.Failed.class);
    assertThat(client.check(address("/feed"), new FeedMark(Optional.of("\"1\""), Optional.empty())))
        .isInstanceOf(FeedAnswer.Unchanged.class);
  }

  @Test
  void redirects_are_not_followed_endlessly() throws Exception {
    AtomicInteger circles = new AtomicInteger();
    site.createContext("/circle", exchange -> {
      circles.incrementAndGet();
      exchange.getResponseHeaders().set("Location", "/circle");
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });

    assertThat(check("/circle")).isInstanceOf(FeedAnswer.Failed.class);
    assertThat(circles).hasValue(Redirects.MOST + 1);
  }

  @Test
  void a_feed_that_has_moved_for_good_names_its_new_address() throws Exception {
    status = 200;
    body = PLAIN;
    headers = Map.of();

    assertThat(items("/feed").movedTo()).isEmpty();
    assertThat(items("/moved/temporarily").movedTo()).isEmpty();
    assertThat(items("/moved/for-good").movedTo()).contains(address("/feed"));
    assertThat(items("/moved/for-good").items().get(0).link())
        .contains(address("/1").toString());
  }

  private void assertItems(byte[] sent, Map<String, String> with) throws Exception {
    status = 200;
    body = sent;
    headers = with;
    assertThat(items("/feed").items()).as(with.toString()).hasSize(1);
  }

  private void assertFailure(byte[] sent, Map<String, String> with, String reason)
      throws Exception {
    status = 200;
    body = sent;
    headers = with;
    assertThat(check("/feed"))
        .isInstanceOfSatisfying(
            FeedAnswer.Failed.class, failed -> assertThat(failed.reason()).contains(reason));
  }

  private Optional<Duration> waitFor(Map<String, String> with) throws Exception {
    headers = with;
    return ((FeedAnswer.Failed) check("/feed")).after();
  }

  private FeedAnswer.Items items(String path) throws Exception {
    FeedAnswer answer = check(path);
    assertThat(answer).isInstanceOf(FeedAnswer.Items.class);
    return (FeedAnswer.Items) answer;
  }

  private FeedAnswer check(String path) throws InterruptedException {
    return client.check(address(path), FeedMark.NONE);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + site.getAddress().getPort() + path);
  }

  private static byte[] compressed(byte[] content, String how) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater bare = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (OutputStream out = switch (how) {
      case "gzip" -> new GZIPOutputStream(bytes);
      case "bare" -> new DeflaterOutputStream(bytes, bare);
      default -> new DeflaterOutputStream(bytes);
    }) {
      out.write(content);
    }
    bare.end();
    return bytes.toByteArray();
  }
}
