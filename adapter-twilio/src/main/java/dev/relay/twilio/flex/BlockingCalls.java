package dev.relay.twilio.flex;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work that waits for Twilio's answers on threads of its own: however slow they are, other work continues. Thread-safe. */
final class BlockingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(BlockingCalls.class);
  private static final int THREADS = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
    Thread thread = new Thread(work, "flex-desk-calls");
    thread.setDaemon(true);
    return thread;
  });

  /** Makes calls; completes with their result or their failure. */
  <T> CompletableFuture<T> call(Supplier<T> calls) {
    return CompletableFuture.supplyAsync(calls, threads);
  }

  /** Makes calls without waiting for their result. */
  void inBackground(Runnable calls) {
    try {
      threads.execute(calls);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("not done, since the desk is stopping; the watch finds it after the next start");
    }
  }

  void stop() {
    threads.shutdown();
  }
}
