package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.store.Store;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a case as JSON. */
@Command(
    name = "export",
    description = "Writes a case as JSON to standard output: the case, its customer, notes, history"
        + " and the transcripts of its conversations. Works beside a running server.",
    footer = {
      "",
      "Example: relay export 1042 > case-1042.json",
      "Exit codes: 0 done, 1 there is no such case, 2 the command line or the configuration is"
          + " wrong."
    })
final class ExportCommand implements Callable<Integer> {
  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  @Parameters(paramLabel = "CASE", description = "The case's number, such as 1042.")
  private @Nullable String number;

  ExportCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.clock = clock;
    this.options = options;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CaseNumber wanted = CaseNumber.parse(String.valueOf(number))
        .orElseThrow(() -> CommandFailure.wrong(
            List.of("CASE is \"" + number + "\": expected a number such as 1042")));
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      Optional<CaseDocument> document = store.read(queries -> CaseDocument.of(queries, wanted));
      terminal.say(document
          .orElseThrow(() -> CommandFailure.failed("There is no case " + wanted + "."))
          .toJson());
    }
    return ExitCode.OK;
  }
}
