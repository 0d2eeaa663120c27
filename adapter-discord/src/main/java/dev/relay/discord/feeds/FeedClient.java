package dev.relay.discord.feeds;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches feeds: conditional requests, bounded in time, size and redirects. Thread-safe. */
public final class FeedClient {
  /** The limit for a whole check, including redirects and the last byte of the body. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);
  /** The largest feed that is read: a few hundred full articles. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final long MAX_WAIT_SECONDS = Duration.ofDays(1).toSeconds();

  private final Duration deadline;
  private final HttpClient http;

  /**
   * Creates a client.
   *
   * @param deadline the limit for a whole check
   */
  public FeedClient(Duration deadline) {
    this.deadline = deadline;
    this.http = HttpClient.newBuilder()
        .connectTimeout(deadline)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** Checks a feed once. Blocks until the deadline at most. */
  public FeedAnswer check(URI feed, FeedMark mark) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      URI address = feed;
      boolean isPermanent = true;
      for (int redirects = 0; redirects <= Redirects.MOST; redirects++) {
        HttpResponse<byte[]> response = fetch(address, mark, end);
        if (!Redirects.isOne(response.statusCode())) {
          boolean hasMoved = isPermanent && !address.equals(feed);
          return answer(
              response, mark, address, hasMoved ? Optional.of(address) : Optional.empty());
        }
        isPermanent &= Redirects.isPermanent(response.statusCode());
        address = Redirects.target(feed, address, response.headers().firstValue("Location"));
      }
      return failed("redirects more than " + Redirects.MOST + " times");
    } catch (Redirects.RefusedException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return failed("did not answer within " + deadline.toSeconds() + " s");
    } catch (IOException e) {
      return failed("could not be reached: " + e.getClass().getSimpleName());
    } catch (FeedException e) {
      return failed(e.reason());
    }
  }

  /** Fetches an answer with its whole body before the deadline; the time-out of a request covers the headers only. */
  private HttpResponse<byte[]> fetch(URI address, FeedMark mark, long end)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address)
        .header(
            "Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5")
        .header("Accept-Encoding", "gzip")
        .header("User-Agent", "Relay");
    mark.entityTag().ifPresent(tag -> request.header("If-None-Match", tag));
    mark.lastModified().ifPresent(date -> request.header("If-Modified-Since", date));
    BoundedBody body = new BoundedBody(MAX_BYTES);
    BoundedBody ignored = new BoundedBody(0);
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request.build(), head -> head.statusCode() == 200 ? body : ignored);
    try {
      return exchange.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("the request failed", e.getCause());
    } finally {
      // After the deadline or an interruption, the connection must not stay open.
      exchange.cancel(true);
      body.end();
      ignored.end();
    }
  }

  private static FeedAnswer answer(
      HttpResponse<byte[]> response, FeedMark asked, URI address, Optional<URI> movedTo)
      throws FeedException {
    if (response.statusCode() == 304 && !asked.equals(FeedMark.NONE)) {
      return new FeedAnswer.Unchanged();
    }
    if (response.statusCode() != 200) {
      return new FeedAnswer.Failed("answered " + response.statusCode(), retryAfter(response));
    }
    byte[] body = response.body();
    byte[] content = body.length > MAX_BYTES
        ? body
        : ContentCoding.decode(body, response.headers().allValues("Content-Encoding"), MAX_BYTES);
    if (content.length > MAX_BYTES) {
      return failed("is larger than " + MAX_BYTES / 1024 / 1024 + " MiB");
    }
    return new FeedAnswer.Items(
        FeedParser.parse(content, response.headers().firstValue("Content-Type"), address),
        new FeedMark(
            response.headers().firstValue("ETag"), response.headers().firstValue("Last-Modified")),
        movedTo);
  }

  /** Returns the wait that a site asks for, in seconds or, measured by the site's own clock, until a date (RFC 9110, section 10.2.3). */
  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    Optional<String> asked = response.headers().firstValue("Retry-After").map(String::strip);
    Optional<Long> seconds = asked
        .filter(it -> it.matches("[0-9]{1,9}"))
        .map(Long::parseLong)
        .or(() -> asked.flatMap(FeedDates::parse).map(until -> {
          Optional<Instant> now = response.headers().firstValue("Date").flatMap(FeedDates::parse);
          return Duration.between(now.orElseGet(Instant::now), until).toSeconds();
        }));
    return seconds
        .filter(it -> it >= 0)
        .map(it -> Duration.ofSeconds(Math.min(it, MAX_WAIT_SECONDS)));
  }

  private static FeedAnswer failed(String reason) {
    return new FeedAnswer.Failed(reason, Optional.empty());
  }
}
