package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.serve.Stores;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that brings the tables to this version. */
@Command(
    name = "migrate",
    description = {
      "Brings the tables of the database to this version. Refused while a server is running on it.",
      "On PostgreSQL nothing else upgrades the tables; a SQLite file is also upgraded when the"
          + " server starts. Back up first: there is no way back."
    },
    footer = {"", "Example: relay migrate --dry-run", ExitCode.HELP})
final class MigrateCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;

  @Option(
      names = "--dry-run",
      description = "Lists the changes that would be made and changes nothing. Can be used while"
          + " the server is running.")
  private boolean dryRun;

  MigrateCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Configuration configuration = options.configuration();
    List<String> changes =
        dryRun ? Stores.missingChanges(configuration) : Stores.migrate(configuration);
    if (changes.isEmpty()) {
      terminal.print("The tables have this version already. Nothing was changed.");
    } else if (dryRun) {
      terminal.print("The tables lack the changes " + String.join(", ", changes)
          + ". Nothing was changed; relay migrate makes them.");
    } else {
      terminal.print(
          "The tables have this version now. Changes: " + String.join(", ", changes) + ".");
    }
    return ExitCode.OK;
  }
}
