package dev.relay.discord.interaction;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs blocking work of commands, above all queries, on threads of its own. Bounded. Thread-safe. */
public final class CommandExecutor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandExecutor.class);
  /** Opening a chat takes about a third of a second, so eight threads open some twenty a second. */
  private static final int THREADS = 8;

  private static final int MAX_WAITING = 500;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
      THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
        Thread thread = new Thread(task, "discord-commands");
        thread.setDaemon(true);
        return thread;
      });

  /** Creates an executor without running threads. */
  public CommandExecutor() {
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs work soon. If the backlog is full or the work fails, the answer reports it to the caller.
   *
   * @param answer the answer to the interaction
   */
  public void run(PrivateAnswer answer, Runnable work) {
    run(answer, work, () -> answer.overloaded(Duration.ofSeconds(5)));
  }

  /**
   * Runs work soon.
   *
   * @param whenFull runs at once instead if the backlog is full; must not block
   */
  void run(PrivateAnswer answer, Runnable work, Runnable whenFull) {
    try {
      executor.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException failed) {
          // Without the exception's message, which may contain customers' text.
          LOG.warn(
              "Interaction {} failed: {}",
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
