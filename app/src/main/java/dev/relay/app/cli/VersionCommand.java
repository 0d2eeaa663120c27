package dev.relay.app.cli;

import dev.relay.app.serve.Version;
import picocli.CommandLine.Command;

/** Shows which version this is. */
@Command(name = "version", description = "Shows the version of Relay and of Java.")
final class VersionCommand implements Runnable {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.say("Relay " + Version.current());
    terminal.say("Java " + System.getProperty("java.version") + " ("
        + System.getProperty("java.vm.name") + ")");
  }
}
