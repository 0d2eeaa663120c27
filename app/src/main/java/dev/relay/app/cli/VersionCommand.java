package dev.relay.app.cli;

import dev.relay.app.serve.Version;
import java.util.List;
import picocli.CommandLine.Command;

/** The command that shows the version. */
@Command(name = "version", description = "Shows the versions of Relay and Java.")
final class VersionCommand implements Runnable {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    lines().forEach(terminal::print);
  }

  static List<String> lines() {
    return List.of(
        "Relay " + Version.current(),
        "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name")
            + ")");
  }
}
