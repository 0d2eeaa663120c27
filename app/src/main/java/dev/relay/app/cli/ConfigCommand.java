package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Loaded;
import dev.relay.app.serve.KnowledgeBases;
import dev.relay.app.serve.StartUpSummary;
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
      description = "Reads the configuration and lists all errors.",
      footer = {"", "Exit codes: 0 valid, 2 invalid options or configuration."})
  int check() {
    Loaded loaded = options.load();
    Configuration configuration = loaded.configuration();
    KnowledgeBases.missingFolder(configuration).ifPresent(dir -> {
      throw CommandFailure.invalid(
          "knowledge.dir is \"" + dir + "\": expected a folder that exists");
    });
    StartUpSummary.findings(configuration)
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
