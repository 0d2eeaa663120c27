package dev.relay.discord.feeds;

import com.rometools.rome.io.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Fetches feeds: conditional requests, bounded in time and size. Thread-safe. */
final class FeedClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  /** The largest feed that is read: some hundred full articles. */
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final long MAX_WAIT_SECONDS = Duration.ofDays(1).toSeconds();

  private final HttpClient http = HttpClient.newBuilder()
      .connectTimeout(TIMEOUT)
      .followRedirects(HttpClient.Redirect.NORMAL)
      .build();

  /** One look at a feed. */
  FeedAnswer look(URI feed, FeedMark mark) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(feed)
        .timeout(TIMEOUT)
        .header(
            "Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5")
        .header("User-Agent", "Relay");
    mark.entityTag().ifPresent(tag -> request.header("If-None-Match", tag));
    mark.lastModified().ifPresent(date -> request.header("If-Modified-Since", date));
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return answer(response, body);
      }
    } catch (IOException e) {
      return failed("could not be reached: " + e.getClass().getSimpleName());
    } catch (FeedException e) {
      return failed("is no RSS or Atom feed");
    }
  }

  private static FeedAnswer answer(HttpResponse<InputStream> response, InputStream body)
      throws IOException, FeedException {
    if (response.statusCode() == 304) {
      return new FeedAnswer.Unchanged();
    }
    if (response.statusCode() != 200) {
      return new FeedAnswer.Failed("answered " + response.statusCode(), retryAfter(response));
    }
    byte[] content = body.readNBytes(MAX_BYTES + 1);
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
