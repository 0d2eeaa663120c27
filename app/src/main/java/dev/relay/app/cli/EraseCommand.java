package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.core.id.CustomerId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.Store.PersonalData.Erased;
import dev.relay.core.store.Store.PersonalData.Erasure;
import dev.relay.jdbc.JdbcStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that erase the data of a customer, and list what was erased. */
@Command(
    name = "erase",
    description =
        "Erases the data of a customer or old conversations, and lists what was erased. Can be used while the"
            + " server is running.")
final class EraseCommand {
  private static final int MOST_LISTED = 1_000;

  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  EraseCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Command(
      name = "customer",
      description = {
        "Erases the names, texts, addresses and files of a customer, and of all with whom they were"
            + " merged. Numbers, kinds and times stay. This cannot be undone.",
        "Refused while a conversation of theirs is open. An erasure that was interrupted is"
            + " completed by repeating it."
      },
      footer = {
        "",
        "Example: relay erase customer 17 --dry-run",
        "         relay erase customer 17 --confirm",
        ExitCode.HELP
      })
  int customer(
      @Parameters(
              paramLabel = "CUSTOMER",
              description =
                  "Number of the customer, which the desk shows in the address of their page.")
          String customer,
      @Option(names = "--dry-run", description = "Counts what would be erased and changes nothing.")
          boolean dryRun,
      @Option(names = "--confirm", description = "Erases.") boolean confirm) {
    CustomerId id = parsed(customer);
    requireChoice(dryRun, confirm);
    try (JdbcStore store = Stores.openExisting(options.configuration(), clock)) {
      PersonalData data = store.personalData().orElseThrow();
      if (dryRun) {
        terminal.print("Customer " + id + " has "
            + shown(data.count(id).orElseThrow(() -> unknown(id))) + ". Nothing was changed.");
        return ExitCode.OK;
      }
      Erased erased = data.erase(id, actor());
      if (erased instanceof Erased.Open open) {
        throw CommandFailure.failed("Customer " + id + " has open conversations: "
            + open.conversations().stream().map(Object::toString).collect(Collectors.joining(", "))
            + ". End them first. Nothing was changed.");
      }
      if (!(erased instanceof Erased.Done done)) {
        throw unknown(id);
      }
      print(done.record());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "conversations",
      description = {
        "Erases the texts and files of all conversations in which nobody has written for a number of"
            + " days. Customers, cases, scores and all numbers stay. This cannot be undone.",
        "Left out are open conversations, those whose case is not solved, and those with messages"
            + " that have not been delivered."
      },
      footer = {
        "",
        "Example: relay erase conversations --older-than-days 365 --dry-run",
        ExitCode.HELP
      })
  int conversations(
      @Option(
              names = "--older-than-days",
              required = true,
              paramLabel = "DAYS",
              description = "The age of the last message, at least 1.")
          int days,
      @Option(names = "--dry-run", description = "Counts what would be erased and changes nothing.")
          boolean dryRun,
      @Option(names = "--confirm", description = "Erases.") boolean confirm) {
    if (days < 1) {
      throw CommandFailure.invalid("--older-than-days is " + days + ": expected 1 or more");
    }
    requireChoice(dryRun, confirm);
    Instant before = clock.instant().minus(Duration.ofDays(days));
    try (JdbcStore store = Stores.openExisting(options.configuration(), clock)) {
      PersonalData data = store.personalData().orElseThrow();
      if (dryRun) {
        terminal.print("Before " + before + " there are: " + shown(data.countBefore(before))
            + ". Nothing was changed.");
      } else {
        print(data.eraseBefore(before, actor()));
      }
    }
    return ExitCode.OK;
  }

  private static void requireChoice(boolean dryRun, boolean confirm) {
    if (dryRun == confirm) {
      throw CommandFailure.invalid(
          "Add either --dry-run to count what would be erased, or --confirm to erase it.");
    }
  }

  private void print(Erasure record) {
    terminal.print("Erased: " + shown(record.counts()) + ". Record " + record.id() + ".");
    record.remains().ifPresent(why -> terminal.print("Not overwritten yet: " + why + "."));
  }

  @Command(
      name = "list",
      description =
          "Lists the erasures, newest first, one a line: number, numbers of customers or the age, who"
              + " asked for it, begin, end, what was erased.",
      footer = {"", ExitCode.HELP})
  int list() {
    try (JdbcStore store = Stores.openExisting(options.configuration(), clock)) {
      var records = store.personalData().orElseThrow().erasures(MOST_LISTED);
      records.forEach(record -> terminal.print(line(record)));
      if (records.isEmpty()) {
        terminal.print("Nothing was erased so far.");
      }
    }
    return ExitCode.OK;
  }

  private static String line(Erasure record) {
    return String.join(
        "\t",
        Long.toString(record.id()),
        record
            .before()
            .map(before -> "before " + before)
            .orElseGet(() -> record.customers().stream()
                .map(CustomerId::toString)
                .collect(Collectors.joining(","))),
        record.actor(),
        record.begunAt().toString(),
        record.endedAt().map(Instant::toString).orElse("not complete"),
        shown(record.counts()));
  }

  /** Returns the number of a customer on the command line. */
  static CustomerId parsed(String customer) {
    if (!customer.matches("[1-9]\\d{0,17}")) {
      throw CommandFailure.invalid(
          "CUSTOMER is \"" + customer + "\": expected a number such as 17");
    }
    return new CustomerId(Long.parseLong(customer));
  }

  static CommandFailure unknown(CustomerId customer) {
    return CommandFailure.failed("There is no customer " + customer + ".");
  }

  private static String shown(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(it -> it.getKey() + " " + it.getValue())
        .reduce((some, other) -> some + ", " + other)
        .orElse("nothing");
  }

  private static Participant actor() {
    String user = "command line: " + System.getProperty("user.name");
    return new Participant(Participant.Role.SYSTEM, user, user);
  }
}
