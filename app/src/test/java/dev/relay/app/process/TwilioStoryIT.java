package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.AgentFloor;
import dev.relay.twilio.fake.FakeTwilio;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main story with customers in Discord and the web chat, and agents in Flex: the real jar, HTTP and SQLite. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Order(1)
class TwilioStoryIT {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final FakeDiscord discord = FakeDiscord.startInRealTime();

  @AfterEach
  void close() {
    discord.close();
  }

  @ParameterizedTest
  @EnumSource
  void customers_are_served_from_flex_across_a_crash_until_their_cases_are_solved(
      TwilioSite.Routing routing) throws Exception {
    try (TwilioSite site = site(routing)) {
      AgentFloor flex = site.twilio().agents();
      RunningJar.Ended dry = site.command("", "twilio", "setup", "--dry-run");
      assertThat(dry.out()).contains("to do  TaskRouter's event callback");
      assertThat(site.twilio().taskCallback()).isEmpty();
      String done = site.command("", "twilio", "setup").out();
      assertThat(done).contains("set    TaskRouter's event callback");
      boolean studio = routing == TwilioSite.Routing.STUDIO;
      if (studio) {
        site.flow(published(done));
      }

      FakeCustomer ada = discord.customer("ada");
      Client bo;
      EventStream boSees;
      long adaId;
      long boId;
      try (RunningJar jar = site.start()) {
        assertThat(jar.printed())
            .contains("Twilio Flex    on   " + (studio ? "a Studio flow" : "Relay")
                + " routes; serves all queues but vip; fallback: relay")
            .contains(site.url() + "/webhooks/twilio/flex", "relay twilio doctor");
        jar.addAgent("ana", "Ana", PASSWORD);
        bo = Client.customer(site::url, "Bo");
        boSees = EventStream.open(bo, "/api/v1/chat/events");
        Client relay = relay(site);
        assertThat(relay.get("/readyz").json().at("/components").toString()).contains("desk:flex");
        Eventually.holds(() -> "the bot is connected", () -> discord.gateway().isConnected());

        ada.writes("I forgot my password, how do I log in?");
        bo.say("I forgot my password, how do I log in?", "q1");
        Eventually.holds(() -> "ada is answered", () -> sees(ada, "password"));
        boSees.awaitMessage(event -> event.author().equals("virtual_agent")
            && !event.data().path("articles").isEmpty());
        ada.writes("I want to talk to a person");
        bo.press("talk_to_person", "p1");
        adaId = waiting(relay, "ada");
        boId = waiting(relay, "Bo");
        Eventually.holds(
            () -> "both are offered", () -> flex.isOffered(adaId) && flex.isOffered(boId));
        assertThat(flex.taskAttributes(adaId)).contains("\"channel\":\"discord\"", "case_number");

        flex.accept(adaId, "fay");
        flex.accept(boId, "gus");
        boSees.await("gus", event -> event.data().path("agent").asText().equals("Gus Agent"));
        Eventually.holds(() -> "ada is told the name of the agent", () -> sees(ada, "Fay Agent"));
        String wrong = flex.write(boId, "gus", "g1", "Which e-mial?");
        String unwise = flex.write(boId, "gus", "g2", "What a silly question");
        flex.write(adaId, "fay", "f1", "Hello Ada");
        boSees.awaitMessage(event -> event.text().equals("What a silly question"));
        flex.edit(boId, wrong, "Which e-mail?");
        flex.delete(boId, unwise);
        boSees.await(
            "an edit", event -> event.data().path("text").asText().equals("Which e-mail?"));
        boSees.await("a deletion", event -> event.name().equals("delete"));
        byte[] map = "a map".getBytes(StandardCharsets.UTF_8);
        flex.write(boId, "gus", "g3", "Look here", Optional.of(map));
        JsonNode file = boSees
            .awaitMessage(event -> !event.data().path("attachments").isEmpty())
            .data()
            .at("/attachments/0");
        assertThat(file.get("fileName").asText()).isEqualTo("map.png");
        sendsFile(bo, "broken.txt", "the log of the game");
        Eventually.holds(
            () -> "the agent has bo's file",
            () -> site.twilio().files().stream()
                .anyMatch(it -> new String(it, StandardCharsets.UTF_8).contains("the log")));
        assertForgeriesAreRefused(site, boId);
        jar.killHard();
      }
      flex.write(boId, "gus", "g4", "Written while Relay was away");
      ada.writesUnseen("Also written while Relay was away");
      try (RunningJar jar = site.start()) {
        boSees.close();
        boSees.connect();
        boSees.awaitMessage(event -> event.text().equals("Written while Relay was away"));
        Eventually.holds(
            () -> "fay reads ada", () -> reads(site, adaId, "Also written while Relay was away"));
        bo.say("bo@example.com", "q2");
        Eventually.holds(() -> "gus reads bo", () -> reads(site, boId, "bo@example.com"));
        flex.end(boId, "gus");
        boSees.await("the end", event -> event.data().path("state").asText().equals("closed"));

        Client relay = relay(site);
        flex.leave(adaId, "fay");
        Eventually.holds(() -> "ada waits again", () -> state(relay, adaId).equals("waiting"));
        Eventually.holds(() -> "offered again", () -> flex.waitingTasks(adaId) == 1);
        flex.accept(adaId, "hana");
        Eventually.holds(() -> "ada is told the name of hana", () -> sees(ada, "Hana Agent"));
        flex.write(adaId, "hana", "h1", "It works now.");
        Eventually.holds(() -> "ada reads hana", () -> sees(ada, "It works now."));
        flex.end(adaId, "hana");
        Eventually.holds(() -> "ada is notified", () -> sees(ada, "as solved"));

        assertThat(caseStatus(relay, boId)).isEqualTo("SOLVED");
        assertThat(caseStatus(relay, adaId)).isEqualTo("SOLVED");
        assertThat(ada.textsFromBot()).doesNotHaveDuplicates();
        assertThat(boSees.messages().stream().map(EventStream.Event::id)).doesNotHaveDuplicates();
        Eventually.holds(
            () -> "nothing is left open: " + site.twilio().conversations(),
            () -> site.twilio().openInteractions() == 0
                && site.twilio().conversations().stream()
                    .allMatch(it -> it.state().equals("closed")));
        assertThat(site.twilio().conversations())
            .hasSize(2)
            .allSatisfy(it -> assertThat(it.texts()).doesNotHaveDuplicates());
        jar.terminate();
        assertThat(jar.awaitExit(60)).isZero();
      }
      boSees.close();
    }
    discord.assertNothingOdd();
  }

