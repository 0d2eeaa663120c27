package dev.relay.http;

import dev.relay.http.live.PresenceWatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Brings the presence of agents up to date every few seconds while the server runs. Thread-safe. */
final class PresenceChecks {
  private static final int PERIOD_SECONDS = 2;

  private final PresenceWatch watch;
  private final HttpObserver observer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "relay-presence");
        thread.setDaemon(true);
        return thread;
      });

  PresenceChecks(PresenceWatch watch, HttpObserver observer) {
    this.watch = watch;
    this.observer = observer;
  }

  PresenceWatch watch() {
    return watch;
  }

  void start() {
    var unused =
        timer.scheduleWithFixedDelay(this::check, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops; harmless if repeated. */
  void stop() {
    timer.shutdownNow();
  }

  private void check() {
    try {
      watch.check();
    } catch (Throwable e) {
      // An error must not end the timer either.
      observer.broken("presence", e);
    }
  }
}
