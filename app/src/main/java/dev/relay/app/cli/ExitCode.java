package dev.relay.app.cli;

/** What the process tells its caller when it ends. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;
  /** It did not work. */
  static final int FAILED = 1;
  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  private ExitCode() {}
}
