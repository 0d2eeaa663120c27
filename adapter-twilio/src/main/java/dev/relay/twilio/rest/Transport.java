package dev.relay.twilio.rest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends a request exactly once and waits for its whole answer, no longer than allowed. Thread-safe.
 *
 * <p>The JDK's own request time-out ends with the answer's head; this one holds for the body too.
 */
public final class Transport {
  /** The longest answer in bytes: a page of 100 messages of 32 KB each, with room to spare. */
  static final int MAX_ANSWER = 8 * 1024 * 1024;

  private final HttpClient http;
  private final Duration requestTimeout;
  private final InstantSource clock;
  /** The time at which a thread's work must be over, on the scale of {@link System#nanoTime()}; work and all its calls run on one thread. */
  private final ThreadLocal<Optional<Long>> ends = ThreadLocal.withInitial(Optional::empty);

  public Transport(Duration connectTimeout, Duration requestTimeout, InstantSource clock) {
    // HTTP/1.1: the JDK's client repeats requests on an HTTP/2 connection that is shut down.
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectTimeout)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
    this.requestTimeout = requestTimeout;
    this.clock = clock;
  }

  /**
   * Makes calls that end within a time: none begins unless its whole time-out is left, so that none is broken off whose outcome would then
   * be unknown. What is left is refused with {@link TwilioOutOfTimeException}.
   */
  <T> T within(Duration longest, Supplier<T> calls) {
    ends.set(Optional.of(System.nanoTime() + longest.toNanos()));
    try {
      return calls.get();
    } finally {
      ends.remove();
    }
  }

  private boolean isOutOfTime(Duration timeout) {
    return ends.get().filter(end -> end - System.nanoTime() < timeout.toNanos()).isPresent();
  }

  /** Returns the answer, whatever its status except 429. */
  HttpResponse<byte[]> send(HttpRequest request, int maxAnswer) {
    return send(request, maxAnswer, requestTimeout);
  }

  /** Returns the answer, whatever its status except 429, if it comes whole within that time. */
  HttpResponse<byte[]> send(HttpRequest request, int maxAnswer, Duration timeout) {
    if (isOutOfTime(timeout)) {
      throw new TwilioOutOfTimeException();
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BoundedBody.upTo(maxAnswer));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() == 429) {
        throw new TwilioRateLimitedException(retryAfter(response));
      }
      return response;
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TwilioOutcomeUnknownException(
          "no answer from " + request.uri().getHost() + " within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new TwilioOutcomeUnknownException("interrupted while waiting for an answer", e);
    } catch (ExecutionException e) {
      throw failure(request.uri().getHost(), e);
    }
  }

  private static RuntimeException failure(String host, ExecutionException failure) {
    Throwable cause = Optional.ofNullable(failure.getCause()).orElse(failure);
    String name = cause.getClass().getSimpleName();
    boolean unreached = cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnresolvedAddressException;
    if (unreached) {
      boolean isUnknown = cause instanceof UnresolvedAddressException
          || cause.getCause() instanceof UnresolvedAddressException;
      return new TwilioNotReachedException(
          "cannot connect to " + host + ": " + (isUnknown ? "its name is not known here" : name),
          cause);
    }
    return cause instanceof IOException
        ? new TwilioOutcomeUnknownException("the connection broke: " + name, cause)
        : new TwilioOutcomeUnknownException("the call failed: " + name, cause);
  }

  /** Parses seconds or an HTTP date; a malformed value counts as missing. */
  private Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").flatMap(value -> {
      String text = value.strip();
      if (text.matches("\\d{1,6}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      try {
        Instant then =
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        Duration wait = Duration.between(clock.instant(), then);
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    });
  }
}
