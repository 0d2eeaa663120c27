package dev.relay.app.cli;

import dev.relay.app.serve.Version;
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
    terminal.print("Relay " + Version.current());
    terminal.print("Java " + System.getProperty("java.version") + " ("
        + System.getProperty("java.vm.name") + ")");
  }
}
