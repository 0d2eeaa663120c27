package dev.relay.twilio.port;

import dev.relay.core.id.PortId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work that waits for Twilio's answers on threads of its own: however slow they are, other work continues. Thread-safe. */
public final class BlockingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(BlockingCalls.class);
  private static final int THREADS = 16;

  private final ExecutorService threads;

  /** Creates the threads of a desk or channel; they begin with the first work. */
  public BlockingCalls(PortId port) {
    threads = Executors.newFixedThreadPool(THREADS, work -> {
      Thread thread = new Thread(work, "twilio-" + port + "-calls");
      thread.setDaemon(true);
      return thread;
    });
  }

  /** Makes calls; completes with their result or their failure. */
  public <T> CompletableFuture<T> call(Supplier<T> calls) {
    return CompletableFuture.supplyAsync(calls, threads);
  }

  /** Makes calls without waiting for their result. */
  public void inBackground(Runnable calls) {
    try {
      threads.execute(calls);
    } catch (RejectedExecutionException stopped) {
      LOG.debug("not done, since the desk is stopping; the watch finds it after the next start");
    }
  }

  /** Ends the threads once their work is done. Harmless if repeated. */
  public void stop() {
    threads.shutdown();
  }
}
