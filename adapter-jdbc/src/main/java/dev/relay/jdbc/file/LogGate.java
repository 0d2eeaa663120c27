package dev.relay.jdbc.file;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The gate in front of this process's reads. SQLite begins its log anew only at a moment without readers; while reads overlap, there is no
 * such moment, and the log grows without limit. The writer closes the gate for the few milliseconds that the current reads take. Thread-safe.
 */
public final class LogGate {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  /** Passes the gate, waiting while it is closed. Must be followed by {@link #leave}. */
  public void enter() {
    lock.readLock().lock();
  }

  /** Leaves the gate after reading. */
  public void leave() {
    lock.readLock().unlock();
  }

  /**
   * Closes the gate, waits for the current reads, runs the task, and opens the gate.
   *
   * @param wait the longest wait for the current reads
   * @return false, without running the task, if they took longer, or if this thread itself is reading
   */
  public boolean whileClosed(Duration wait, Task task) {
    if (lock.getReadHoldCount() > 0) {
      return false;
    }
    try {
      if (!lock.writeLock().tryLock(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      return task.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Work that needs a moment without reads. */
  public interface Task {
    /** Returns whether the work was done. */
    boolean run();
  }
}
