package dev.relay.app;

import dev.relay.app.cli.RelayCommand;
import dev.relay.app.cli.Terminal;
import dev.relay.app.observe.LogOutput;
import java.util.Locale;

/** The entry point of the process. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. Without arguments Relay serves. */
  public static void main(String[] arguments) {
    // The language of the machine would decide about capital letters, digits and calendars in
    // libraries. What people read follows their own language, never the machine's.
    Locale.setDefault(Locale.ROOT);
    // Some Java versions return a console although standard input is no terminal; java.base asks
    // the system.
    System.setProperty("jdk.console", "java.base");
    Terminal terminal = Terminal.ofProcess();
    LogOutput.open(terminal.err());
    System.exit(RelayCommand.run(terminal, arguments));
  }
}
