package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that writes everything about a customer to a file, for the customer. */
@Command(
    name = "hand-out",
    description = {
      "Writes everything that Relay has about a customer, and about all with whom they were merged,"
          + " to a new ZIP file that only its owner can read: one JSON file for each kind of data, and"
          + " the files that were sent. Can be used while the server is running.",
      "The archive contains internal notes and names of agents: read it before you pass it on."
    },
    footer = {"", "Example: relay hand-out 17 customer-17.zip", ExitCode.HELP})
final class HandOutCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  @Parameters(index = "0", paramLabel = "CUSTOMER", description = "Number of the customer.")
  private String customer = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "The file to create. A file that exists is never replaced.")
  private @Nullable Path file;

  HandOutCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    CustomerId id = EraseCommand.parsed(customer);
    if (file == null) {
      throw new IllegalStateException("picocli has not filled in the file");
    }
    Path target = file.toAbsolutePath().normalize();
    if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
      throw CommandFailure.failed("The folder of " + target + " does not exist.");
    }
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      create(target);
      boolean isComplete = false;
      try (OutputStream archive = new BufferedOutputStream(Files.newOutputStream(target))) {
        if (!store.personalData().orElseThrow().handOut(id, archive)) {
          throw EraseCommand.unknown(id);
        }
        isComplete = true;
      } finally {
        if (!isComplete) {
          Files.deleteIfExists(target);
        }
      }
    }
    terminal.print("The data of customer " + id + " are in " + target + ": " + Files.size(target)
        + " bytes. It contains internal notes and names of agents.");
    return ExitCode.OK;
  }

  private static void create(Path target) throws IOException {
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try {
      Files.createFile(target, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.failed(
          "The file " + target + " exists already: name another one, or remove it first.");
    }
  }
}
