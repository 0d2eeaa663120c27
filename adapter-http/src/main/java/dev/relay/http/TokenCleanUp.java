package dev.relay.http;

import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.workspace.Workspace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Removes expired tokens, old drafts and old profiles of sites' customers once an hour while the server runs. Thread-safe. */
final class TokenCleanUp {
  /** The number of tokens that a store removes in one call. */
  private static final int BATCH = 1_000;
  /** A draft that nobody has touched for so long is forgotten. */
  private static final Duration DRAFTS_KEPT = Duration.ofDays(30);
  /** What a site states about a customer is forgotten if the customer has not come back with it for so long. */
  private static final Duration PROFILES_KEPT = Duration.ofDays(365);

  private final AccessTokens tokens;
  private final Workspace workspace;
  private final InstantSource clock;
  private final HttpObserver observer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "relay-tokens");
        thread.setDaemon(true);
        return thread;
      });

  /**
   * Creates the clean-up; nothing runs before {@link #start}.
   *
   * @param observer receives failures of the store; the next hour tries again
   */
  TokenCleanUp(
      AccessTokens tokens, Workspace workspace, InstantSource clock, HttpObserver observer) {
    this.tokens = tokens;
    this.workspace = workspace;
    this.clock = clock;
    this.observer = observer;
  }

  /** Removes what has expired, now and every hour. Returns at once. */
  void start() {
    var unused = timer.scheduleWithFixedDelay(this::removeExpired, 0, 1, TimeUnit.HOURS);
  }

  /** Stops; harmless if repeated. */
  void stop() {
    timer.shutdownNow();
  }

  void removeExpired() {
    try {
      while (!timer.isShutdown() && tokens.removeExpired(clock.instant()) == BATCH) {
        // A full batch was removed: there may be more.
      }
      while (!timer.isShutdown()
          && workspace.drafts().removeOlder(clock.instant().minus(DRAFTS_KEPT)) == BATCH) {
        // As above.
      }
      while (!timer.isShutdown()
          && workspace.siteProfiles().removeStatedBefore(clock.instant().minus(PROFILES_KEPT))
              == BATCH) {
        // As above.
      }
    } catch (Throwable e) {
      // An error must not end the timer either.
      observer.broken("token clean-up", e);
    }
  }
}