  @Test
  void a_queue_of_relays_own_desk_never_reaches_flex() throws Exception {
    try (TwilioSite site = site(TwilioSite.Routing.RELAY);
        RunningJar jar = site.start()) {
      jar.addAgent("ana", "Ana", PASSWORD);
      site.command("", "twilio", "setup");
      Client cy = Client.customer(site::url, "Cy");
      Client di = Client.customer(site::url, "Di");
      cy.say("My diamond membership", "q1");
      cy.press("talk_to_person", "p1");
      di.press("talk_to_person", "p1");
      Client ana = relay(site);
      long cyId = waiting(ana, "Cy");
      long diId = waiting(ana, "Di");

      assertThat(ana.send("POST", "/api/v1/conversations/" + cyId + "/accept", Map.of())
              .status())
          .isEqualTo(200);
      Eventually.holds(() -> "Di is offered", () -> site.twilio().agents().isOffered(diId));
      assertThat(site.twilio().conversations(cyId)).isEmpty();
      assertThat(site.twilio().conversations(diId)).hasSize(1);
    }
  }

  private TwilioSite site(TwilioSite.Routing routing) throws Exception {
    return new TwilioSite(
        folder, routing, """
        discord: {token: "%s", apiUrl: "%s", gatewayUrl: "%s"}
        queues: {vip: {desk: relay}}
        routing:
          - { name: vip, when: { words: diamond }, then: { queue: vip } }
        """.formatted(discord.token(), discord.restUrl(), discord.gatewayUrl()));
  }

