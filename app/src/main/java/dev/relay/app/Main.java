package dev.relay.app;

import dev.relay.app.cli.RelayCommand;
import dev.relay.app.cli.Terminal;
import dev.relay.app.observe.LogOutput;

/** The entry point of the process. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. Without arguments Relay serves. */
  public static void main(String[] arguments) {
    // Some Java versions return a console although standard input is no terminal; java.base asks
    // the system.
    System.setProperty("jdk.console", "java.base");
    Terminal terminal = Terminal.ofProcess();
    LogOutput.open(terminal.err());
    System.exit(RelayCommand.run(terminal, arguments));
  }
}
