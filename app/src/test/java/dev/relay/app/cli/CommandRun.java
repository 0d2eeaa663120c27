package dev.relay.app.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Runs commands without a keyboard, and keeps what the last one printed. */
final class CommandRun {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Runs a command in that environment; returns its exit code. */
  int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        Optional.empty());
    return RelayCommand.run(terminal, arguments);
  }

  /** Returns what the last command printed, with the line separators of Unix. */
  String out() {
    return text(out);
  }

  /** Returns the errors that the last command printed, with the line separators of Unix. */
  String err() {
    return text(err);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
