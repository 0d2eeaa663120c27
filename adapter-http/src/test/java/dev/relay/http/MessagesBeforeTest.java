package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that carry the messages which the agent has written before them, because the page is being closed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MessagesBeforeTest {
  private static final String CONVERSATIONS = "/api/v1/conversations/";

  private final TestServer relay = new TestServer();
  private final Http ann = relay.agent("ann");
  private final Http bob = relay.agent("bob");
  private final String macro = ann.post(
          "/api/v1/saved-replies",
          "{\"name\":\"End\",\"shortcut\":\"end\",\"texts\":{\"en\":\"Bye\"},\"macro\":{\"ends\":true}}")
      .json()
      .get("id")
      .textValue();

  @AfterAll
  void stop() {
    relay.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "end", "macro", "status", "message"})
  void the_messages_are_stored_first_and_once(String change) {
    String id = live();

    Http.Answer changed =
        change(ann, change, id, before(id, "First", "a") + before(id, "Next", "b"));
    assertThat(changed.status()).as(changed.text()).isLessThan(300);
    Http.Answer again = ann.post(
        CONVERSATIONS + id + "/messages", "{\"text\":\"First\",\"clientMessageId\":\"a\"}");

    assertThat(again.status())
        .as("the page sends it again when it is opened next")
        .isEqualTo(202);
    if (change.equals("status")) {
      assertThat(ann.get(CONVERSATIONS + id).json().get("case").get("status").textValue())
          .isEqualTo("PENDING");
    }
    assertThat(happened(id))
        .containsSubsequence(
            "First",
            switch (change) {
              case "leave" -> "AGENT_LEFT";
              case "macro" -> "Bye";
              case "status" -> "Next";
              case "message" -> "Last";
              default -> "ENDED_SOLVED";
            })
        .containsOnlyOnce("First", "Next");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "end", "macro", "status"})
  void a_change_is_not_made_if_a_message_before_it_is_refused(String change) {
    String bobs = live();
    String mine = live();
    assertThat(
            ann.post(CONVERSATIONS + bobs + "/transfer", "{\"agent\":\"bob\"}").status())
        .isEqualTo(200);

    Http.Answer late = change(ann, change, mine, before(bobs, "Too late", "c"));
    Http.Answer unknown = change(ann, change, mine, before("999999", "Who?", "d"));
    Http.Answer empty = change(ann, change, mine, before(mine, "", "e"));

    assertThat(late.status()).as(late.text()).isEqualTo(409);
    assertThat(unknown.status()).as(unknown.text()).isEqualTo(404);
    assertThat(empty.status()).as(empty.text()).isEqualTo(400);
    assertThat(bob.get(CONVERSATIONS + bobs).text()).doesNotContain("Too late");
    JsonNode now = ann.get(CONVERSATIONS + mine).json();
    assertThat(now.get("state").textValue()).isEqualTo("live");
    assertThat(now.get("case").get("status").textValue()).isEqualTo("OPEN");
    assertThat(happened(mine)).doesNotContain("Bye");
  }

  @Test
  void a_message_without_a_key_or_with_unknown_fields_is_refused_and_leaving_needs_no_body() {
    String id = live();
    String path = CONVERSATIONS + id + "/leave";

    assertThat(ann.post(
                path, "{\"messagesBefore\":[{\"conversation\":\"" + id + "\",\"text\":\"x\"}]}")
            .text())
        .contains("clientMessageId is missing");
    assertThat(ann.post(path, "{\"messagesBefore\":[7]}").text())
        .contains("messagesBefore[0] must be an object");
    assertThat(ann.post(path, "{\"messagesBefore\":{}}").text())
        .contains("messagesBefore must be a list of at most 20 objects");
    assertThat(ann.post(
                path, "{\"messagesBefore\":[" + before(id, "x", "f").replace("text", "word") + "]}")
            .status())
        .isEqualTo(400);
    assertThat(ann.post(path, "").status()).isEqualTo(200);
  }

  private Http.Answer change(Http agent, String change, String id, String messages) {
    String before = "\"messagesBefore\":[" + messages.replace("}{", "},{") + "]";
    String path = CONVERSATIONS + id;
    return switch (change) {
      case "leave" -> agent.post(path + "/leave", "{" + before + "}");
      case "end" -> agent.post(path + "/end", "{\"caseStatus\":\"SOLVED\"," + before + "}");
      case "macro" -> agent.post(path + "/macros/" + macro, "{" + before + "}");
      case "message" ->
        agent.post(
            path + "/messages", "{\"text\":\"Last\",\"clientMessageId\":\"l\"," + before + "}");
      default -> {
        String number = ann.get(path).json().get("caseNumber").textValue();
        yield agent.post(
            "/api/v1/cases/bulk",
            "{\"numbers\":[\"" + number + "\"],\"status\":\"PENDING\"," + before + "}");
      }
    };
  }

  private static String before(String conversation, String text, String key) {
    return "{\"conversation\":\"" + conversation + "\",\"text\":\"" + text
        + "\",\"clientMessageId\":\"" + key + "\"}";
  }

  private String live() {
    String id = relay.waiting(relay.customer("Cleo"), ann);
    assertThat(ann.post(CONVERSATIONS + id + "/accept", "").status()).isEqualTo(200);
    return id;
  }

  /** Returns the texts of messages and the names of notices, in their order. */
  private List<String> happened(String id) {
    JsonNode transcript = ann.get(CONVERSATIONS + id).json().get("transcript");
    return StreamSupport.stream(transcript.spliterator(), false)
        .map(entry -> (entry.has("notice") ? entry.get("notice") : entry.get("text")).textValue())
        .toList();
  }
}
