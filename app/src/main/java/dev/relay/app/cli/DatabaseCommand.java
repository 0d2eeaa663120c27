package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.jdbc.JdbcStore;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that moves the data from SQLite to PostgreSQL. */
@Command(name = "db", description = "Copies the data from SQLite to PostgreSQL.")
final class DatabaseCommand {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRES = "jdbc:postgresql://";

  private final ConfigurationOptions options;
  private final Terminal terminal;

  DatabaseCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Command(
      name = "copy",
      description = {
        "Copies a SQLite database into a new PostgreSQL database, compares each table with the"
            + " original, and builds the search index.",
        "No server may be running on either of them. The original is not changed. If the copy is"
            + " interrupted, repeat the command: it continues."
      },
      footer = {
        "",
        "Example: relay db copy --to jdbc:postgresql://127.0.0.1:5432/relay --set database.user=relay",
        "The user and password are the settings database.user and database.password.",
        ExitCode.HELP
      })
  int copy(
      @Option(
              names = "--from",
              paramLabel = "ADDRESS",
              description = "The database to copy, jdbc:sqlite:PATH. Default: the configured one.")
          @Nullable
          String from,
      @Option(
              names = "--to",
              paramLabel = "ADDRESS",
              required = true,
              description = "The database to fill, jdbc:postgresql://HOST:PORT/DATABASE.")
          String to) {
    String source = from == null ? options.configuration().storage().database() : from;
    if (!source.startsWith(SQLITE)) {
      throw CommandFailure.invalid("The database to copy must be jdbc:sqlite:PATH. Name it by"
          + " --from if the configuration names another one.");
    }
    if (!to.startsWith(POSTGRES)) {
      throw CommandFailure.invalid(
          "--to must be jdbc:postgresql://HOST:PORT/DATABASE. Only copies into PostgreSQL exist.");
    }
    List<JdbcStore.CopiedTable> tables;
    try {
      tables = Stores.copy(options.configuration(), Optional.of(source), to, new Printed());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.invalid(String.valueOf(e.getMessage()));
    }
    long rows = 0;
    for (JdbcStore.CopiedTable table : tables) {
      rows += table.rows();
      terminal.print(table.name() + "\t" + table.rows() + "\t" + table.hash());
    }
    terminal.print(
        "Copied and compared: " + tables.size() + " tables, " + rows + " rows. Set"
            + " database.url to the new database and start Relay. Do not start it on the old one again.");
    return ExitCode.OK;
  }

  /** Prints a line for each table and each tenth of a large one. */
  private final class Printed implements JdbcStore.CopyProgress {
    private static final int PARTS = 10;
    private static final long INDEX_STEP = 100_000;

    private final Map<String, Long> printed = new HashMap<>();
    private long printedIndex;

    @Override
    public void copied(String table, long rows, long of) {
      long part = of == 0 ? PARTS : rows * PARTS / of;
      Long before = printed.put(table, part);
      if (before == null || before != part) {
        terminal.print(String.format(Locale.ROOT, "Copying %s: %d of %d rows", table, rows, of));
      }
    }

    @Override
    public void again(String table) {
      printed.remove(table);
      terminal.print(
          "The table " + table + " has changed since the copy began, and is copied again.");
    }

    @Override
    public void indexed(long entries) {
      if (entries - printedIndex >= INDEX_STEP) {
        printedIndex = entries;
        terminal.print("Building the search index: " + entries + " entries");
      }
    }
  }
}
