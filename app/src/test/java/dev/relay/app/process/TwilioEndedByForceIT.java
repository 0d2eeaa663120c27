package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.AgentFloor;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Conversations of many customers of the web chat with agents in Flex, from the request for an agent to the end, while the app is
 * killed and restarted, Twilio responds with 429 and 503 or acts without a valid response, and its webhooks are lost, duplicated and
 * reordered.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Order(1)
@Tag("soak")
class TwilioEndedByForceIT {
  private static final String PASSWORD = "a long enough password";
  private static final int CUSTOMERS = Integer.getInteger("relay.tests.customers", 100);
  /** Fewer customers with a Studio flow: each of its handovers is a dozen calls. */
  private static final int STUDIO_CUSTOMERS =
      Integer.getInteger("relay.tests.studio-customers", 20);
  /** Messages in each direction; with a hundred customers a thousand in total. */
  private static final int MESSAGES = 5;

  private static final int KILLS = Integer.getInteger("relay.tests.twilio-kills", 2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String WAITS =
      "[0s, 300ms, 600ms, " + String.join(", ", Collections.nCopies(25, "1s")) + "]";
  /** Many quick attempts and no fallback desk: every failure here is accidental. */
  private static final String QUICK =
      "delivery: {backOff: " + WAITS + "}\ndesk: {fallback: none, backOff: " + WAITS + "}\n";

  private static final String[] SOON = {"--set", "twilio.requestTimeout=2s"};

  @TempDir
  Path folder = Path.of("set by JUnit");

  private static final int WRITERS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(2 * WRITERS);

  @ParameterizedTest
  @EnumSource(TwilioSite.Routing.class)
  void nothing_is_lost_duplicated_reordered_or_left_open(TwilioSite.Routing routing)
      throws Exception {
    int count = routing == TwilioSite.Routing.STUDIO ? STUDIO_CUSTOMERS : CUSTOMERS;
    long seed = Long.getLong("relay.tests.seed", System.nanoTime());
    System.out.println("kill -9 with Twilio, -Drelay.tests.seed=" + seed);
    Random random = new Random(seed);
    try (TwilioSite site = new TwilioSite(folder, routing, QUICK)) {
      assertThat(site.command("", "twilio", "setup").out()).contains("event callback");
      if (routing == TwilioSite.Routing.STUDIO) {
        site.flow(site.twilio().flows().get(0));
      }
      RunningJar jar = site.start(SOON);
      try {
        jar.addAgent("ana", "ana", PASSWORD);
        List<Dialogue> dialogues = dialogues(site, count);
        misbehave(site.twilio(), random);

        CompletableFuture<Void> askings = each(dialogues, Dialogue::asks);
        jar = killed(jar, site, 500 + random.nextInt(2_500));
        finish(askings);
        dialogues.forEach(Dialogue::isServed);

        CompletableFuture<Void> customers = each(dialogues, Dialogue::customerWrites);
        CompletableFuture<Void> agents = each(dialogues, Dialogue::agentWrites);
        for (int kill = 0; kill < KILLS; kill++) {
          jar = killed(jar, site, 500 + random.nextInt(2_500));
        }
        finish(customers);
        finish(agents);
        dialogues.forEach(Dialogue::awaitAll);

        CompletableFuture<Void> ends = each(dialogues, Dialogue::agentEnds);
        jar = killed(jar, site, random.nextInt(300));
        finish(ends);
        site.twilio().heal();
        dialogues.forEach(Dialogue::check);

        assertThat(site.twilio().conversations())
            .as("one Twilio conversation for each of Relay's")
            .hasSize(count)
            .allSatisfy(it -> assertThat(it.uniqueName()).endsWith("-1"));
        Eventually.holds(
            () -> "closed at Twilio: " + site.twilio().conversations(),
            () -> site.twilio().openInteractions() == 0
                && site.twilio().conversations().stream()
                    .allMatch(it -> it.state().equals("closed")));
      } finally {
        jar.close();
        threads.shutdownNow();
      }
    }
  }

  private List<Dialogue> dialogues(TwilioSite site, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> {
          String name = "customer" + number;
          Client customer = Client.customer(site::url, name);
          return new Dialogue(
              name, customer, EventStream.open(customer, "/api/v1/chat/events"), site.twilio());
        })
        .toList();
  }

  /** Kills the jar after that many milliseconds and restarts it. */
  private RunningJar killed(RunningJar jar, TwilioSite site, int moment) {
    pause(moment);
    jar.killHard();
    return site.start(SOON);
  }

