package dev.relay.app.serve;

import sun.misc.Signal;

/** The wish to stop: SIGTERM or SIGINT. A second one ends the process at once. */
public final class StopSignal {
  /** What a shell reports for a process that was ended by force. */
  private static final int ENDED_AT_ONCE = 137;

  private StopSignal() {}

  /** From now on the two signals are counted here, and no longer end the process by themselves. */
  public static void listen(EndOfService end) {
    Signal.handle(new Signal("TERM"), signal -> signalled(end));
    Signal.handle(new Signal("INT"), signal -> signalled(end));
  }

  private static void signalled(EndOfService end) {
    if (!end.wish()) {
      Runtime.getRuntime().halt(ENDED_AT_ONCE);
    }
  }
}
