package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.store.Store;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that exports a case. */
@Command(
    name = "export",
    description = "Writes a case as JSON to standard output: the case, its customer, notes, history"
        + " and the transcripts of its conversations. Can be used while the server is running.",
    footer = {"", "Example: relay export 1042 > case-1042.json", ExitCode.HELP})
final class ExportCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  @Parameters(paramLabel = "CASE", description = "Number of the case, such as 1042.")
  private @Nullable String number;

  ExportCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.clock = clock;
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CaseNumber wanted = CaseNumber.parse(String.valueOf(number))
        .orElseThrow(() ->
            CommandFailure.invalid("CASE is \"" + number + "\": expected a number such as 1042"));
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      Optional<CaseDocument> document = store.read(queries -> CaseDocument.of(queries, wanted));
      terminal.print(document
          .orElseThrow(() -> CommandFailure.failed("There is no case " + wanted + "."))
          .toJson());
    }
    return ExitCode.OK;
  }
}
