package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Changes of many cases and conversations at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BulkTest {
  private static final String CASES = "/api/v1/cases";
  private static final String CONVERSATIONS = "/api/v1/conversations";

  private final TestServer relay = new TestServer(
      settings -> settings,
      builder ->
          builder.settings(Settings.builder().queue(new QueueName("billing")).build()));
  private final Http root = relay.agent("root");
  private final Http ann = relay.agent("ann", Role.AGENT);

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void each_case_is_changed_by_itself_and_keeps_its_other_tags() {
    String first = opened("[\"old\"]");
    String second = opened("[]");

    JsonNode items = ann.post(
            CASES + "/bulk",
            "{\"numbers\":[\"" + first + "\",\"" + second
                + "\",\"999999\"],\"priority\":\"URGENT\","
                + "\"assignee\":\"ann\",\"addTags\":[\"outage\"],\"queue\":\"billing\"}")
        .json()
        .get("items");

    assertThat(items).hasSize(3);
    assertThat(items.get(0).has("problem")).isFalse();
    assertThat(items.get(1).has("problem")).isFalse();
    assertThat(items.get(2).get("problem").get("type").textValue())
        .isEqualTo("urn:relay:problem:not-found");
    JsonNode changed = root.get(CASES + "/" + first).json();
    assertThat(changed.get("priority").textValue()).isEqualTo("URGENT");
    assertThat(changed.get("queue").textValue()).isEqualTo("billing");
    assertThat(changed.get("assignee").get("username").textValue()).isEqualTo("ann");
    assertThat(changed.get("tags").toString()).isEqualTo("[\"old\",\"outage\"]");
    assertThat(root.get(CASES + "/" + second).json().get("tags").toString())
        .isEqualTo("[\"outage\"]");
  }

  @Test
  void a_repeat_changes_nothing_more() {
    String number = opened("[]");
    String request = "{\"numbers\":[\"" + number
        + "\"],\"status\":\"SOLVED\",\"assignee\":null,\"addTags\":[\"done\"]}";
    ann.post(CASES + "/bulk", request);
    long version = root.get(CASES + "/" + number).json().get("version").longValue();

    JsonNode again = ann.post(CASES + "/bulk", request).json().get("items").get(0);

    assertThat(again.has("problem")).isFalse();
    JsonNode after = root.get(CASES + "/" + number).json();
    assertThat(after.get("version").longValue()).isEqualTo(version);
    assertThat(after.get("status").textValue()).isEqualTo("SOLVED");
  }

  @Test
  void a_refused_item_says_why_and_stops_no_other() {
    String closed = opened("[]");
    String open = opened("[]");
    root.patch(CASES + "/" + closed, "{\"status\":\"SOLVED\"}");
    assertThat(root.patch(CASES + "/" + closed, "{\"status\":\"CLOSED\"}").status())
        .isEqualTo(200);

    JsonNode items = ann.post(
            CASES + "/bulk",
            "{\"numbers\":[\"" + closed + "\",\"" + open + "\"],\"status\":\"PENDING\"}")
        .json()
        .get("items");

    assertThat(items.get(0).get("problem").get("type").textValue())
        .isEqualTo("urn:relay:problem:illegal-transition");
    assertThat(items.get(1).has("problem")).isFalse();
  }

  @Test
  void waiting_conversations_are_passed_to_an_agent_once() {
    String first = relay.waiting(relay.customer("Ada"), root);
    String second = relay.waiting(relay.customer("Ben"), root);
    String request = "{\"ids\":[\"" + first + "\",\"" + second
        + "\",\"999999\"],\"agent\":\"ann\",\"clientActionId\":\"b1\"}";

    JsonNode items = root.post(CONVERSATIONS + "/bulk", request).json().get("items");

    assertThat(items.get(0).has("problem")).as(items.toString()).isFalse();
    assertThat(items.get(1).has("problem")).as(items.toString()).isFalse();
    assertThat(items.get(2).get("problem").get("status").intValue()).isEqualTo(404);
    JsonNode passed = root.get(CONVERSATIONS + "/" + first).json();
    assertThat(passed.get("agent").get("username").textValue()).isEqualTo("ann");
    int entries = passed.get("transcript").size();
    JsonNode again = root.post(CONVERSATIONS + "/bulk", request).json().get("items");
    assertThat(again).isEqualTo(items);
    assertThat(root.get(CONVERSATIONS + "/" + first).json().get("transcript")).hasSize(entries);
  }

  @Test
  void an_agent_passes_on_what_is_theirs_or_waits_and_reads_of_the_others_why_not() {
    Http bob = relay.agent("bob", Role.AGENT);
    String mine = relay.waiting(relay.customer("Ada"), root);
    String bobs = relay.waiting(relay.customer("Ben"), root);
    ann.post(CONVERSATIONS + "/" + mine + "/accept", "");
    bob.post(CONVERSATIONS + "/" + bobs + "/accept", "");
    String request = "{\"ids\":[\"" + mine + "\",\"" + bobs
        + "\"],\"queue\":\"billing\",\"clientActionId\":\"b7\"}";

    JsonNode items = ann.post(CONVERSATIONS + "/bulk", request).json().get("items");

    assertThat(items.get(0).has("problem")).as(items.toString()).isFalse();
    assertThat(items.get(1).get("problem").get("type").textValue())
        .isEqualTo("urn:relay:problem:already-taken");
    assertThat(root.get(CONVERSATIONS + "/" + bobs)
            .json()
            .get("agent")
            .get("username")
            .textValue())
        .isEqualTo("bob");
    Http vera = relay.agent("vera", Role.VIEWER);
    assertThat(vera.post(CONVERSATIONS + "/bulk", request).status()).isEqualTo(403);
  }

  @Test
  void a_request_with_a_wrong_number_changes_nothing() {
    String first = opened("[]");

    Http.Answer refused =
        ann.post(CASES + "/bulk", "{\"numbers\":[\"" + first + "\",\"x\"],\"priority\":\"LOW\"}");
    Http.Answer next =
        ann.post(CASES + "/bulk", "{\"numbers\":[\"" + first + "\"],\"status\":\"PENDING\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(next.json().get("items").get(0).has("problem")).isFalse();
    assertThat(root.get(CASES + "/" + first).json().get("priority").textValue())
        .isEqualTo("NORMAL");
  }

  @Test
  void a_request_is_bounded_and_says_what_is_wrong() {
    String many = IntStream.rangeClosed(1, 101)
        .mapToObj(number -> "\"" + number + "\"")
        .collect(Collectors.joining(",", "[", "]"));
    for (String wrong : new String[] {
      "{}",
      "{\"numbers\":[],\"priority\":\"LOW\"}",
      "{\"numbers\":[\"1\"]}",
      "{\"numbers\":[\"x\"],\"priority\":\"LOW\"}",
      "{\"numbers\":" + many + ",\"priority\":\"LOW\"}",
      "{\"numbers\":[\"1\"],\"assignee\":\"nobody\"}"
    }) {
      assertThat(ann.post(CASES + "/bulk", wrong).status()).as(wrong).isEqualTo(400);
    }
    for (String wrong : new String[] {
      "{\"ids\":[\"1\"],\"queue\":\"billing\"}",
      "{\"ids\":[\"1\"],\"clientActionId\":\"a\"}",
      "{\"ids\":[\"1\"],\"queue\":\"billing\",\"agent\":\"ann\",\"clientActionId\":\"a\"}"
    }) {
      assertThat(ann.post(CONVERSATIONS + "/bulk", wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void an_agent_changes_nothing_in_the_queues_of_others() {
    root.post("/api/v1/queues", "{\"name\":\"secret\",\"members\":[\"root\"]}");
    String number = opened("[]");
    root.patch(CASES + "/" + number, "{\"queue\":\"secret\"}");
    boolean visible = ann.get(CASES + "/" + number).status() == 200;

    JsonNode item = ann.post(
            CASES + "/bulk", "{\"numbers\":[\"" + number + "\"],\"priority\":\"LOW\"}")
        .json()
        .get("items")
        .get(0);

    assertThat(visible).isFalse();
    assertThat(item.get("problem").get("status").intValue()).isEqualTo(404);
    assertThat(root.get(CASES + "/" + number).json().get("priority").textValue())
        .isEqualTo("NORMAL");
  }

  /** Opens a case with those tags and returns its number. */
  private String opened(String tags) {
    String conversation = relay.waiting(relay.customer("Customer"), root);
    String customer = root.get(CONVERSATIONS + "/" + conversation)
        .json()
        .get("customer")
        .get("id")
        .textValue();
    return root.post(
            CASES,
            "{\"customerId\":\"" + customer + "\",\"kind\":\"BUG\",\"subject\":\"Broken\",\"tags\":"
                + tags + "}")
        .json()
        .get("number")
        .textValue();
  }
}
