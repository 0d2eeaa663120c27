package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.Customers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A case of each of three customers, in Discord, in the web chat and by SMS, is followed until it is solved, side by side in one process
 * that is killed between the steps: nothing is lost, and each message is shown once.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Order(1)
@Tag("soak")
class FollowedCaseIT {
  private static final String PASSWORD = "a long enough password";
  private static final String NUMBER = "+15550100";
  private static final String PHONE = "+15550777";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] OPTIONS = {
    "--set", "twilio.smsSender=" + NUMBER,
    "--set", "delivery.lease=13s",
    "--set", "twilio.requestTimeout=2s",
    "--set", "bot.timeout=4s",
    "--set", "bot.pause=0s"
  };
  /** What only live agents read. */
  private static final String INTERNAL = "the customer was angry";
  /** After so many of the steps the process is killed. */
  private static final int KILLS = Integer.getInteger("relay.tests.follow-up-kills", 10);

  @TempDir
  Path folder = Path.of("set by JUnit");

  /** A customer of one channel. */
  private interface Customer {
    /** Returns a part of the name that live agents see, in small letters. */
    String name();

    void asksForPerson();

    void writes(String text);

    /** Gives four of five. */
    void rates();

    /** Returns what the customer was shown, without their own words. */
    List<String> shown();

    /** Opens the channel again after a restart. */
    default void returns() {}
  }

  private record InDiscord(FakeCustomer customer) implements Customer {
    @Override
    public String name() {
      return customer.name();
    }

    @Override
    public void asksForPerson() {
      customer.writes("I want to talk to a person");
    }

    @Override
    public void writes(String text) {
      customer.writes(text);
    }

    /** Presses the button until Relay has said thanks: Discord does not keep a press for a bot that is not there. */
    @Override
    public void rates() {
      SeenMessage question = Eventually.gives(
          "five steps to rate",
          () -> customer.directMessages().stream()
              .filter(it -> it.buttons().size() == 5)
              .findFirst()
              .orElse(null));
      customer.presses(question.id(), question.buttons().get(3).customId());
      Eventually.holds(() -> "thanks", () -> shown().toString().contains("You gave 4 of 5"));
    }

    @Override
    public List<String> shown() {
      return customer.textsFromBot();
    }
  }

  private record InWebChat(Client client, EventStream stream) implements Customer {
    @Override
    public String name() {
      return "bo";
    }

    @Override
    public void asksForPerson() {
      assertThat(client.press("talk_to_person", "person").status()).isEqualTo(202);
    }

    @Override
    public void writes(String text) {
      assertThat(client.say(text, keyOf(text)).status()).isEqualTo(202);
    }

    @Override
    public void rates() {
      EventStream.Event end =
          stream.awaitMessage(event -> event.data().path("buttons").toString().contains("rate"));
      Client.Answer rated =
          client.send("POST", "/api/v1/chat/ratings", Map.of("messageId", end.id(), "score", 4));
      assertThat(rated.status()).as(rated.body()).isEqualTo(204);
    }

    @Override
    public List<String> shown() {
      return stream.messages().stream()
          .filter(event -> !event.author().equals("customer"))
          .map(EventStream.Event::text)
          .toList();
    }

    @Override
    public void returns() {
      stream.close();
      stream.connect();
    }
  }

  private record ByText(Customers phones) implements Customer {
    @Override
    public String name() {
      return PHONE.substring(1);
    }

    @Override
    public void asksForPerson() {
      writes("I want to talk to a person");
    }

    @Override
    public void writes(String text) {
      assertThat(phones.writes(PHONE, NUMBER, text)).isPresent();
    }

    @Override
    public void rates() {
      Eventually.holds(
          () -> "the question", () -> shown().toString().contains("Reply with a number"));
      writes("4");
    }

    @Override
    public List<String> shown() {
      return phones.shown(PHONE);
    }
  }

  /** What an agent or a customer does, and what the customer reads of it, once. */
  private record Step(String name, Act act, List<String> shown) {}

  private interface Act {
    void by(FollowedCase followed);
  }

  /** One customer and their case, as the agent has it. */
  private static final class FollowedCase {
    private final Customer customer;
    private final Client agent;
    private String conversation = "";
    private String number = "";

    FollowedCase(Customer customer, Client agent) {
      this.customer = customer;
      this.agent = agent;
    }

    void isAccepted() {
      JsonNode waiting =
          Eventually.gives(customer.name() + " waits", () -> waiting().orElse(null));
      conversation = waiting.get("id").asText();
      JsonNode accepted = post("/api/v1/conversations/" + conversation + "/accept", Map.of(), 200);
      number = accepted.get("caseNumber").asText();
    }

    private Optional<JsonNode> waiting() {
      for (JsonNode item :
          agent.get("/api/v1/conversations?state=waiting").json().get("items")) {
        String name = item.at("/customer/displayName").asText().toLowerCase(Locale.ROOT);
        if (name.contains(customer.name())) {
          return Optional.of(item);
        }
      }
      return Optional.empty();
    }

    void reads(String text) {
      post("/api/v1/conversations/" + conversation + "/messages", message(text), 202);
    }

    void isWrittenToFirst(String text) {
      conversation = post("/api/v1/cases/" + number + "/messages", message(text), 202)
          .get("conversationId")
          .asText();
    }

    void ends(String status) {
      post("/api/v1/conversations/" + conversation + "/end", Map.of("caseStatus", status), 200);
    }

    void isSolved() {
      Client.Answer changed =
          agent.send("PATCH", "/api/v1/cases/" + number, Map.of("status", "SOLVED"));
      assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    void isPassedOn(String note) {
      post(
          "/api/v1/conversations/" + conversation + "/transfer",
          Map.of("queue", "default", "note", note),
          200);
    }

    void getsDuplicate() {
      String customerId =
          agent.get("/api/v1/cases/" + number).json().at("/customer/id").asText();
      String duplicate = post(
              "/api/v1/cases",
              Map.of("customerId", customerId, "kind", "SUPPORT", "subject", "the same again"),
              201)
          .get("number")
          .asText();
      post(
          "/api/v1/cases/" + duplicate + "/merge",
          Map.of("into", number, "reason", "the same"),
          200);
    }

    private JsonNode post(String path, Map<String, ?> body, int expected) {
      Client.Answer answer = agent.send("POST", path, body);
      assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(expected);
      return answer.json();
    }

    String status() {
      return agent.get("/api/v1/cases/" + number).json().get("status").asText();
    }

    List<String> ratings() {
      List<String> scores = new ArrayList<>();
      for (JsonNode change : agent.get("/api/v1/cases/" + number).json().get("history")) {
        if (change.get("field").asText().equals("rating")) {
          scores.add(change.get("after").asText());
        }
      }
      return scores;
    }

    /** Returns the customer's words in all conversations about the case. */
    List<String> heard() {
      List<String> texts = new ArrayList<>();
      for (JsonNode entry :
          agent.get("/api/v1/cases/" + number + "/timeline").json().get("items")) {
        JsonNode line = entry.has("entry") ? entry.get("entry") : entry;
        if (line.path("author").asText().equals("customer")
            && line.path("kind").asText().equals("message")) {
          texts.add(line.get("text").asText());
        }
      }
      return texts;
    }
  }

  private static final List<Step> STEPS = List.of(
      new Step(
          "an agent helps and solves the case",
          it -> {
            it.isAccepted();
            it.reads("let me look");
            it.ends("SOLVED");
          },
          List.of("let me look", "is closed as solved")),
      new Step("the customer rates", it -> it.customer.rates(), List.of("You gave 4 of 5")),
      new Step(
          "the agent writes first",
          it -> it.isWrittenToFirst("It shines again"),
          List.of("is writing to you about case", "It shines again")),
      new Step(
          "the chat ends and the case stays open",
          it -> it.ends("PENDING"),
          List.of("stays open: write here")),
      new Step(
          "the customer hears of their case",
          FollowedCase::isSolved,
          List.of("Does it still happen?")),
      new Step("the customer answers", it -> it.customer.writes("it still happens"), List.of()),
      new Step(
          "the case is open again, and an agent answers",
          it -> {
            Eventually.holds(() -> "open again", () -> it.status().equals("OPEN"));
            it.isAccepted();
            it.reads("I look again");
          },
          List.of("I look again")),
      new Step(
          "the conversation is passed to the queue, with an internal note",
          it -> it.isPassedOn(INTERNAL),
          List.of("passing you on to a colleague")),
      new Step(
          "a duplicate is merged into the case while its customer waits",
          FollowedCase::getsDuplicate,
          List.of("is about the same matter as")),
      new Step(
          "an agent takes the conversation again",
          it -> {
            it.isAccepted();
            it.reads("we are back");
          },
          List.of("we are back")));

  @Test
  void a_case_is_followed_in_three_channels_whenever_the_process_is_killed() throws Exception {
    long seed = Long.getLong("relay.tests.seed", System.nanoTime());
    System.out.println("kill -9 of followed cases, -Drelay.tests.seed=" + seed);
    List<Integer> kills = killedAfter(new Random(seed));
    try (FakeDiscord discord = FakeDiscord.startInRealTime();
        TwilioSite site = new TwilioSite(folder, TwilioSite.Routing.RELAY, """
            desk: {default: relay}
            discord: {token: "%s", apiUrl: "%s", gatewayUrl: "%s"}
            """.formatted(
                discord.token(), discord.restUrl(), discord.gatewayUrl()))) {
      RunningJar jar = site.start(OPTIONS);
      try {
        assertThat(site.command("", "twilio", "setup", "--set", "twilio.smsSender=" + NUMBER)
                .out())
            .contains(NUMBER);
        jar.addAgent("ana", "Ana", PASSWORD);
        Client bo = Client.customer(site::url, "Bo");
        List<Customer> customers = List.of(
            new InDiscord(discord.customer("ada")),
            new InWebChat(bo, EventStream.open(bo, "/api/v1/chat/events")),
            new ByText(site.twilio().customers()));
        Eventually.holds(() -> "the bot is connected", () -> discord.gateway().isConnected());
        customers.forEach(Customer::asksForPerson);
        List<FollowedCase> cases = customers.stream()
            .map(it -> new FollowedCase(it, Client.agent(site::url, "ana", PASSWORD)))
            .toList();

        for (int step = 0; step < STEPS.size(); step++) {
          for (FollowedCase each : cases) {
            STEPS.get(step).act().by(each);
          }
          if (kills.contains(step)) {
            jar.killHard();
            jar = site.start(OPTIONS);
            customers.forEach(Customer::returns);
          }
          awaitShown(STEPS.get(step), customers);
        }
        for (FollowedCase each : cases) {
          Eventually.holds(
              PATIENCE,
              () -> each.customer.name() + " is heard: " + each.heard(),
              () -> Collections.frequency(each.heard(), "it still happens") == 1);
        }
        STEPS.forEach(step -> checkShownOnce(step, customers));
        assertThat(customers)
            .allSatisfy(it -> assertThat(it.shown().toString()).doesNotContain(INTERNAL));
        assertThat(cases).extracting(FollowedCase::status).containsOnly("OPEN");
        assertThat(cases).extracting(FollowedCase::ratings).containsOnly(List.of("4"));
        discord.assertNothingOdd();
      } finally {
        jar.close();
      }
    }
  }

  /** Returns the steps after which the process is killed, before anybody has looked what came of it. */
  private static List<Integer> killedAfter(Random random) {
    List<Integer> steps =
        new ArrayList<>(IntStream.range(0, STEPS.size()).boxed().toList());
    Collections.shuffle(steps, random);
    return steps.subList(0, Math.min(KILLS, steps.size()));
  }

  private static Map<String, String> message(String text) {
    return Map.of("text", text, "clientMessageId", keyOf(text));
  }

  private static String keyOf(String text) {
    return text.replace(' ', '-');
  }

  private static void awaitShown(Step step, List<Customer> customers) {
    for (Customer customer : customers) {
      Eventually.holds(
          PATIENCE,
          () -> step.name() + ": " + customer.name() + " reads " + step.shown() + " among "
              + customer.shown(),
          () -> step.shown().stream().allMatch(text -> count(customer, text) > 0));
    }
  }

  private static void checkShownOnce(Step step, List<Customer> customers) {
    for (Customer customer : customers) {
      for (String text : step.shown()) {
        assertThat(count(customer, text))
            .as("%s reads \"%s\" once: %s", customer.name(), text, customer.shown())
            .isEqualTo(1);
      }
    }
  }

  private static long count(Customer customer, String text) {
    return customer.shown().stream().filter(it -> it.contains(text)).count();
  }
}
