package dev.relay.app.serve;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** The wish to stop: SIGTERM or SIGINT. A second one ends the process at once. Thread-safe. */
public final class StopSignal {
  /** What a shell reports for a process that was ended by force. */
  private static final int ENDED_AT_ONCE = 137;

  private final CountDownLatch asked = new CountDownLatch(1);

  private StopSignal() {}

  /** From now on the two signals are counted here, and no longer end the process by themselves. */
  public static StopSignal listen() {
    StopSignal stop = new StopSignal();
    Signal.handle(new Signal("TERM"), signal -> stop.signalled());
    Signal.handle(new Signal("INT"), signal -> stop.signalled());
    return stop;
  }

  /** Waits for the first signal. */
  public void await() {
    boolean waiting = true;
    while (waiting) {
      try {
        asked.await();
        waiting = false;
      } catch (InterruptedException e) {
        asked.countDown();
      }
    }
  }

  private void signalled() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
    asked.countDown();
  }
}
