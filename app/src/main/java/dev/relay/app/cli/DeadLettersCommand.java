package dev.relay.app.cli;

import dev.relay.app.serve.Stores;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Notified;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands for deliveries that Relay has given up. They work in the database, which a running server reads every second, and never
 * show a text of a customer or agent.
 */
@Command(
    name = "dead-letters",
    description =
        "Lists, retries and skips deliveries that Relay has given up. Can be used while the"
            + " server is running.")
final class DeadLettersCommand {
  /** Lanes that one transaction changes, so that a running server never waits for long. */
  private static final int BATCH = 200;

  private static final String SERVER =
      "A running server attempts them within a second, otherwise the next start does.";

  private final ConfigurationOptions options;
  private final Terminal terminal;
  private final InstantSource clock;

  DeadLettersCommand(ConfigurationOptions options, Terminal terminal, InstantSource clock) {
    this.options = options;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** The options that choose dead letters. Picocli fills them in. */
  static final class Choice {
    @Option(
        names = "--port",
        paramLabel = "ID",
        description =
            "Only those of this channel, desk, virtual agent or announcer, such as discord.")
    private Optional<String> port = Optional.empty();

    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "Only those whose reason contains this text, upper and lower case alike.")
    private Optional<String> reason = Optional.empty();

    boolean isEmpty() {
      return port.isEmpty() && reason.isEmpty();
    }

    boolean matches(Lane lane) {
      String why = lane.lastError().orElse("").toLowerCase(Locale.ROOT);
      return port.map(lane.port().value()::equals).orElse(true)
          && reason.map(text -> why.contains(text.toLowerCase(Locale.ROOT))).orElse(true);
    }
  }

