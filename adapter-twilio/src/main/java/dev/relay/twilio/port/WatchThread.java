package dev.relay.twilio.port;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The single thread on which one desk or channel looks for what webhooks have lost: one look at a time. Thread-safe. */
final class WatchThread {
  private final Duration every;
  private final ScheduledThreadPoolExecutor thread;

  /**
   * Creates a thread that has nothing to do yet.
   *
   * @param every the pause between two rounds
   */
  WatchThread(Duration every) {
    this.every = every;
    thread = new ScheduledThreadPoolExecutor(1, work -> {
      Thread made = new Thread(work, "twilio-watch");
      made.setDaemon(true);
      return made;
    });
    thread.setRemoveOnCancelPolicy(true);
  }

  /** Runs something once, after the look that is under way. */
  ScheduledFuture<?> now(Runnable look) {
    return thread.schedule(look, 0, TimeUnit.MILLISECONDS);
  }

  /** Runs something once after the pause between two rounds. */
  ScheduledFuture<?> later(Runnable look) {
    return thread.schedule(look, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs something in every round. */
  ScheduledFuture<?> inRounds(Runnable look) {
    return thread.scheduleWithFixedDelay(
        look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the thread. Harmless if repeated. */
  void close() {
    thread.shutdownNow();
  }
}
