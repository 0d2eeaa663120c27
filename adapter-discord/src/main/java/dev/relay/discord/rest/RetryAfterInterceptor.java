package dev.relay.discord.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.dv8tion.jda.api.JDA;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Retry-After} of rate-limited requests (429). JDA handles short waits itself. Longer waits are reported to the request,
 * which leaves JDA's queue, so that Relay's lane waits instead of one of its threads. A header identifies the request; it is removed
 * before the request is sent. Thread-safe.
 */
public final class RetryAfterInterceptor implements Interceptor {
  /** Identifies a request; never sent to Discord. */
  static final String HEADER = "X-Relay-Request";

  /** Longer than Discord's usual wait for one message channel. */
  private static final double LONGEST_SHORT_WAIT_SECONDS = 2;

  private static final int TOO_MANY_REQUESTS = 429;

  private final AtomicLong count = new AtomicLong();
  private final Map<String, Waiting> requests = new ConcurrentHashMap<>();

  /** A request that reacts to a long wait. */
  interface Waiting {
    /**
     * Reports how long Discord asks to wait. Runs on one of JDA's threads.
     *
     * @param everybody true if the wait concerns all requests, not one route
     */
    void retryAfter(Duration wait, boolean everybody);
  }

  /** Returns the interceptor of a JDA; empty if a host built the JDA, whose requests wait in its queue. */
  static Optional<RetryAfterInterceptor> of(JDA jda) {
    return jda.getHttpClient().interceptors().stream()
        .filter(RetryAfterInterceptor.class::isInstance)
        .map(RetryAfterInterceptor.class::cast)
        .findFirst();
  }

  /** Watches a request for long waits until it is forgotten. Returns the value of its header. */
  String watch(Waiting request) {
    String name = Long.toString(count.incrementAndGet());
    requests.put(name, request);
    return name;
  }

  /** Stops to watch a finished request. */
  void forget(String name) {
    requests.remove(name);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String name = request.header(HEADER);
    if (name == null) {
      return chain.proceed(request);
    }
    Response response = chain.proceed(request.newBuilder().removeHeader(HEADER).build());
    @Nullable Waiting waiting = requests.get(name);
    if (response.code() == TOO_MANY_REQUESTS && waiting != null) {
      double seconds = seconds(response.header("Retry-After"));
      if (seconds > LONGEST_SHORT_WAIT_SECONDS) {
        waiting.retryAfter(
            Duration.ofMillis((long) Math.ceil(seconds * 1_000)), concernsEverybody(response));
      }
    }
    return response;
  }

  /** Checks for Discord's global limit, and for the ban of an address, which Cloudflare answers without the header "Via". */
  private static boolean concernsEverybody(Response response) {
    return response.header("X-RateLimit-Global") != null || response.header("Via") == null;
  }

  private static double seconds(@Nullable String header) {
    if (header == null) {
      return 0;
    }
    try {
      return Double.parseDouble(header);
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
