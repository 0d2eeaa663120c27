package dev.relay.http.web;

import org.jspecify.annotations.Nullable;

/**
 * Remembers whether the process has been damaged: after an {@link OutOfMemoryError}, for example, any thread may have stopped in the
 * middle of its work, and only a restart helps. Thread-safe.
 */
public final class Damage {
  private static final int MAX_CAUSES = 20;

  private volatile boolean done;

  /** Checks a failure; an error of the virtual machine damages the process for good. */
  public void check(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (isDamaging(cause)) {
        done = true;
      }
      cause = cause.getCause();
    }
  }

  /** Returns whether the process is damaged. */
  public boolean isDone() {
    return done;
  }

  /** A stack overflow ends only the work that caused it. */
  private static boolean isDamaging(@Nullable Throwable cause) {
    return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
  }
}
