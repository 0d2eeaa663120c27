package dev.relay.app.cli;

import java.util.List;

/** A command that failed, with the lines that give the reason. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final transient List<String> lines;

  private CommandFailure(int exitCode, List<String> lines) {
    super(String.join(System.lineSeparator(), lines));
    this.exitCode = exitCode;
    this.lines = List.copyOf(lines);
  }

  /** Returns a failure with exit code 1. */
  public static CommandFailure failed(String line) {
    return new CommandFailure(ExitCode.FAILED, List.of(line));
  }

  /** Returns the refusal of an invalid option or configuration, with exit code 2. */
  public static CommandFailure invalid(String line) {
    return invalid(List.of(line));
  }

  /** Returns the refusal of invalid options or an invalid configuration, with exit code 2. */
  public static CommandFailure invalid(List<String> lines) {
    return new CommandFailure(ExitCode.USAGE, lines);
  }

  int exitCode() {
    return exitCode;
  }

  List<String> lines() {
    return lines;
  }
}
