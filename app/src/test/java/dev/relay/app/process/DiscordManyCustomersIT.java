package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.routing.Route;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Routes;
import dev.relay.jdbc.JdbcStore;
import dev.relay.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag("soak")
class DiscordManyCustomersIT {
  private static final PortId DISCORD = new PortId("discord");
  private static final int CUSTOMERS = Integer.getInteger("relay.tests.many-customers", 10_000);
  /** The jar runs with a heap of 256 MiB; the JVM itself needs the rest. */
  private static final long MOST_MEBIBYTES = 512;

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void thousands_of_open_conversations_are_read_after_a_start_within_a_small_memory()
      throws Exception {
    try (FakeDiscord discord = FakeDiscord.startInRealTime()) {
      List<FakeCustomer> customers = new ArrayList<>();
      for (int number = 0; number < CUSTOMERS; number++) {
        customers.add(discord.customer("p" + number));
      }
      open(customers);
      FakeCustomer last = customers.get(CUSTOMERS - 1);
      last.writesUnseen("written while Relay was away");
      try (RunningJar jar = start(discord)) {
        Eventually.holds(
            Duration.ofMinutes(3),
            () -> "all are read, not only " + discord.requests().count(Routes.HISTORY),
            () -> discord.requests().count(Routes.HISTORY) >= CUSTOMERS);
        Eventually.holds(
            Duration.ofMinutes(1), () -> "an answer", () -> !last.textsFromBot().isEmpty());
        long used = residentMebibytes(jar);
        System.out.println("RSS with " + CUSTOMERS + " open conversations: " + used + " MiB");
        assertThat(used).isLessThan(MOST_MEBIBYTES);
      }
      discord.assertNothingOdd();
    }
  }

  private void open(List<FakeCustomer> customers) {
    Path file = folder.resolve("relay-data/relay.db");
    Instant now = Instant.now();
    try (JdbcStore store =
        JdbcStore.openBeside("jdbc:sqlite:" + file, InstantSource.system(), new Random())) {
      store.write(transaction -> {
        for (FakeCustomer fake : customers) {
          String id = Long.toString(fake.id());
          CustomerAddress address = new CustomerAddress(DISCORD, id);
          Customer customer = new Customer(
              transaction.newCustomerId(),
              DISCORD,
              id,
              fake.name(),
              Locale.ENGLISH,
              Set.of(),
              Optional.empty(),
              now);
          transaction.save(customer);
          transaction.save(Conversation.begin(
              transaction.newConversationId(),
              customer.id(),
              address,
              Locale.ENGLISH,
              Route.FALLBACK,
              now));
          long dm = fake.directMessageId();
          transaction.savePosition(address, dm + "/" + dm, now);
        }
        return true;
      });
    }
  }

  private RunningJar start(FakeDiscord discord) {
    return RunningJar.start(
        folder,
        List.of(),
        Map.of(
            "RELAY_DISCORD_TOKEN", discord.token(),
            "RELAY_DISCORD_API_URL", discord.restUrl().toString(),
            "RELAY_DISCORD_GATEWAY_URL", discord.gatewayUrl().toString()));
  }

  private static long residentMebibytes(RunningJar jar) throws Exception {
    return Files.readAllLines(Path.of("/proc/" + jar.handle().pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
