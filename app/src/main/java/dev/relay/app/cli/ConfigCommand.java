package dev.relay.app.cli;

import dev.relay.app.config.Loaded;
import dev.relay.app.serve.StartUpSummary;
import dev.relay.app.serve.TwilioAccess;
import java.util.List;
import picocli.CommandLine.Command;

/** Checks and shows the configuration. */
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
      description = "Reads the configuration and lists everything that is wrong with it.",
      footer = {"", "Exit codes: 0 all is well, 2 there are faults."})
  int check() {
    Loaded loaded = options.load();
    TwilioAccess.missing(loaded.configuration()).ifPresent(missing -> {
      throw CommandFailure.wrong(List.of(missing));
    });
    StartUpSummary.findings(loaded.configuration())
        .forEach(finding -> terminal.say("Mind: " + finding));
    long set = loaded.shown().stream()
        .filter(shown -> !shown.source().equals("default"))
        .count();
    terminal.say("The configuration is fine: " + set + " settings are set, "
        + (loaded.shown().size() - set) + " have their defaults.");
    return ExitCode.OK;
  }

  @Command(
      name = "print",
      description =
          "Shows every setting with its value and where that comes from. Secrets are" + " masked.",
      footer = {"", "Exit codes: 0 done, 2 there are faults."})
  int print() {
    for (Loaded.Shown shown : options.load().shown()) {
      terminal.say(shown.key() + ": " + shown.value() + "   # " + shown.source());
    }
    return ExitCode.OK;
  }
}
