package dev.relay.app.serve;

import java.time.Duration;
import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The handler of SIGTERM and SIGINT. The first signal requests a stop, a second one ends the process at once.
 *
 * <p>Java starts a thread for each signal that it handles, and drops the signal if the machine has no thread left. While no thread can be
 * started, the signals therefore have their default effect: they end the process at once. Nothing acknowledged is lost by that.
 */
public final class StopSignal {
  /** The exit code that a shell reports for a killed process. */
  private static final int ENDED_AT_ONCE = 137;

  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);
  private static final List<Signal> SIGNALS = List.of(new Signal("TERM"), new Signal("INT"));

  private StopSignal() {}

  /** Checks whether the machine has a thread left. */
  interface ThreadProbe {
    /**
     * Starts a thread that ends at once.
     *
     * @throws OutOfMemoryError if none can be started
     */
    void startOne();
  }

  /**
   * Installs the handler; from then on neither signal ends the process automatically, unless threads run out.
   *
   * @param end receives the request to stop
   */
  public static void listen(EndOfService end) {
    listen(end, () -> new Thread(() -> {}, "thread probe").start(), CHECK_EVERY);
  }

  static void listen(EndOfService end, ThreadProbe probe, Duration checkEvery) {
    handle(signal -> signalled(end));
    Thread watch = new Thread(() -> watch(end, probe, checkEvery), "stop signal");
    watch.setDaemon(true);
    watch.start();
  }

  private static void watch(EndOfService end, ThreadProbe probe, Duration checkEvery) {
    boolean handled = true;
    try {
      while (true) {
        boolean possible = isPossible(probe);
        if (possible != handled) {
          handle(possible ? signal -> signalled(end) : SignalHandler.SIG_DFL);
          handled = possible;
        }
        Thread.sleep(checkEvery.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isPossible(ThreadProbe probe) {
    try {
      probe.startOne();
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  private static void handle(SignalHandler handler) {
    SIGNALS.forEach(signal -> Signal.handle(signal, handler));
  }

  private static void signalled(EndOfService end) {
    if (!end.request()) {
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
  }
}
