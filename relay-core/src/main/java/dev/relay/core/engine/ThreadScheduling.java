package dev.relay.core.engine;

import dev.relay.core.engine.commit.Scheduling;
import dev.relay.core.operations.RelayObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A scheduling on real threads, which start when first needed and end after a minute without work. Thread-safe. */
final class ThreadScheduling implements Scheduling {
  private final RelayObserver observer;
  private final List<ExecutorService> pools = new ArrayList<>();
  private final ScheduledExecutorService timer;

  ThreadScheduling(RelayObserver observer) {
    this.observer = observer;
    this.timer = Executors.newSingleThreadScheduledExecutor(named("relay-timer"));
  }

  @Override
  public Executor executor(String name, int threads) {
    ThreadPoolExecutor pool = new ThreadPoolExecutor(
        threads,
        threads,
        60,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        named("relay-" + name));
    pool.allowCoreThreadTimeOut(true);
    synchronized (pools) {
      pools.add(pool);
    }
    return task -> {
      try {
        pool.execute(guarded(name, task));
      } catch (RejectedExecutionException stopped) {
        // The engine has stopped: the work of this task is done after the next start.
      }
    };
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    try {
      Future<?> future =
          timer.schedule(guarded("timer", task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException stopped) {
      return () -> {};
    }
  }

  @Override
  public void close(Duration grace) {
    timer.shutdownNow();
    List<ExecutorService> all;
    synchronized (pools) {
      all = List.copyOf(pools);
    }
    all.forEach(ExecutorService::shutdown);
    long deadline = System.nanoTime() + grace.toNanos();
    boolean interrupted = false;
    for (ExecutorService pool : all) {
      try {
        if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          pool.shutdownNow();
        }
      } catch (InterruptedException e) {
        interrupted = true;
        pool.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Runnable guarded(String name, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        observer.broken(name, e);
      }
    };
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
