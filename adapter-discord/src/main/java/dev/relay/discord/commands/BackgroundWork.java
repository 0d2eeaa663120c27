package dev.relay.discord.commands;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what may block, above all queries, away from JDA's and Relay's own threads. Thread-safe, bounded. */
final class BackgroundWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundWork.class);
  /** Each opens a chat in a third of a second or so: some twenty in a second. */
  private static final int THREADS = 8;

  private static final int MAX_WAITING = 500;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
      THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
        Thread thread = new Thread(task, "discord-commands");
        thread.setDaemon(true);
        return thread;
      });

  BackgroundWork() {
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the work soon. Where too much waits already, tells the person so; where it fails, that it is not available.
   *
   * @param answer the answer to the interaction that the work is for
   */
  void run(PrivateAnswer answer, Runnable work) {
    run(answer, work, () -> answer.overloaded(Duration.ofSeconds(5)));
  }

  /** Runs the work soon; where too much waits already, the other at once, which must not block. */
  void run(PrivateAnswer answer, Runnable work, Runnable whenFull) {
    try {
      executor.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException failed) {
          // Without the message, which may hold what somebody wrote.
          LOG.warn(
              "Interaction {} could not be served: {}",
              answer.interactionId(),
              failed.getClass().getName());
          answer.unavailable();
        }
      });
    } catch (RejectedExecutionException full) {
      whenFull.run();
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
