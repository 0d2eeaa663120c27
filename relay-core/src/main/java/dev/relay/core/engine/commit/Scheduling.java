package dev.relay.core.engine.commit;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The threads and timers on which the engine's tasks run. A simulator can replace them, and run all tasks in one thread in any order
 * that real threads could. Thread-safe.
 */
public interface Scheduling {

  /**
   * Returns an executor. Called once per name.
   *
   * @param name the name of the executor's threads
   * @param threads the number of tasks that may run at a time; with one, tasks run in the order in which they were submitted
   */
  Executor executor(String name, int threads);

  /** Runs a short task once, after that delay. */
  Cancellable after(Duration delay, Runnable task);

  /**
   * Accepts no more tasks, waits for the running ones, and interrupts those that have not ended in time.
   *
   * @param grace the longest time to wait
   */
  void close(Duration grace);

  /** A task that has not run yet. */
  interface Cancellable {
    /** Cancels the task if it has not begun. */
    void cancel();
  }
}
