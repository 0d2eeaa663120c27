package dev.relay.app;

import dev.relay.app.cli.RelayCommand;
import dev.relay.app.cli.Terminal;

/** Where the process begins. */
public final class Main {

  private Main() {}

  /** Runs one command line; without arguments, Relay serves. */
  public static void main(String[] arguments) {
    // Some Java versions answer a console where there is none; this one asks the system.
    System.setProperty("jdk.console", "java.base");
    System.exit(RelayCommand.run(Terminal.ofProcess(), arguments));
  }
}
