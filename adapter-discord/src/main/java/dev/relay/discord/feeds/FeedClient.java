package dev.relay.discord.feeds;

import com.rometools.rome.io.FeedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
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
      for (int redirects = 0; redirects <= Redirects.MOST; redirects++) {
        HttpResponse<byte[]> response = fetch(address, mark, end);
        if (!Redirects.isOne(response.statusCode())) {
          return answer(response);
        }
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
      return failed("is not an RSS or Atom feed");
    }
  }

  /** Fetches an answer with its whole body before the deadline; the time-out of a request covers the headers only. */
  private HttpResponse<byte[]> fetch(URI address, FeedMark mark, long end)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address)
        .header(
            "Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5")
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

  private static FeedAnswer answer(HttpResponse<byte[]> response)
      throws IOException, FeedException {
    if (response.statusCode() == 304) {
      return new FeedAnswer.Unchanged();
    }
    if (response.statusCode() != 200) {
      return new FeedAnswer.Failed("answered " + response.statusCode(), retryAfter(response));
    }
    byte[] content = response.body();
    if (content.length > MAX_BYTES) {
      return failed("is larger than " + MAX_BYTES / 1024 / 1024 + " MiB");
    }
    return new FeedAnswer.Items(
        FeedParser.parse(content, response.headers().firstValue("Content-Type")),
        new FeedMark(
            response.headers().firstValue("ETag"), response.headers().firstValue("Last-Modified")));
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    try {
      OptionalLong seconds = response.headers().firstValueAsLong("Retry-After");
      return seconds.isPresent() && seconds.getAsLong() >= 0
          ? Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), MAX_WAIT_SECONDS)))
          : Optional.empty();
    } catch (NumberFormatException dateInsteadOfSeconds) {
      return Optional.empty();
    }
  }

  private static FeedAnswer failed(String reason) {
    return new FeedAnswer.Failed(reason, Optional.empty());
  }
}
