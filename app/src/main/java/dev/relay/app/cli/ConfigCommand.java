package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Loaded;
import dev.relay.app.serve.StartChecks;
import dev.relay.app.serve.StartUpSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The commands that check and show the configuration. */
@Command(name = "config", description = "Checks and shows the configuration.")
final class ConfigCommand {
  private final ConfigurationOptions options;
  private final Terminal terminal;

  ConfigCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Command(
      name = "check",
      description = {
        "Reads the configuration and lists all errors, and the files, folders and addresses that a"
            + " start would refuse. Connects to a PostgreSQL server.",
        "Starts nothing and changes nothing. Can be used while the server is running."
      },
      footer = {"", "Exit codes: 0 valid, 2 invalid options or configuration."})
  int check() {
    Loaded loaded = options.load();
    Configuration configuration = loaded.configuration();
    List<String> refusals = new ArrayList<>(StartChecks.refusals(configuration));
    StartChecks.refusedDatabase(configuration).ifPresent(refusals::add);
    if (refusals.isEmpty()) {
      StartChecks.refusedPlugins(configuration).ifPresent(refusals::add);
    }
    if (!refusals.isEmpty()) {
      throw CommandFailure.invalid(refusals);
    }
    Stream.concat(
            StartUpSummary.findings(configuration).stream(),
            StartChecks.portInUse(configuration).stream())
        .forEach(finding -> terminal.print("Warning: " + finding));
    long set = loaded.shown().stream()
        .filter(shown -> !shown.source().equals("default"))
        .count();
    terminal.print("The configuration is valid: " + set + " settings are set, "
        + (loaded.shown().size() - set) + " have their defaults.");
    return ExitCode.OK;
  }

  @Command(
      name = "print",
      description =
          "Shows every setting with its value and the source of the value. Secrets are masked.",
      footer = {"", "Exit codes: 0 success, 2 invalid options or configuration."})
  int print() {
    for (Loaded.Shown shown : options.load().shown()) {
      terminal.print(shown.key() + ": " + shown.value() + "   # " + shown.source());
    }
    return ExitCode.OK;
  }
}
