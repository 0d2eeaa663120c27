package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live conversations of many customers and one agent, while the app is killed and restarted, the gateway disconnects, and Discord responds
 * slowly, with 429 and 5xx, or acts and then drops the response.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Order(1)
@Tag("soak")
class DiscordEndedByForceIT {
  private static final String PASSWORD = "a long enough password";
  private static final int CUSTOMERS = Integer.getInteger("relay.tests.customers", 100);
  /** Messages in each direction; in total a thousand. */
  private static final int MESSAGES = 5;

  private static final int KILLS = Integer.getInteger("relay.tests.discord-kills", 3);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://127.0.0.1"));
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final FakeDiscord discord = FakeDiscord.startInRealTime();

  @Test
  void nothing_is_lost_duplicated_or_reordered_for_customers_and_agents() throws Exception {
    long seed = Long.getLong("relay.tests.seed", System.nanoTime());
    System.out.println("kill -9 with Discord, -Drelay.tests.seed=" + seed);
    Random random = new Random(seed);
    RunningJar jar = start();
    try {
      jar.addAgent("ana", "ana", PASSWORD);
      Client agent = Client.agent(url::get, "ana", PASSWORD);
      List<Dialogue> dialogues = dialogues(agent);
      misbehave(random);

      CompletableFuture<Void> customers = CompletableFuture.runAsync(
          () -> each(dialogues, (dialogue, number) -> dialogue.customerWrites(number)), threads);
      CompletableFuture<Void> agents = CompletableFuture.runAsync(
          () -> each(dialogues, (dialogue, number) -> dialogue.agentWrites(number)), threads);
      for (int kill = 0; kill < KILLS; kill++) {
        pause(500 + random.nextInt(3_000));
        jar.killHard();
        jar = start();
      }
      customers.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      agents.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      discord.faults().clear();
      discord.gateway().dropsAtRandom(random, 0);

      dialogues.forEach(Dialogue::awaitAll);
      dialogues.forEach(Dialogue::check);
      discord.assertNothingOdd();
    } finally {
      jar.close();
      discord.close();
      threads.shutdownNow();
    }
  }

  private RunningJar start() {
    RunningJar jar = RunningJar.start(
        folder,
        List.of(),
        Map.of(
            "RELAY_DISCORD_TOKEN", discord.token(),
            "RELAY_DISCORD_API_URL", discord.restUrl().toString(),
            "RELAY_DISCORD_GATEWAY_URL", discord.gatewayUrl().toString(),
            "RELAY_DELIVERY_LEASE", "11s",
            "RELAY_BOT_TIMEOUT", "4s"));
    url.set(jar.url());
    return jar;
  }

  /** Lets every customer ask for a live agent, and the agent accept them all. */
  private List<Dialogue> dialogues(Client agent) {
    List<FakeCustomer> customers = IntStream.range(0, CUSTOMERS)
        .mapToObj(number -> discord.customer("customer" + number))
        .toList();
    customers.forEach(
        customer -> customer.writes("I want to talk to a person, says " + customer.name()));
    Eventually.holds(
        Duration.ofMinutes(2), () -> "all wait", () -> waiting(agent).size() == CUSTOMERS);
    List<Dialogue> dialogues = new ArrayList<>();
    for (JsonNode item : waiting(agent)) {
      String id = item.get("id").asText();
      String name = item.at("/customer/displayName").asText();
      FakeCustomer customer = customers.stream()
          .filter(it -> it.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nobody is called " + name));
      assertThat(agent
              .send("POST", "/api/v1/conversations/" + id + "/accept", Map.of())
              .status())
          .isEqualTo(200);
      dialogues.add(new Dialogue(customer, id, agent));
    }
    return dialogues;
  }

  private static JsonNode waiting(Client agent) {
    return agent
        .get("/api/v1/conversations?state=waiting&limit=" + CUSTOMERS)
        .json()
        .get("items");
  }

  private void misbehave(Random random) {
    String send = Routes.SEND_MESSAGE;
    discord.faults().atRandom(random, 0.05, send, Fault.slow(Duration.ofMillis(300)));
    discord.faults().atRandom(random, 0.03, send, Fault.rateLimits(Duration.ofMillis(200)));
    discord.faults().atRandom(random, 0.03, send, Fault.answers(502));
    discord.faults().atRandom(random, 0.03, send, Fault.actsThenDrops());
    discord.faults().atRandom(random, 0.03, send, Fault.actsThenAnswers(500));
    discord.faults().atRandom(random, 0.03, send, Fault.dropsBeforeActing());
    discord.gateway().dropsAtRandom(random, 0.005);
  }

  private interface Turn {
    void take(Dialogue dialogue, int number);
  }

  private static void each(List<Dialogue> dialogues, Turn turn) {
    for (int number = 0; number < MESSAGES; number++) {
      for (Dialogue dialogue : dialogues) {
        turn.take(dialogue, number);
        pause(10);
      }
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The messages between one customer and the agent. */
  private record Dialogue(FakeCustomer customer, String conversation, Client agent) {

    void customerWrites(int number) {
      customer.writes(fromCustomer(number));
    }

    /** Repeats the request under the same key until it is acknowledged. */
    void agentWrites(int number) {
      Map<String, String> body =
          Map.of("text", fromAgent(number), "clientMessageId", conversation + "-" + number);
      Eventually.holds(PATIENCE, () -> "the agent's message is taken", () -> {
        try {
          return agent
                  .send("POST", "/api/v1/conversations/" + conversation + "/messages", body)
                  .status()
              == 202;
        } catch (Client.Unreachable e) {
          return false;
        }
      });
    }

    void awaitAll() {
      Eventually.holds(
          PATIENCE,
          () -> customer.name() + " sees all, not only " + shownToCustomer(),
          () -> shownToCustomer().size() >= MESSAGES);
      Eventually.holds(
          PATIENCE,
          () -> "the agent sees all of " + customer.name() + ", not only " + shownToAgent(),
          () -> shownToAgent().size() >= MESSAGES);
    }

    void check() {
      assertThat(shownToCustomer())
          .containsExactlyElementsOf(
              IntStream.range(0, MESSAGES).mapToObj(this::fromAgent).toList());
      assertThat(shownToAgent())
          .containsExactlyElementsOf(
              IntStream.range(0, MESSAGES).mapToObj(this::fromCustomer).toList());
    }

    private List<String> shownToCustomer() {
      return customer.textsFromBot().stream()
          .filter(text -> text.matches("(?s).*answer \\d+ to .*"))
          .map(text -> text.substring(text.indexOf("answer ")))
          .toList();
    }

    private List<String> shownToAgent() {
      return agent
          .get("/api/v1/conversations/" + conversation)
          .json()
          .get("transcript")
          .findValuesAsText("text")
          .stream()
          .filter(text -> text.startsWith("message "))
          .toList();
    }

    private String fromCustomer(int number) {
      return "message " + number + " of " + customer.name();
    }

    private String fromAgent(int number) {
      return "answer " + number + " to " + customer.name();
    }
  }
}
