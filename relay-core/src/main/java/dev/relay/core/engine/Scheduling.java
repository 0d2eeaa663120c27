package dev.relay.core.engine;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where the engine's tasks run. Given from outside, so that a simulator can run all of them in one thread in any order that
 * real threads could.
 */
public interface Scheduling {

  /** Runs tasks with at most that many at a time; with one, in the order in which they were given. Asked for once per name. */
  Executor executor(String name, int threads);

  /** Runs a task once, after that time; it must be short. */
  Cancellable after(Duration delay, Runnable task);

  /** Takes no more tasks, waits for those that run until the grace is over, then interrupts them. */
  void close(Duration grace);

  /** A task that has not run yet. */
  interface Cancellable {
    /** Leaves the task out, if it has not begun. */
    void cancel();
  }
}
