package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parts of answers that report limits, in the headers and the body that Discord documents. */
final class RateLimitHeaders {
  private static final RateLimits.State GENEROUS =
      new RateLimits.State(1_000, 999, Duration.ofSeconds(1), false, false);
  private static final double MILLIS = 1_000.0;

  private RateLimitHeaders() {}

  /** Returns the answer 429 with the time of the next attempt, for this route or for all. */
  static RestAnswer tooMany(Duration retryAfter, boolean global) {
    double seconds = retryAfter.toMillis() / MILLIS;
    ObjectNode body = Json.object()
        .put("message", "You are being rate limited.")
        .put("retry_after", seconds)
        .put("global", global);
    RestAnswer answer = new RestAnswer(429, body)
        .with("Retry-After", Long.toString((long) Math.ceil(seconds)))
        .with("X-RateLimit-Reset-After", inSeconds(seconds))
        .with("X-RateLimit-Remaining", "0");
    return global
        ? answer.with("X-RateLimit-Global", "true").with("X-RateLimit-Scope", "global")
        : answer.with("X-RateLimit-Scope", "user");
  }

  /** Returns the answer with the remaining requests of the route's limit; a generous limit by default. */
  static RestAnswer with(RestAnswer answer, String route, RateLimits.@Nullable State limit) {
    RateLimits.State state = limit == null ? GENEROUS : limit;
    double resetAfter = state.resetAfter().toMillis() / MILLIS;
    RestAnswer full = answer
        .with("X-RateLimit-Bucket", Integer.toHexString(route.hashCode()))
        .with("X-RateLimit-Limit", Integer.toString(state.limit()))
        .with("X-RateLimit-Reset", inSeconds(System.currentTimeMillis() / MILLIS + resetAfter));
    return answer.status() == 429
        ? full
        : full.with("X-RateLimit-Remaining", Integer.toString(state.remaining()))
            .with("X-RateLimit-Reset-After", inSeconds(resetAfter));
  }

  private static String inSeconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
