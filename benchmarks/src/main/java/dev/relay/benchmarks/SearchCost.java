package dev.relay.benchmarks;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The price of the search: what the index adds to a write and to the file, how long it takes to catch up, and how long a search takes. The
 * system property {@code relay.benchmark.messages} sets the number of messages, 1,000,000 if it is missing.
 */
final class SearchCost {
  private static final int MESSAGES = Integer.getInteger("relay.benchmark.messages", 1_000_000);
  private static final int BATCH = 10_000;
  private static final int WORDS = 12;
  private static final int VOCABULARY = 30_000;
  private static final int WRITES = 2_000;
  private static final int SEARCHES = 200;
  private static final PortId CHANNEL = new PortId("bench");

  private final RandomGenerator random = new Random(20_261_122);
  private final Path file;
  private final Report report;

  private SearchCost(Path file, Report report) {
    this.file = file;
    this.report = report;
  }

  static void measure(Path folder, Report report) throws Exception {
    new SearchCost(folder.resolve("search.db"), report).measure();
  }

  private void measure() throws IOException, InterruptedException {
    // A store beside a server has no thread that indexes.
    try (Store store =
        JdbcStore.openBeside("jdbc:sqlite:" + file, InstantSource.system(), new Random(1))) {
      ConversationId conversation = store.write(SearchCost::conversation);
      for (int written = 0; written < MESSAGES; written += BATCH) {
        store.write(transaction -> {
          for (int i = 0; i < BATCH; i++) {
            say(transaction, conversation);
          }
          return true;
        });
      }
      report.figure("a write of one message without the index", write(store, conversation));
    }
    long before = Files.size(file);
    ConversationId conversation = new ConversationId(1);
    try (Store store = JdbcStore.sqlite(file)) {
      report.figure(
          "a write of one message while the index is written", write(store, conversation));
      long begin = System.nanoTime();
      while (waiting(store) > 0) {
        Thread.sleep(500);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      report.figure(
          String.format(Locale.ROOT, "index of %,d messages written in", MESSAGES),
          Report.number(seconds) + " s");
      for (String query : List.of("w7", "w29999", "w1 w2", "w12 w345 w6789", "w3 nothing")) {
        report.figure("search \"" + query + "\"", search(store, query));
      }
    }
    report.figure(
        "index per message of " + WORDS + " words",
        Report.number((double) (Files.size(file) - before) / MESSAGES) + " bytes");
  }

  private String write(Store store, ConversationId conversation) {
    long[] times = new long[WRITES];
    for (int i = 0; i < WRITES; i++) {
      long begin = System.nanoTime();
      store.write(transaction -> {
        say(transaction, conversation);
        return true;
      });
      times[i] = System.nanoTime() - begin;
    }
    return quantiles(times);
  }

  private static String search(Store store, String text) {
    Search search =
        new Search(Words.of(text), Subject.MESSAGES, Team.Scope.ALL, Optional.empty(), 10);
    long[] times = new long[SEARCHES];
    for (int i = 0; i < SEARCHES; i++) {
      long begin = System.nanoTime();
      store.search(queries -> queries.search(search));
      times[i] = System.nanoTime() - begin;
    }
    return quantiles(times);
  }

  private static String quantiles(long[] times) {
    Arrays.sort(times);
    return "p50 " + Report.number(Load.at(times, 0.50)) + " ms, p95 "
        + Report.number(Load.at(times, 0.95)) + " ms, p99 " + Report.number(Load.at(times, 0.99))
        + " ms";
  }

  private static long waiting(Store store) {
    Search search =
        new Search(Words.of("nothing"), Subject.MESSAGES, Team.Scope.ALL, Optional.empty(), 1);
    return store.search(queries -> queries.search(search)).waiting();
  }

  private void say(Transaction transaction, ConversationId conversation) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      // Few words are frequent and most are rare, as in languages.
      double share = random.nextDouble();
      text.append('w').append((int) (VOCABULARY * share * share * share)).append(' ');
    }
    transaction.append(
        conversation,
        Destination.RECORD,
        Optional.empty(),
        new EntryContent.Said(
            new Participant(Participant.Role.CUSTOMER, "1", "Somebody"),
            MessageBody.text(text.toString())),
        Optional.empty(),
        Instant.now());
  }

  private static ConversationId conversation(Transaction transaction) {
    Instant now = Instant.now();
    Customer customer = new Customer(
        transaction.newCustomerId(),
        CHANNEL,
        "u",
        "Somebody",
        Locale.ENGLISH,
        Set.of(),
        Optional.empty(),
        now);
    transaction.save(customer);
    return transaction
        .save(Conversation.begin(
            transaction.newConversationId(),
            customer.id(),
            new CustomerAddress(CHANNEL, "u"),
            Locale.ENGLISH,
            Route.FALLBACK,
            now))
        .id();
  }
}
