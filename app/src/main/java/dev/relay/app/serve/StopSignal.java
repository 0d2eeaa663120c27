package dev.relay.app.serve;

import sun.misc.Signal;

/** The handler of SIGTERM and SIGINT. The first signal requests a stop, a second one ends the process at once. */
public final class StopSignal {
  /** The exit code that a shell reports for a killed process. */
  private static final int ENDED_AT_ONCE = 137;

  private StopSignal() {}

  /**
   * Installs the handler; from then on neither signal ends the process automatically.
   *
   * @param end receives the request to stop
   */
  public static void listen(EndOfService end) {
    Signal.handle(new Signal("TERM"), signal -> signalled(end));
    Signal.handle(new Signal("INT"), signal -> signalled(end));
  }

  private static void signalled(EndOfService end) {
    if (!end.request()) {
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
  }
}