  @Command(
      name = "list",
      description = {
        "Lists the dead letters, one a line: id, port, kind of entry, when it was given up, entries"
            + " that wait behind it, reason. The number in the id is the conversation's.",
        "Texts of customers and agents are never shown."
      },
      footer = {"", ExitCode.HELP})
  int list(@Mixin Choice choice) {
    int found = 0;
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      Optional<LaneKey> after = Optional.empty();
      while (true) {
        Page page = page(store, after, choice);
        page.lines().forEach(terminal::print);
        found += page.lines().size();
        if (page.last().isEmpty()) {
          break;
        }
        after = page.last();
      }
    }
    if (found == 0) {
      terminal.print(choice.isEmpty() ? "There are no dead letters." : "No dead letter matches.");
    }
    return ExitCode.OK;
  }

  @Command(
      name = "retry",
      description = "Makes dead letters due again, after their cause was fixed.",
      footer = {"", "Example: relay dead-letters retry --port discord", ExitCode.HELP})
  int retry(
      @Mixin Choice choice,
      @Option(names = "--all", description = "All dead letters of all ports.") boolean all,
      @Parameters(
              paramLabel = "DELIVERY",
              arity = "0..*",
              description = "Ids from the list, such as 17-customer.")
          List<String> ids) {
    int done = each(choice, all, ids, Transaction::retry);
    terminal.print("Dead letters to be retried: " + done + ". " + SERVER);
    return ExitCode.OK;
  }

  @Command(
      name = "skip",
      description =
          "Gives up the undeliverable entry of each dead letter for good and continues with"
              + " the entries behind it. Relay records the entry as failed.",
      footer = {"", "Example: relay dead-letters skip 17-customer", ExitCode.HELP})
  int skip(
      @Mixin Choice choice,
      @Option(names = "--all", description = "All dead letters of all ports.") boolean all,
      @Parameters(
              paramLabel = "DELIVERY",
              arity = "0..*",
              description = "Ids from the list, such as 17-customer.")
          List<String> ids) {
    int done = each(choice, all, ids, Transaction::skip);
    terminal.print("Entries skipped: " + done + ". Entries behind them are due: " + SERVER);
    return ExitCode.OK;
  }

  /** A change of one lane. */
  @FunctionalInterface
  private interface Change {
    boolean apply(Transaction transaction, LaneKey lane, Participant actor, Instant now);
  }

  private int each(Choice choice, boolean all, List<String> ids, Change change) {
    List<LaneKey> named =
        ids == null ? List.of() : ids.stream().map(this::parsed).toList();
    if (named.isEmpty() && choice.isEmpty() && !all) {
      throw CommandFailure.invalid(
          "Name the deliveries, or choose them by --port or --reason, or all of them by --all.");
    }
    if (!named.isEmpty() && (all || !choice.isEmpty())) {
      throw CommandFailure.invalid("Name deliveries or choose them by options, not both.");
    }
    try (Store store = Stores.openExisting(options.configuration(), clock)) {
      return named.isEmpty() ? chosen(store, choice, change) : these(store, named, change);
    }
  }

  private LaneKey parsed(String id) {
    return LaneKey.parse(id)
        .orElseThrow(() -> CommandFailure.invalid(
            "DELIVERY is \"" + id + "\": expected an id from the list, such as 17-customer"));
  }

  private int these(Store store, List<LaneKey> lanes, Change change) {
    int done = 0;
    for (LaneKey lane : lanes) {
      if (!store.write(transaction -> change.apply(transaction, lane, actor(), clock.instant()))) {
        throw CommandFailure.failed("There is no dead letter " + lane + ". Changed before it: "
            + done + ". To list all, run: relay dead-letters list");
      }
      done++;
    }
    return done;
  }

  private int chosen(Store store, Choice choice, Change change) {
    int done = 0;
    Optional<LaneKey> after = Optional.empty();
    while (true) {
      Optional<LaneKey> from = after;
      List<Lane> lanes = store.read(queries -> queries.parkedLanes(from, BATCH));
      done += store.write(transaction -> (int) lanes.stream()
          .filter(choice::matches)
          // What has moved on meanwhile is another dead letter, which nobody has chosen.
          .filter(lane ->
              transaction.lane(lane.key()).filter(it -> isSame(it, lane)).isPresent())
          .filter(lane -> change.apply(transaction, lane.key(), actor(), clock.instant()))
          .count());
      if (lanes.size() < BATCH) {
        return done;
      }
      after = Optional.of(lanes.get(lanes.size() - 1).key());
    }
  }

  private static boolean isSame(Lane now, Lane chosen) {
    return now.doneSequence() == chosen.doneSequence()
        && now.lastError().equals(chosen.lastError());
  }

  /** The lines of some dead letters, and the last one that was looked at if there may be more. */
  private record Page(List<String> lines, Optional<LaneKey> last) {}

  private static Page page(Store store, Optional<LaneKey> after, Choice choice) {
    return store.read(queries -> {
      List<Lane> lanes = queries.parkedLanes(after, BATCH);
      List<String> lines = new ArrayList<>();
      lanes.stream().filter(choice::matches).forEach(lane -> lines.add(line(queries, lane)));
      return new Page(
          lines,
          lanes.size() < BATCH
              ? Optional.empty()
              : Optional.of(lanes.get(lanes.size() - 1).key()));
    });
  }

  private static String line(Queries queries, Lane lane) {
    String kind = queries
        .laneEntry(lane.key(), lane.doneSequence() + 1)
        .map(entry -> kind(entry.content()))
        .orElse("unknown");
    String reason = lane.lastError().orElse("no reason").replaceAll("\\p{Cntrl}", " ");
    return String.join(
        "\t",
        lane.key().toString(),
        lane.port().value(),
        kind,
        lane.parkedAt().map(Instant::toString).orElse("-"),
        String.valueOf(Math.max(0, lane.depth() - 1)),
        reason);
  }

  /** Names the kind of an entry without its text: {@code said}, {@code handoff-requested}, {@code notified case-opened}. */
  private static String kind(EntryContent content) {
    String name = words(content.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-"));
    return content instanceof Notified notified
        ? name + " " + words(notified.notice().kind().name())
        : name;
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Names the operator's account on the machine, so that others see who changed a lane. */
  private static Participant actor() {
    String user = "command line: " + System.getProperty("user.name");
    return new Participant(Participant.Role.SYSTEM, user, user);
  }
}
