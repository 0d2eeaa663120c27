package dev.relay.app.cli;

import java.util.List;

/** A command cannot do what it was asked to; the lines say why. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;
  private final transient List<String> lines;

  private CommandFailure(int exitCode, List<String> lines) {
    super(String.join(System.lineSeparator(), lines));
    this.exitCode = exitCode;
    this.lines = List.copyOf(lines);
  }

  /** Something went wrong: exit code 1. */
  public static CommandFailure failed(String line) {
    return new CommandFailure(ExitCode.FAILED, List.of(line));
  }

  /** It was asked wrongly: exit code 2. */
  public static CommandFailure wrong(List<String> lines) {
    return new CommandFailure(ExitCode.USAGE, lines);
  }

  int exitCode() {
    return exitCode;
  }

  List<String> lines() {
    return lines;
  }
}
