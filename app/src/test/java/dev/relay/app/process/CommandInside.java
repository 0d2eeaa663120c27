package dev.relay.app.process;

import dev.relay.app.cli.RelayCommand;
import dev.relay.app.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Commands of operators, run inside of this process: another JVM takes up to two seconds of processor time to start. {@link MainStoryIT} and
 * {@link SilenceIT} run commands of the jar itself.
 */
final class CommandInside {
  private CommandInside() {}

  /**
   * Runs a command, also while a server runs on the same data.
   *
   * @param data the folder of the data
   * @param input what the operator types
   */
  static RunningJar.Ended run(Path data, String input, String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("RELAY_DATA_DIR", data.toString()),
        Optional.empty());
    int code = RelayCommand.run(terminal, command);
    return new RunningJar.Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
