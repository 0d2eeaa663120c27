package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that copies the database. */
@Command(
    name = "backup",
    description = {
      "Copies the database to a new file that only its owner can read. Can be used while the server"
          + " is running, and does not hold it up.",
      "The copy contains everything, attachments included, and is one moment of the database."
    },
    footer = {"", "Example: relay backup /backup/relay-2026-11-22.db", ExitCode.HELP})
final class BackupCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "The file to create. A file that exists is never replaced.")
  private @Nullable Path file;

  BackupCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (file == null) {
      throw new IllegalStateException("picocli has not filled in the file");
    }
    Path target = file.toAbsolutePath().normalize();
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw CommandFailure.failed("The folder of " + target + " does not exist.");
    }
    long bytes = Stores.backup(options.configuration(), target);
    terminal.print("The backup " + target + " is complete: " + bytes + " bytes.");
    return ExitCode.OK;
  }
}
