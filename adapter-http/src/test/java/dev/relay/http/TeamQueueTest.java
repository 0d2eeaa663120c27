package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.BusinessHours.Span;
import dev.relay.core.team.Team.Queue;
import dev.relay.testkit.Eventually;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Queues are teams: their agents, and nobody else but supervisors, see and work on what is in them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TeamQueueTest {
  private static final String QUEUES = "/api/v1/queues";
  private static final String CONVERSATIONS = "/api/v1/conversations";

  private final TestServer relay = new TestServer(
      settings -> settings,
      builder ->
          builder.settings(Settings.builder().queue(new QueueName("billing")).build()));
  private final Http admin = relay.agent("root");
  private final Http supervisor = relay.agent("sue", Role.SUPERVISOR);
  private final Http ann = relay.agent("ann", Role.AGENT);
  private final Http bob = relay.agent("bob", Role.AGENT);
  private String id = "";
  private String number = "";

  @BeforeAll
  void a_customer_waits_in_the_queue_of_anns_team() {
    assertThat(admin.patch(QUEUES + "/billing", "{\"members\":[\"ann\"]}").status())
        .isEqualTo(200);
    Http customer = relay.customer("Ada");
    customer.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    JsonNode item = Eventually.gives(
        "somebody waits",
        () -> admin.get(CONVERSATIONS + "?state=waiting").json().get("items").get(0));
    id = item.get("id").textValue();
    number = item.get("caseNumber").textValue();
    assertThat(admin.patch("/api/v1/cases/" + number, "{\"queue\":\"billing\"}").status())
        .isEqualTo(200);
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_change_of_an_outdated_queue_is_refused_and_changes_nothing() {
    JsonNode first = admin
        .post(QUEUES, "{\"name\":\"news\",\"assignment\":\"round_robin\",\"acceptSeconds\":20}")
        .json();
    String version = first.get("version").textValue();
    admin.patch(QUEUES + "/news", "{\"acceptSeconds\":40,\"version\":\"" + version + "\"}");

    Http.Answer outdated =
        admin.patch(QUEUES + "/news", "{\"assignment\":\"pull\",\"version\":\"" + version + "\"}");
    JsonNode kept = admin.patch(QUEUES + "/news", "{\"addMembers\":[]}").json();

    assertThat(outdated.status()).isEqualTo(409);
    assertThat(outdated.json().get("type").textValue())
        .isEqualTo("urn:relay:problem:changed-meanwhile");
    assertThat(kept.get("assignment").textValue()).isEqualTo("round_robin");
    assertThat(kept.get("acceptSeconds").intValue()).isEqualTo(40);
  }

  @Test
  void its_members_and_supervisors_see_it_in_lists_and_counts_and_others_do_not() {
    for (Http who : List.of(admin, supervisor, ann)) {
      assertThat(who.get(CONVERSATIONS + "?state=waiting").text())
          .contains("\"id\":\"" + id + "\"");
      assertThat(who.get(CONVERSATIONS).text()).contains("\"id\":\"" + id + "\"");
      assertThat(who.get("/api/v1/cases").text()).contains("\"number\":\"" + number + "\"");
      assertThat(waiting(who)).isEqualTo(1);
    }
    assertThat(bob.get(CONVERSATIONS + "?state=waiting").json().get("items")).isEmpty();
    assertThat(bob.get(CONVERSATIONS).json().get("items")).isEmpty();
    assertThat(bob.get("/api/v1/cases").json().get("items")).isEmpty();
    assertThat(bob.get("/api/v1/cases?q=person").json().get("items")).isEmpty();
    assertThat(waiting(bob)).isZero();
  }

  @Test
  void for_others_it_does_not_exist() {
    String conversation = CONVERSATIONS + "/" + id;
    String theCase = "/api/v1/cases/" + number;

    for (String path :
        List.of(conversation, conversation + "/reach", theCase, theCase + "/timeline")) {
      assertThat(bob.get(path).status()).as(path).isEqualTo(404);
      assertThat(ann.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(bob.post(conversation + "/accept", "").status()).isEqualTo(404);
    assertThat(bob.post(conversation + "/leave", "").status()).isEqualTo(404);
    assertThat(bob.post(conversation + "/end", "{\"caseStatus\":\"solved\"}").status())
        .isEqualTo(404);
    assertThat(bob.post(conversation + "/messages", "{\"text\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(bob.post(conversation + "/follow-ups", "{\"text\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(bob.patch(conversation + "/messages/1", "{\"text\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(bob.delete(conversation + "/messages/1").status()).isEqualTo(404);
    assertThat(bob.patch(theCase, "{\"priority\":\"low\"}").status()).isEqualTo(404);
    assertThat(bob.post(theCase + "/notes", "{\"text\":\"x\"}").status()).isEqualTo(404);
    assertThat(bob.post(theCase + "/messages", "{\"text\":\"x\"}").status()).isEqualTo(404);
    assertThat(bob.post("/api/v1/deliveries/" + id + "-customer/retry", "").status())
        .isEqualTo(404);
  }

  @Test
  void a_stream_shows_nothing_of_other_teams_and_tells_when_something_goes_to_them() {
    try (TestServer own = new TestServer(
        settings -> settings,
        builder ->
            builder.settings(Settings.builder().queue(new QueueName("billing")).build()))) {
      Http root = own.agent("root");
      own.addAgent("ann", Role.AGENT);
      Http other = own.agent("bob", Role.AGENT);
      root.patch(QUEUES + "/billing", "{\"members\":[\"ann\"]}");
      Http customer = own.customer("Ada");
      String id = own.waiting(customer, root);
      try (EventReader events = other.events("/api/v1/desk/events?conversation=" + id)) {
        events.awaitCount("summary", 1);
        assertThat(events.named("conversation").toString())
            .as("a watched conversation as it is when the stream opens")
            .contains("\"id\":\"" + id + "\"");
        customer.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"2\"}");
        events.awaitCount("conversation", 2);
        String number =
            root.get(CONVERSATIONS).json().get("items").get(0).get("caseNumber").textValue();

        root.patch("/api/v1/cases/" + number, "{\"queue\":\"billing\"}");

        events.awaitCount("gone", 1);
        int before = events.all().size();
        customer.post("/api/v1/chat/messages", "{\"text\":\"secret\",\"clientMessageId\":\"3\"}");
        own.customer("Eve")
            .post("/api/v1/chat/messages", "{\"text\":\"open\",\"clientMessageId\":\"4\"}");
        events.await(event -> event.data().toString().contains("\"lastText\":\"open\""));
        assertThat(events.all().subList(before, events.all().size()).toString())
            .doesNotContain("secret");
      }
      try (EventReader late = other.events("/api/v1/desk/events?conversation=" + id)) {
        late.awaitCount("gone", 1);
        assertThat(late.named("conversation")).isEmpty();
      }
    }
  }

  @Test
  void queues_are_listed_set_up_and_not_invented() {
    JsonNode queues = bob.get(QUEUES).json().get("items");
    assertThat(queues.findValuesAsText("name")).contains("billing", "default");

    assertThat(admin.post(QUEUES, "{\"name\":\"billing\"}").status()).isEqualTo(409);
    assertThat(admin.patch(QUEUES + "/biling", "{}").status()).isEqualTo(404);
    Http.Answer nobody = admin.post(QUEUES, "{\"name\":\"vip\",\"members\":[\"ann\",\"nobody\"]}");
    assertThat(nobody.status()).isEqualTo(400);
    assertThat(nobody.json().get("field").textValue()).isEqualTo("members[1]");
    Http.Answer unknown = admin.patch("/api/v1/cases/" + number, "{\"queue\":\"vip\"}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().get("detail").textValue())
        .isEqualTo("queue \"vip\" does not exist (known: [billing, default])");

    assertThat(admin
            .post(QUEUES, "{\"name\":\"vip\",\"assignment\":\"sometimes\"}")
            .json()
            .get("field")
            .textValue())
        .isEqualTo("assignment");
    Http.Answer added = admin.post(
        QUEUES,
        "{\"name\":\"vip\",\"assignment\":\"round_robin\",\"acceptSeconds\":20,"
            + "\"members\":[\"ann\",\"bob\"]}");

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.json().get("mine").booleanValue()).isTrue();
    JsonNode changed = admin.patch(QUEUES + "/vip", "{\"acceptSeconds\":30}").json();
    assertThat(changed.get("assignment").textValue()).isEqualTo("round_robin");
    assertThat(changed.get("members").toString()).isEqualTo("[\"ann\",\"bob\"]");
    assertThat(changed.get("acceptSeconds").longValue()).isEqualTo(30);
  }

  @Test
  void members_are_added_and_removed_without_regard_to_what_the_admin_has_read() {
    try (TestServer own = new TestServer()) {
      Http root = own.agent("root");
      List.of("ann", "bob", "sue").forEach(name -> own.addAgent(name, Role.AGENT));
      root.post(QUEUES, "{\"name\":\"night\",\"members\":[\"ann\"]}");

      root.patch(QUEUES + "/night", "{\"addMembers\":[\"bob\"]}");
      JsonNode changed = root.patch(
              QUEUES + "/night", "{\"addMembers\":[\"sue\"],\"removeMembers\":[\"ann\"]}")
          .json();

      assertThat(changed.get("members").toString()).isEqualTo("[\"bob\",\"sue\"]");
      Http.Answer nobody = root.patch(QUEUES + "/night", "{\"removeMembers\":[\"nobody\"]}");
      assertThat(nobody.json().get("field").textValue()).isEqualTo("removeMembers[0]");
    }
  }

  @Test
  void a_full_queue_refuses_another_member_and_says_how_many_it_can_have() {
    try (TestServer own = new TestServer()) {
      Http root = own.agent("root");
      own.addAgent("ann", Role.AGENT);
      root.post(QUEUES, "{\"name\":\"night\"}");
      Set<String> many = IntStream.range(0, Queue.MAX_MEMBERS)
          .mapToObj(number -> "agent" + number)
          .collect(Collectors.toSet());
      own.relay
          .teams()
          .setUp(
              new QueueName("night"),
              stored -> new Queue(stored.name(), stored.assignment(), stored.acceptWithin(), many))
          .join();

      Http.Answer refused =
          root.patch(QUEUES + "/night", "{\"acceptSeconds\":60,\"addMembers\":[\"ann\"]}");

      assertThat(refused.status()).as(refused.text()).isEqualTo(409);
      assertThat(refused.json().get("type").textValue()).endsWith(":queue-full");
      assertThat(refused.json().get("field").textValue()).isEqualTo("addMembers");
      assertThat(refused.json().get("detail").textValue()).contains("1000");
      assertThat(root.get(QUEUES).text())
          .as("nothing of the request is stored")
          .doesNotContain("\"acceptSeconds\":60");
    }
  }

  @Test
  void open_desks_receive_what_somebody_sets_up_anew() {
    try (TestServer own = new TestServer()) {
      Http root = own.agent("root");
      own.addAgent("ann", Role.AGENT);
      Http sue = own.agent("sue", Role.SUPERVISOR);
      try (EventReader desk = sue.events("/api/v1/desk/events")) {
        desk.await(event -> event.name().equals("summary"));

        root.get(QUEUES);
        root.patch(QUEUES + "/default", "{\"acceptSeconds\":1}");
        root.patch(QUEUES + "/default", "{\"acceptSeconds\":45}");
        desk.await(event -> isSetUp(event, "queues"));
        root.patch("/api/v1/agents/ann", "{\"capacity\":3}");
        desk.await(event -> isSetUp(event, "agents"));
        root.post(
            "/api/v1/saved-replies",
            "{\"name\":\"Hello\",\"shortcut\":\"hello\",\"shared\":true,\"texts\":{\"en\":\"Hello\"}}");
        desk.await(event -> isSetUp(event, "saved_replies"));

        assertThat(desk.named("setup"))
            .as("reading and refusals change nothing")
            .hasSize(3);
      }
    }
  }

  @Test
  void agents_who_join_or_leave_a_queue_are_told_to_read_the_desk_again() {
    try (TestServer own = new TestServer()) {
      Http root = own.agent("root");
      own.addAgent("ann", Role.AGENT);
      Http bob = own.agent("bob", Role.AGENT);
      try (EventReader desk = bob.events("/api/v1/desk/events")) {
        desk.await(event -> event.name().equals("summary"));
        root.patch(QUEUES + "/default", "{\"members\":[\"ann\"]}");
        desk.await(event -> event.name().equals("scope"));
        root.patch(QUEUES + "/default", "{\"acceptSeconds\":45}");
        root.patch(QUEUES + "/default", "{\"members\":[\"ann\",\"bob\"]}");
        Eventually.holds("bob is told twice", () -> desk.named("scope").size() == 2);
        root.patch("/api/v1/agents/ann", "{\"capacity\":3}");
        desk.await(event -> isSetUp(event, "agents"));

        assertThat(desk.named("scope")).as("other changes leave it").hasSize(2);
      }
    }
  }

  private static boolean isSetUp(EventReader.Event event, String what) {
    return event.name().equals("setup") && event.data().get("what").textValue().equals(what);
  }

  @Test
  void what_the_configuration_says_of_a_queue_is_shown() {
    LocalDate open = LocalDate.now(ZoneOffset.UTC).plusDays(3);
    String day = open.getDayOfWeek().name().toLowerCase(Locale.ROOT);
    BusinessHours hours = new BusinessHours(
        ZoneOffset.UTC,
        Map.of(
            open.getDayOfWeek(),
            List.of(
                new Span(LocalTime.of(9, 0), LocalTime.of(12, 30)),
                new Span(LocalTime.of(14, 0), LocalTime.MIDNIGHT))));
    Settings settings = Settings.builder()
        .hours(new QueueName("day"), hours)
        .desk(new QueueName("billing"), WebPorts.DESK_ID)
        .build();
    try (TestServer own = new TestServer(it -> it, builder -> builder.settings(settings))) {
      JsonNode queues = own.agent("ann", Role.AGENT).get(QUEUES).json().get("items");

      assertThat(configured(queues, "day").get("hours").toString())
          .isEqualTo(
              "{\"zone\":\"Z\",\"days\":{\"" + day + "\":[\"09:00-12:30\",\"14:00-24:00\"]}}");
      assertThat(configured(queues, "day").get("open").booleanValue()).isFalse();
      assertThat(configured(queues, "day").get("opensAt").textValue())
          .isEqualTo(open + "T09:00:00Z");
      assertThat(configured(queues, "billing").get("desk").textValue())
          .isEqualTo(WebPorts.DESK_ID.value());
      assertThat(configured(queues, "default").get("open").booleanValue()).isTrue();
      assertThat(configured(queues, "default").get("desk").isNull()).isTrue();
      assertThat(configured(queues, "default").get("waitSeconds").longValue()).isEqualTo(1_800);
    }
  }

  private static JsonNode configured(JsonNode queues, String name) {
    return StreamSupport.stream(queues.spliterator(), false)
        .filter(it -> it.get("name").textValue().equals(name))
        .findFirst()
        .orElseThrow()
        .get("configured");
  }

  @Test
  void a_case_cannot_be_opened_in_a_queue_that_does_not_exist() {
    String customer =
        admin.get("/api/v1/cases/" + number).json().get("customer").get("id").textValue();

    Http.Answer refused = ann.post(
        "/api/v1/cases",
        "{\"customerId\":\"" + customer
            + "\",\"kind\":\"bug\",\"subject\":\"s\",\"queue\":\"biling\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("field").textValue()).isEqualTo("queue");
  }

  private static long waiting(Http who) {
    try (EventReader events = who.events("/api/v1/desk/events")) {
      events.awaitCount("summary", 1);
      return events.named("summary").get(0).data().get("waiting").longValue();
    }
  }
}