  private static void misbehave(FakeTwilio twilio, Random random) {
    twilio.plan(Fault.ACT_THEN_503, chance(random, 0.02), Integer.MAX_VALUE);
    twilio.plan(Fault.ACT_THEN_DROP, chance(random, 0.02), Integer.MAX_VALUE);
    twilio.plan(Fault.ACT_THEN_GARBLE, chance(random, 0.01), Integer.MAX_VALUE);
    twilio.plan(Fault.UNAVAILABLE, chance(random, 0.02), Integer.MAX_VALUE);
    twilio.plan(Fault.DROP, chance(random, 0.02), Integer.MAX_VALUE);
    twilio.plan(Fault.ACT_THEN_HANG, chance(random, 0.003), Integer.MAX_VALUE);
    twilio.plan(Fault.RATE_LIMIT, chance(random, 0.005), Integer.MAX_VALUE);
    twilio.spoilWebhooks(random, 0.03, 0.05, 0.05);
  }

  private static Predicate<ApiRequest> chance(Random random, double share) {
    return request -> random.nextDouble() < share;
  }

  private interface Turn {
    void take(Dialogue dialogue, int number);
  }

  /** Gives each thread its own conversations, so that each conversation sends one message after the other. */
  private CompletableFuture<Void> each(List<Dialogue> dialogues, Turn turn) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int thread = 0; thread < WRITERS; thread++) {
      int mine = thread;
      all.add(CompletableFuture.runAsync(
          () -> {
            for (int number = 0; number < MESSAGES; number++) {
              for (int i = mine; i < dialogues.size(); i += WRITERS) {
                turn.take(dialogues.get(i), number);
                pause(5);
              }
            }
          },
          threads));
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private static void finish(CompletableFuture<Void> work) throws Exception {
    work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The messages between one customer and one agent. */
  private static final class Dialogue {
    private final String name;
    private final Client customer;
    private final EventStream chat;
    private final FakeTwilio twilio;
    private final String agent;

    Dialogue(String name, Client customer, EventStream chat, FakeTwilio twilio) {
      this.name = name;
      this.customer = customer;
      this.chat = chat;
      this.twilio = twilio;
      this.agent = "agent-of-" + name;
    }

    void asks(int number) {
      if (number == 0) {
        untilAcknowledged(() -> customer.press("talk_to_person", "person"));
      }
    }

    private AgentFloor floor() {
      return twilio.agents();
    }

    /** Checks that the agents are offered the conversation once, and lets one of them accept it. */
    void isServed() {
      Eventually.holds(
          PATIENCE,
          () -> name + " is offered",
          () -> id().filter(floor()::isOffered).isPresent());
      floor().accept(id().orElseThrow(), agent);
    }

    /** Returns Relay's id of the conversation, as the customer of the task states it. */
    private Optional<Long> id() {
      return floor().conversationOf(name);
    }

    void customerWrites(int number) {
      untilAcknowledged(() -> customer.say(fromCustomer(number), "m" + number));
    }

    /** Repeats the request under the same key until it is acknowledged. */
    private void untilAcknowledged(Supplier<Client.Answer> request) {
      Eventually.holds(PATIENCE, () -> name + " is acknowledged", () -> {
        try {
          return request.get().status() == 202;
        } catch (Client.Unreachable e) {
          return false;
        }
      });
    }

    void agentWrites(int number) {
      floor().write(id().orElseThrow(), agent, "a" + number, fromAgent(number));
    }

    void awaitAll() {
      chat.close();
      chat.connect();
      Eventually.holds(
          PATIENCE,
          () -> name + " sees all, not only " + shownToCustomer(),
          () -> shownToCustomer().size() >= MESSAGES);
      Eventually.holds(
          PATIENCE,
          () -> "the agent sees all of " + name + ", not only " + shownToAgent(),
          () -> shownToAgent().size() >= MESSAGES);
    }

    void agentEnds(int number) {
      if (number == 0) {
        floor().end(id().orElseThrow(), agent);
      }
    }

    void check() {
      chat.close();
      chat.connect();
      Eventually.holds(
          PATIENCE,
          () -> name + " is notified of the end",
          () -> chat.events().stream()
              .map(EventStream.Event::data)
              .map(JsonNode::toString)
              .anyMatch(data -> data.contains("\"state\":\"closed\"")));
      assertThat(shownToCustomer())
          .containsExactlyElementsOf(
              IntStream.range(0, MESSAGES).mapToObj(this::fromAgent).toList());
      assertThat(shownToAgent())
          .containsExactlyElementsOf(
              IntStream.range(0, MESSAGES).mapToObj(this::fromCustomer).toList());
      chat.close();
    }

    private List<String> shownToCustomer() {
      return chat.messages().stream()
          .filter(event -> event.author().equals("agent"))
          .map(EventStream.Event::text)
          .toList();
    }

    private List<String> shownToAgent() {
      return twilio.conversations(id().orElseThrow()).stream()
          .flatMap(it -> it.texts().stream())
          .filter(text -> text.startsWith("message "))
          .toList();
    }

    private String fromCustomer(int number) {
      return "message " + number + " of " + name;
    }

    private String fromAgent(int number) {
      return "answer " + number + " to " + name;
    }
  }
}
