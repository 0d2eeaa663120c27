package dev.relay.discord.outbound;

import dev.relay.core.delivery.BackOff;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a help channel that does not work again from time to time, since Discord need not report that it works. The wait doubles for as
 * long as it fails, because each time all customers are tried who wait for it. Thread-safe.
 */
public final class HelpChannelProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HelpChannelProbe.class);
  private static final int LONGEST = 12;

  private final FallbackThreads threads;
  private final Duration first;
  private final ScheduledExecutorService executor;
  private Duration wait;

  /**
   * Creates the probe; nothing runs before {@link #start}.
   *
   * @param first the first wait; the longest is twelve times as long
   */
  public HelpChannelProbe(FallbackThreads threads, Duration first) {
    this.threads = threads;
    this.first = first;
    this.wait = first;
    ScheduledThreadPoolExecutor single = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "relay-help-channel");
      thread.setDaemon(true);
      return thread;
    });
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.executor = single;
  }

  /** Begins to probe. Returns at once. */
  public void start() {
    next();
  }

  private void next() {
    var unused = executor.schedule(this::probe, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void probe() {
    try {
      wait = threads.probe() ? longer() : first;
    } catch (RuntimeException broken) {
      LOG.warn("Discord: the help channel could not be probed", broken);
    }
    if (!executor.isShutdown()) {
      next();
    }
  }

  private Duration longer() {
    return BackOff.shorter(wait.multipliedBy(2), first.multipliedBy(LONGEST));
  }

  /** Stops probing; one that runs is not waited for. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
