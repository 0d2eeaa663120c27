package dev.relay.twilio.port;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The watch of an account: the threads on which its desk and channels look for what webhooks have lost. Each of them has a thread, so
 * that a long recovery of one delays no other. Thread-safe.
 */
public final class TwilioWatch implements AutoCloseable {
  private final ScheduledThreadPoolExecutor threads;
  private final Duration every;

  /**
   * Creates a watch.
   *
   * @param every the pause between two rounds
   * @param parts the number of desks and channels that are watched
   */
  public TwilioWatch(Duration every, int parts) {
    this.every = every;
    threads = new ScheduledThreadPoolExecutor(parts, work -> {
      Thread thread = new Thread(work, "twilio-watch");
      thread.setDaemon(true);
      return thread;
    });
    threads.setRemoveOnCancelPolicy(true);
  }

  /** Runs something once as soon as a thread is free. */
  ScheduledFuture<?> now(Runnable look) {
    return threads.schedule(look, 0, TimeUnit.MILLISECONDS);
  }

  /** Runs something once after the pause between two rounds. */
  ScheduledFuture<?> later(Runnable look) {
    return threads.schedule(look, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs something in every round. */
  ScheduledFuture<?> inRounds(Runnable look) {
    return threads.scheduleWithFixedDelay(
        look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the threads. Harmless if repeated. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