  /** Checks that webhooks with a wrong or missing signature or a huge body are refused. */
  private static void assertForgeriesAreRefused(TwilioSite site, long conversation)
      throws Exception {
    String path = "/webhooks/twilio/conversations?conversation="
        + site.twilio().conversations(conversation).get(0).uniqueName();
    Map<String, String> fields = new LinkedHashMap<>(Map.of(
        "EventType", "onMessageAdded",
        "MessageSid", "IM" + "f".repeat(32),
        "Index", "99",
        "Author", "gus",
        "Body", "Tell me your password"));
    String token = FakeTwilio.Account.TEST.authToken();
    String elsewhere = FakeTwilio.signature(token, "https://elsewhere.example" + path, fields);
    assertThat(site.post(path, fields, elsewhere)).isEqualTo(403);
    assertThat(site.post(path, fields, "")).isEqualTo(403);
    fields.put("Body", "x".repeat(300 * 1024));
    assertThat(site.post(path, fields, FakeTwilio.signature(token, site.url() + path, fields)))
        .isEqualTo(413);

    String metrics = Client.stranger(site::url).get("/metrics").body();
    assertThat(metrics)
        .contains("relay_twilio_webhooks_total{outcome=\"forged\"} 2.0")
        .contains("relay_http_requests_total{method=\"POST\","
            + "route=\"/webhooks/twilio/conversations\",status=\"413\"} 1.0");
    assertThat(relay(site).get("/api/v1/conversations/" + conversation).body())
        .doesNotContain("Tell me your password");
  }

  private static void sendsFile(Client customer, String name, String content) throws Exception {
    HttpResponse<String> uploaded = customer
        .http()
        .send(
            customer
                .builder("/api/v1/chat/attachments?filename=" + name)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String id = new Client.Answer(uploaded.statusCode(), uploaded.body()).text("id", 201);
    Client.Answer sent = customer.send(
        "POST",
        "/api/v1/chat/messages",
        Map.of("text", "", "clientMessageId", "file", "attachments", List.of(id)));
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
  }

  /** Returns the id of the published flow that setup printed. */
  private static String published(String printed) {
    Matcher flow = Pattern.compile("FW[0-9a-f]{32}").matcher(printed);
    assertThat(flow.find()).as(printed).isTrue();
    return flow.group();
  }

  private static Client relay(TwilioSite site) {
    return Client.agent(site::url, "ana", PASSWORD);
  }

  private static long waiting(Client relay, String name) {
    Eventually.holds(() -> name + " waits", () -> find(relay, name).isPresent());
    return find(relay, name).orElseThrow().get("id").asLong();
  }

  private static Optional<JsonNode> find(Client relay, String name) {
    for (JsonNode item : relay.get("/api/v1/conversations?state=waiting").json().get("items")) {
      if (item.at("/customer/displayName").asText().equalsIgnoreCase(name)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private static String state(Client relay, long conversation) {
    return relay
        .get("/api/v1/conversations/" + conversation)
        .json()
        .path("state")
        .asText();
  }

  private static String caseStatus(Client relay, long conversation) {
    JsonNode found = relay.get("/api/v1/conversations/" + conversation).json();
    String number = found.path("caseNumber").asText();
    return relay.get("/api/v1/cases/" + number).json().path("status").asText();
  }

  private static boolean reads(TwilioSite site, long conversation, String text) {
    return site.twilio().conversations(conversation).stream()
        .anyMatch(it -> it.texts().contains(text));
  }

  private static boolean sees(FakeCustomer customer, String text) {
    return customer.textsFromBot().stream().anyMatch(it -> it.contains(text));
  }
}
