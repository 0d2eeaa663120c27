package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.testkit.Eventually;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each role finds what it may see, with its places, page by page. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchRoutesTest {
  private final TestServer relay = new TestServer(
      settings -> settings,
      builder ->
          builder.settings(Settings.builder().queue(new QueueName("billing")).build()));
  private final Http admin = relay.agent("root");
  private final Http supervisor = relay.agent("sue", Role.SUPERVISOR);
  private final Http ann = relay.agent("ann", Role.AGENT);
  private final Http bob = relay.agent("bob", Role.AGENT);
  private final Http viewer = relay.agent("vic", Role.VIEWER);
  private final Http customer = relay.customer("Zoë Nováková");
  private String number = "";

  @BeforeAll
  void a_customer_waits_in_the_queue_of_anns_team() {
    assertThat(admin
            .patch("/api/v1/queues/billing", "{\"members\":[\"ann\",\"vic\"]}")
            .status())
        .isEqualTo(200);
    customer.post("/api/v1/chat/messages", "{\"text\":\"a person\",\"clientMessageId\":\"1\"}");
    number = Eventually.gives(
            "somebody waits",
            () -> admin
                .get("/api/v1/conversations?state=waiting")
                .json()
                .get("items")
                .get(0))
        .get("caseNumber")
        .textValue();
    assertThat(admin.patch("/api/v1/cases/" + number, "{\"queue\":\"billing\"}").status())
        .isEqualTo(200);
    customer.post(
        "/api/v1/chat/messages",
        "{\"text\":\"" + "x ".repeat(300)
            + "¿Dónde está mi <b>aña</b>?\",\"clientMessageId\":\"2\"}");
    admin.post("/api/v1/cases/" + number + "/notes", "{\"text\":\"the xylophone broke\"}");
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void those_of_the_team_and_supervisors_find_messages_cases_and_the_customer() {
    for (Http who : List.of(admin, supervisor, ann, viewer)) {
      assertThat(group(who, "donde ana", "messages").get("items")).hasSize(1);
      assertThat(group(who, "xylophone", "cases").get("items")).hasSize(1);
      assertThat(group(who, "novakova", "customers").get("items")).hasSize(1);
      assertThat(group(who, "#" + number, "cases").get("items")).hasSize(1);
    }
  }

  @Test
  void an_agent_of_another_team_finds_nothing_of_it() {
    for (String q : List.of("donde", "xylophone", "novakova", "#" + number, "person")) {
      for (JsonNode group : search(bob, "q=" + encoded(q)).json().get("groups")) {
        assertThat(group.get("items")).as(q).isEmpty();
      }
    }
  }

  @Test
  void a_message_is_found_with_its_places_as_plain_text_and_the_way_to_it() {
    JsonNode hit = group(ann, "donde ana", "messages").get("items").get(0);

    JsonNode match = hit.get("matches").get(0);
    String text = match.get("text").textValue();
    List<String> marked = new ArrayList<>();
    match
        .get("places")
        .forEach(place -> marked.add(
            text.substring(place.get("from").intValue(), place.get("to").intValue())));
    assertThat(text).startsWith("…").contains("<b>aña</b>").hasSizeLessThanOrEqualTo(240);
    assertThat(marked).containsExactly("Dónde", "aña");
    assertThat(hit.get("author").get("role").textValue()).isEqualTo("customer");
    assertThat(hit.get("customer").get("displayName").textValue()).isEqualTo("Zoë Nováková");
    String conversation = "/api/v1/conversations/" + hit.get("conversationId").textValue();
    assertThat(ann.get(conversation).text())
        .contains("\"id\":\"" + hit.get("entryId").textValue() + "\"");
  }

  @Test
  void an_internal_message_is_found_by_staff_and_marked() {
    String conversation = group(ann, "donde", "messages")
        .get("items")
        .get(0)
        .get("conversationId")
        .textValue();
    assertThat(admin
            .post(
                "/api/v1/conversations/" + conversation + "/whispers",
                "{\"text\":\"quagga inside\",\"clientMessageId\":\"w1\"}")
            .status())
        .isLessThan(300);

    JsonNode hit = group(viewer, "quagga", "messages").get("items").get(0);

    assertThat(hit.get("internal").booleanValue()).isTrue();
    assertThat(customer.get("/api/v1/search?q=quagga").status()).isEqualTo(401);
    assertThat(customer.get("/api/v1/chat").text()).doesNotContain("quagga");
  }

  @Test
  void pages_continue_with_the_cursor_of_one_subject() {
    for (int i = 0; i < 5; i++) {
      customer.post(
          "/api/v1/chat/messages", "{\"text\":\"paged word\",\"clientMessageId\":\"p" + i + "\"}");
    }
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = search(ann, "q=paged&in=messages&limit=2" + cursor).json();
      JsonNode group = page.get("groups").get(0);
      group.get("items").forEach(hit -> ids.add(hit.get("id").textValue()));
      cursor = group.get("next").isNull() ? "" : "&cursor=" + group.get("next").textValue();
    } while (!cursor.isEmpty());

    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void any_text_is_answered() {
    for (String q : List.of(
        "\"",
        "\"\"\"",
        "*",
        "a* OR",
        "NEAR(",
        "text:x",
        "-x",
        "'; drop table message",
        "()",
        "^",
        "😀",
        "%",
        "x".repeat(500))) {
      assertThat(search(ann, "q=" + encoded(q)).status()).as(q).isEqualTo(200);
    }
  }

  @Test
  void a_request_that_cannot_be_answered_is_explained() {
    assertProblem("", "q");
    assertProblem("q=", "q");
    assertProblem("q=a%00b", "q");
    assertProblem("q=" + "x".repeat(501), "q");
    assertProblem("q=x&in=secrets", "in");
    assertProblem("q=x&cursor=5", "cursor");
    assertProblem("q=x&in=cases&cursor=x", "cursor");
    assertProblem("q=x&limit=51", "limit");
  }

  private void assertProblem(String query, String field) {
    Http.Answer answer = search(ann, query);
    assertThat(answer.status()).as(query).isEqualTo(400);
    assertThat(answer.json().get("field").textValue()).as(query).isEqualTo(field);
  }

  private static Http.Answer search(Http who, String query) {
    return who.get("/api/v1/search?" + query);
  }

  private static JsonNode group(Http who, String q, String in) {
    Http.Answer answer = search(who, "in=" + in + "&q=" + encoded(q));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("groups").get(0);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
