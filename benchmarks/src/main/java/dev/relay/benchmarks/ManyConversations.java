package dev.relay.benchmarks;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a message costs more, and memory grows, when a million conversations are open instead of ten thousand. */
final class ManyConversations {
  private static final int FEW = 10_000;
  private static final int MANY = 1_000_000;
  private static final int BATCH = 20_000;
  private static final long MILLIS = 8_000;
  private static final PortId CHANNEL = new PortId("bench");

  private ManyConversations() {}

  static void measure(Path folder, Report report) throws Exception {
    double few;
    double many;
    try (Store store = JdbcStore.sqlite(folder.resolve("many.db"))) {
      open(store, 0, FEW);
      few = messagesPerSecond(store, FEW, report);
      open(store, FEW, MANY);
      many = messagesPerSecond(store, MANY, report);
    }
    report.figure(
        "time per message, 1,000,000 ÷ 10,000 open conversations",
        Report.number(few / many),
        "≤ 1.5");
  }

  private static double messagesPerSecond(Store store, int open, Report report)
      throws InterruptedException {
    try (World world = new World(store).delivering()) {
      new Load(world, 64, open).run(2_000, true);
      double perSecond = new Load(world, 64, open).run(MILLIS, true).perSecond();
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      double heap = (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024.0);
      String name = String.format(Locale.ROOT, "%,d open conversations", open);
      report.figure(name + ": questions answered", Report.number(perSecond) + "/s");
      report.figure(name + ": heap in use after a collection", Report.number(heap) + " MiB");
      return perSecond;
    }
  }

  private static void open(Store store, int from, int to) {
    Instant now = Instant.now();
    for (int begin = from; begin < to; begin += BATCH) {
      int first = begin;
      int last = Math.min(to, begin + BATCH);
      store.write(transaction -> {
        for (int number = first; number < last; number++) {
          String key = "u" + number;
          Customer customer = new Customer(
              transaction.newCustomerId(),
              CHANNEL,
              key,
              "Somebody",
              Locale.ENGLISH,
              Set.of(),
              Optional.empty(),
              now);
          transaction.save(customer);
          transaction.save(Conversation.begin(
              transaction.newConversationId(),
              customer.id(),
              new CustomerAddress(CHANNEL, key),
              Locale.ENGLISH,
              Route.FALLBACK,
              now));
        }
        return last;
      });
    }
  }
}
