package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.channel.Announcer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Cases, notes, knowledge and announcements as agents use them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CaseTest {
  private final TestServer relay = new TestServer();
  private final Http agent = relay.agent("alice");

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void a_case_is_opened_changed_noted_and_found() {
    String number = open("BUG", "Login is broken");

    Http.Answer changed = agent.patch(
        "/api/v1/cases/" + number,
        "{\"status\":\"OPEN\",\"priority\":\"HIGH\",\"assignee\":\"alice\",\"tags\":[\"login\"],\"version\":1}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().get("assignee").get("displayName").textValue()).isEqualTo("Alice");
    assertThat(agent
            .post("/api/v1/cases/" + number + "/notes", "{\"text\":\"Seen it too\"}")
            .status())
        .isEqualTo(201);

    JsonNode found = agent.get("/api/v1/cases/" + number).json();
    assertThat(found.fieldNames())
        .toIterable()
        .as("members in the order of the interface")
        .containsExactly(
            "number",
            "kind",
            "status",
            "priority",
            "subject",
            "description",
            "fields",
            "tags",
            "queue",
            "assignee",
            "customer",
            "conversations",
            "followUpOf",
            "createdAt",
            "updatedAt",
            "solvedAt",
            "snoozedUntil",
            "merge",
            "version",
            "nextStatuses",
            "notes",
            "history");
    assertThat(found.get("notes").get(0).get("text").textValue()).isEqualTo("Seen it too");
    assertThat(found.get("history"))
        .extracting(entry -> entry.get("field").textValue())
        .contains("created", "status", "priority", "assignee", "tags");
    assertThat(found.get("nextStatuses"))
        .extracting(JsonNode::textValue)
        .containsExactly("PENDING", "SOLVED");
    for (String query : new String[] {
      "q=broken", "q=" + number, "status=OPEN", "status=open&kind=bug", "assignee=alice", "q=login"
    }) {
      assertThat(agent.get("/api/v1/cases?" + query).json().get("items"))
          .as(query)
          .hasSize(1);
    }
    assertThat(agent.get("/api/v1/cases?status=SOLVED").json().get("items")).isEmpty();
  }

  @Test
  void a_duplicate_is_merged_and_both_cases_show_it() {
    String duplicate = open("BUG", "Login is broken");
    String customer =
        agent.get("/api/v1/cases/" + duplicate).json().get("customer").get("id").textValue();
    String remaining = openFor(customer, "BUG", "Cannot log in");
    agent.post("/api/v1/cases/" + duplicate + "/notes", "{\"text\":\"Seen it too\"}");
    String merge = "/api/v1/cases/" + duplicate + "/merge";
    String body = "{\"into\":\"" + remaining + "\",\"reason\":\"the same fault\"}";

    Http.Answer merged = agent.post(merge, body);

    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    assertThat(merged.json().get("number").textValue()).isEqualTo(remaining);
    assertThat(merged.json().get("notes"))
        .extracting(note -> note.get("text").textValue())
        .containsExactly("Seen it too", "#" + duplicate + " \"Login is broken\": the same fault");
    assertThat(merged.json().get("history"))
        .extracting(entry -> entry.get("field").textValue() + entry.get("after").textValue())
        .contains("duplicate#" + duplicate);
    JsonNode found = agent.get("/api/v1/cases/" + duplicate).json();
    assertThat(found.get("status").textValue()).isEqualTo("MERGED");
    assertThat(found.get("nextStatuses")).isEmpty();
    assertThat(found.get("merge").get("into").textValue()).isEqualTo(remaining);
    assertThat(found.get("merge").get("reason").textValue()).isEqualTo("the same fault");
    assertThat(agent.get("/api/v1/cases?status=MERGED").json().get("items")).hasSize(1);
    assertThat(agent.post(merge, body).status()).as("again").isEqualTo(200);
    assertThat(
            agent.patch("/api/v1/cases/" + duplicate, "{\"status\":\"OPEN\"}").status())
        .isEqualTo(409);
  }

  @Test
  void a_merge_without_a_case_or_a_reason_is_refused() {
    String number = open("BUG", "Login is broken");
    String merge = "/api/v1/cases/" + number + "/merge";

    assertThat(
            agent.post(merge, "{\"into\":\"" + number + "\",\"reason\":\"x\"}").status())
        .as("itself")
        .isEqualTo(400);
    assertThat(agent.post(merge, "{\"into\":\"1999\",\"reason\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(agent.post(merge, "{\"into\":\"one\",\"reason\":\"x\"}").status())
        .isEqualTo(400);
    assertThat(agent.post(merge, "{\"into\":\"1001\",\"reason\":\" \"}").status())
        .isEqualTo(400);
  }

  @Test
  void a_case_that_is_put_aside_is_left_out_of_the_list_until_it_returns() {
    String number = open("BUG", "Login is broken");
    String path = "/api/v1/cases/" + number;

    String monday = days(3);

    Http.Answer snoozed = agent.patch(path, "{\"snoozedUntil\":\"" + monday + "\"}");

    assertThat(snoozed.status()).as(snoozed.text()).isEqualTo(200);
    assertThat(snoozed.json().get("snoozedUntil").textValue()).isEqualTo(monday);
    assertThat(agent.get("/api/v1/cases").json().get("items")).isEmpty();
    assertThat(agent.get("/api/v1/cases?snoozed=true").json().get("items")).hasSize(1);
    assertThat(agent.get(path).json().get("status").textValue()).isEqualTo("NEW");

    agent.patch(path, "{\"snoozedUntil\":null}");
    assertThat(agent.get("/api/v1/cases").json().get("items")).hasSize(1);
  }

  @Test
  void a_case_is_put_aside_for_at_most_a_year_and_only_while_it_is_unsolved() {
    String path = "/api/v1/cases/" + open("BUG", "Login is broken");

    for (String until : new String[] {days(-1), days(400), "tomorrow"}) {
      assertThat(agent.patch(path, "{\"snoozedUntil\":\"" + until + "\"}").status())
          .as(until)
          .isEqualTo(400);
    }
    assertThat(agent
            .patch(path, "{\"status\":\"SOLVED\",\"snoozedUntil\":\"" + days(3) + "\"}")
            .status())
        .isEqualTo(400);
  }

  private String days(int ahead) {
    return relay
        .clock
        .instant()
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(Duration.ofDays(ahead))
        .toString();
  }

  @Test
  void a_customer_is_blocked_for_a_time_and_allowed_again() {
    Http ana = relay.customer("Ana");
    ana.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"1\"}");
    String path = "/api/v1/customers/1/block";

    Http.Answer blocked =
        agent.put(path, "{\"reason\":\"spam\",\"until\":\"2099-01-01T00:00:00Z\"}");
    Http.Answer refused =
        ana.post("/api/v1/chat/messages", "{\"text\":\"again\",\"clientMessageId\":\"2\"}");
    Http.Answer allowed = agent.delete(path);

    assertThat(blocked.status()).as(blocked.text()).isEqualTo(200);
    assertThat(blocked.json().get("blockReason").textValue()).isEqualTo("spam");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(allowed.json().get("blocked").booleanValue()).isFalse();
    assertThat(ana.post("/api/v1/chat/messages", "{\"text\":\"again\",\"clientMessageId\":\"3\"}")
            .status())
        .isEqualTo(202);
  }

  @Test
  void a_block_needs_a_reason_a_future_time_and_a_customer() {
    String path = "/api/v1/customers/1/block";

    assertThat(agent.put(path, "{\"reason\":\"\"}").status()).isEqualTo(400);
    assertThat(agent.put(path, "{\"reason\":\"x\",\"until\":\"yesterday\"}").status())
        .isEqualTo(400);
    assertThat(agent
            .put(path, "{\"reason\":\"x\",\"until\":\"1999-01-01T00:00:00Z\"}")
            .status())
        .isEqualTo(400);
    assertThat(agent.put("/api/v1/customers/4711/block", "{\"reason\":\"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void an_outdated_or_illegal_change_is_a_conflict_and_changes_nothing() {
    String number = open("SUPPORT", "Help");
    String path = "/api/v1/cases/" + number;

    Http.Answer outdated = agent.patch(path, "{\"priority\":\"LOW\",\"version\":99}");
    Http.Answer illegal = agent.patch(path, "{\"priority\":\"LOW\",\"status\":\"CLOSED\"}");

    assertThat(outdated.status()).isEqualTo(409);
    assertThat(outdated.json().get("field").textValue()).isEqualTo("version");
    assertThat(illegal.status()).isEqualTo(409);
    assertThat(illegal.json().get("field").textValue()).isEqualTo("status");
    assertThat(agent.get(path).json().get("priority").textValue()).isEqualTo("NORMAL");
    assertThat(agent.patch(path, "{\"assignee\":\"nobody\"}").status()).isEqualTo(400);
    assertThat(agent.patch("/api/v1/cases/4711", "{\"priority\":\"LOW\"}").status())
        .isEqualTo(404);
    assertThat(agent.post("/api/v1/cases/4711/notes", "{\"text\":\"x\"}").status())
        .isEqualTo(404);
  }

  @Test
  void lists_are_paged_to_their_end() {
    for (int i = 0; i < 5; i++) {
      open("BUG", "Bug " + i);
    }

    JsonNode first = agent.get("/api/v1/cases?limit=3").json();
    JsonNode second = agent
        .get("/api/v1/cases?limit=3&after=" + first.get("next").textValue())
        .json();

    assertThat(first.get("items")).hasSize(3);
    assertThat(second.get("items")).hasSize(2);
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void agents_find_internal_articles_and_suggest_public_ones() {
    JsonNode found = agent.get("/api/v1/knowledge/search?q=refund&lang=en").json();
    assertThat(found.get("items").get(0).get("articleId").textValue()).isEqualTo("refund-rules");
    assertThat(found.get("items").get(0).get("internal").booleanValue()).isTrue();
    Http customer = relay.customer("Ana");
    customer.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"1\"}");
    String id =
        agent.get("/api/v1/conversations").json().get("items").get(0).get("id").textValue();
    agent.post("/api/v1/conversations/" + id + "/accept", "");
    String path = "/api/v1/conversations/" + id + "/messages";

    assertThat(agent.post(path, "{\"articles\":[\"refund-rules\"]}").status()).isEqualTo(400);
    assertThat(agent.post(path, "{\"articles\":[\"reset-password\"]}").status()).isEqualTo(202);
    try (EventReader stream = customer.events("/api/v1/chat/events")) {
      stream.await(event -> event.name().equals("message")
          && event.data().get("author").textValue().equals("agent")
          && event.data().get("articles").get(0).get("title").textValue().equals("Password reset"));
    }
  }

  @Test
  void without_an_announcer_publishing_is_a_conflict() {
    Http.Answer answer =
        agent.post("/api/v1/announcements", "{\"title\":\"News\",\"url\":\"https://a.example\"}");

    assertThat(answer.status()).isEqualTo(409);
  }

  /** An announcer whose channel was deleted. */
  private static final class ChannelGone implements Announcer {
    @Override
    public PortId id() {
      return new PortId("news");
    }

    @Override
    public DeliveryResult publish(Announcement announcement) {
      return new DeliveryResult.Rejected(DeliveryResult.Rejected.Scope.CUSTOMER, "unknown channel");
    }

    @Override
    public LookUp lookUp(Announcement announcement) {
      return new LookUp.NotFound();
    }
  }

  @Test
  void an_announcement_behind_a_refused_one_is_accepted_and_said_to_be_held() {
    try (TestServer gone =
        new TestServer(settings -> settings, parts -> parts.announcer(new ChannelGone()))) {
      Http author = gone.agent("ana");
      String news = "{\"title\":\"News\"}";

      Http.Answer first = author.post("/api/v1/announcements", news);
      assertThat(first.status()).isEqualTo(202);
      Eventually.holds(
          "the announcement is refused",
          () -> gone.relay.announcements().heldBecause().isPresent());
      Http.Answer second = author.post("/api/v1/announcements", news);

      assertThat(second.status()).isEqualTo(202);
      assertThat(second.json().get("held").textValue()).isEqualTo("unknown channel");
      assertThat(first.json().has("held")).isFalse();
    }
  }

  /** An announcer that accepts everything. */
  private static final class Board implements Announcer {
    final List<String> titles = new CopyOnWriteArrayList<>();

    @Override
    public PortId id() {
      return new PortId("board");
    }

    @Override
    public DeliveryResult publish(Announcement announcement) {
      titles.add(announcement.title());
      return new DeliveryResult.Delivered(Optional.of("1"));
    }

    @Override
    public LookUp lookUp(Announcement announcement) {
      return new LookUp.NotFound();
    }
  }

  @Test
  void an_announcement_is_planned_seen_cancelled_and_published_when_its_time_has_come() {
    Board board = new Board();
    try (TestServer server =
        new TestServer(settings -> settings, parts -> parts.announcer(board))) {
      Http author = server.agent("ana");
      String planned = "/api/v1/planned-announcements";
      String first = "{\"title\":\"First\",\"text\":\"**soon**\",\"publishAt\":\""
          + server.clock.instant().plus(Duration.ofHours(1)) + "\",\"clientActionId\":\"a1\"}";

      Http.Answer created = author.post(planned, first);
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(author.post(planned, first).json()).isEqualTo(created.json());
      String second = first.replace("First", "Second").replace("a1", "a2");
      String id = author.post(planned, second).json().get("id").textValue();
      assertThat(author.get(planned).json().get("items"))
          .extracting(
              item -> item.get("title").textValue() + " " + item.get("state").textValue())
          .containsExactly("First waiting", "Second waiting");
      assertThat(author.delete(planned + "/" + id).status()).isEqualTo(204);
      assertThat(author.delete(planned + "/" + id).status()).isEqualTo(409);
      assertThat(author.delete(planned + "/999").status()).isEqualTo(404);

      server.clock.advance(Duration.ofHours(2));

      Eventually.holds("the first is published", () -> board.titles.equals(List.of("First")));
      Eventually.holds(
          "it is shown as published",
          () -> author.get(planned).text().contains("\"state\":\"published\""));
      assertThat(author.get(planned).json().get("items"))
          .extracting(
              item -> item.get("title").textValue() + " " + item.get("state").textValue())
          .containsExactly("Second cancelled", "First published");

      String news = "{\"title\":\"Now\",\"clientActionId\":\"n1\"}";
      assertThat(author.post("/api/v1/announcements", news).json().get("id"))
          .isEqualTo(author.post("/api/v1/announcements", news).json().get("id"));
      Eventually.holds("published once", () -> board.titles.equals(List.of("First", "Now")));
      for (String wrong : new String[] {"\"soon\"", "null", "\"2020-01-01T00:00:00Z\""}) {
        Http.Answer refused = author.post(planned, "{\"title\":\"x\",\"publishAt\":" + wrong + "}");
        assertThat(refused.status()).as(wrong).isEqualTo(400);
        assertThat(refused.json().get("field").textValue()).isEqualTo("publishAt");
      }
      assertThat(author.get(planned).json().get("possible").booleanValue()).isTrue();
    }
    assertThat(agent
            .post(
                "/api/v1/planned-announcements",
                "{\"title\":\"x\",\"publishAt\":\""
                    + relay.clock.instant().plus(Duration.ofHours(1)) + "\"}")
            .status())
        .as("without an announcer")
        .isEqualTo(409);
    assertThat(agent.get("/api/v1/planned-announcements").json().get("possible").booleanValue())
        .as("without an announcer")
        .isFalse();
  }

  @Test
  void more_planned_announcements_than_can_wait_are_refused_until_one_is_cancelled() {
    try (TestServer server =
        new TestServer(settings -> settings, parts -> parts.announcer(new Board()))) {
      Http author = server.agent("ana");
      String planned = "/api/v1/planned-announcements";
      String one = "{\"title\":\"News\",\"publishAt\":\""
          + server.clock.instant().plus(Duration.ofHours(1)) + "\"}";
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < Planned.MAX_WAITING; i++) {
        ids.add(author.post(planned, one).json().get("id").textValue());
      }

      Http.Answer refused = author.post(planned, one);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().get("type").textValue()).endsWith("too-many-planned");
      author.delete(planned + "/" + ids.get(0));
      assertThat(author.post(planned, one).status()).isEqualTo(201);
    }
  }

  private String open(String kind, String subject) {
    Http customer = relay.customer("Ana");
    customer.post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String customerId = agent
        .get("/api/v1/conversations")
        .json()
        .get("items")
        .get(0)
        .get("customer")
        .get("id")
        .textValue();
    return openFor(customerId, kind, subject);
  }

  private String openFor(String customerId, String kind, String subject) {
    Http.Answer answer = agent.post(
        "/api/v1/cases",
        "{\"customerId\":\"" + customerId + "\",\"kind\":\"" + kind + "\",\"subject\":\"" + subject
            + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("number").textValue();
  }
}
