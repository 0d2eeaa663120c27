package dev.relay.app.cli;

/** The exit codes of the process. */
final class ExitCode {
  /** Success. */
  static final int OK = 0;
  /** Failure. */
  static final int FAILED = 1;
  /** Invalid options or configuration. */
  static final int USAGE = 2;

  /** The last line of a command's help. */
  static final String HELP =
      "Exit codes: 0 success, 1 failure, 2 invalid options or configuration.";

  private ExitCode() {}
}
