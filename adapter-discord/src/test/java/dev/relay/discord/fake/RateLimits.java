package dev.relay.discord.fake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that Discord sets for requests, in real time: per route and channel, and for all requests together. None are set at first.
 * Answers report the remaining requests in {@code X-RateLimit-} headers; requests beyond a limit are answered 429. Thread-safe.
 */
public final class RateLimits {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Map<String, Limit> limits = new HashMap<>();
  private final Map<String, Window> windows = new HashMap<>();
  private int perSecond = Integer.MAX_VALUE;
  private final Window all = new Window();

  private record Limit(int requests, long nanos) {}

  private static final class Window {
    private long end = System.nanoTime();
    private int used;
  }

  /** The state of a limit at a request: the remaining requests, the reset of the count, and whether this one exceeds the limit. */
  record State(int limit, int remaining, Duration resetAfter, boolean exceeded, boolean global) {}

  /** Limits a route to so many requests per channel (or guild, or webhook) in each such period. */
  public synchronized void perChannel(String route, int requests, Duration time) {
    limits.put(route, new Limit(requests, time.toNanos()));
  }

  /** Limits all routes together to so many requests a second; Discord documents 50. */
  public synchronized void globally(int requestsPerSecond) {
    perSecond = requestsPerSecond;
  }

  /** Counts a request. Returns null if its route has no limit of its own and the common one is not reached. */
  synchronized @Nullable State count(String route, String channel) {
    State common = use(all, new Limit(perSecond, SECOND_NANOS), true);
    if (common.exceeded()) {
      return common;
    }
    Limit limit = limits.get(route);
    if (limit == null) {
      return null;
    }
    return use(windows.computeIfAbsent(route + channel, none -> new Window()), limit, false);
  }

  private static State use(Window window, Limit limit, boolean global) {
    long now = System.nanoTime();
    if (now - window.end >= 0) {
      window.end = now + limit.nanos();
      window.used = 0;
    }
    Duration resetAfter = Duration.ofNanos(window.end - now);
    if (window.used >= limit.requests()) {
      return new State(limit.requests(), 0, resetAfter, true, global);
    }
    window.used++;
    return new State(limit.requests(), limit.requests() - window.used, resetAfter, false, global);
  }
}
