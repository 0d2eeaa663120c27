package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Agents who write to customers first, and what both sides read. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FollowUpTest {
  private final TestServer relay = new TestServer();
  private final Http alice = relay.agent("alice");
  private final Http ana = relay.customer("Ana");

  @AfterEach
  void stop() {
    relay.close();
  }

  private static String said(String text, String clientMessageId) {
    return "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + clientMessageId + "\"}";
  }

  /** Lets Ana ask, and Alice solve it, in conversation 1 about the returned case. */
  private String solvedCase() {
    liveConversation();
    alice.post("/api/v1/conversations/1/messages", said("let me look", "1"));
    Http.Answer ended = alice.post("/api/v1/conversations/1/end", "{\"caseStatus\":\"SOLVED\"}");
    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    return ended.json().get("caseNumber").textValue();
  }

  private void liveConversation() {
    ana.post("/api/v1/chat/messages", said("the lantern is dark", "1"));
    ana.post("/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"2\"}");
    alice.post("/api/v1/conversations/1/accept", "");
  }

  @Test
  void a_case_is_one_timeline_at_the_desk_and_one_thread_for_the_customer() {
    String number = solvedCase();

    Http.Answer written =
        alice.post("/api/v1/cases/" + number + "/messages", said("It shines again", "w1"));

    assertThat(written.status()).as(written.text()).isEqualTo(202);
    assertThat(written.json().get("conversationId").textValue()).isEqualTo("2");
    assertThat(written.json().get("caseNumber").textValue()).isEqualTo(number);
    assertThat(messages(number))
        .containsExactly("the lantern is dark", "let me look", "It shines again");
    JsonNode detail = alice.get("/api/v1/cases/" + number).json();
    assertThat(detail.get("status").textValue()).isEqualTo("OPEN");
    assertThat(detail.get("conversations"))
        .extracting(JsonNode::textValue)
        .containsExactly("1", "2");

    ana.post("/api/v1/chat/messages", said("so it does", "3"));
    assertThat(messages(number)).endsWith("It shines again", "so it does");
  }

  @Test
  void a_repeat_of_the_same_message_is_one_message() {
    String number = solvedCase();
    String path = "/api/v1/cases/" + number + "/messages";
    JsonNode first = alice.post(path, said("It shines again", "w1")).json();

    assertThat(alice.post(path, said("It shines again", "w1")).json()).isEqualTo(first);
    assertThat(messages(number)).containsOnlyOnce("It shines again");
  }

  @Test
  void a_customer_and_a_conversation_that_is_over_can_be_written_to_as_well() {
    String number = solvedCase();

    JsonNode toCustomer =
        alice.post("/api/v1/customers/1/messages", said("Hello again", "w1")).json();
    JsonNode toConversation = alice
        .post("/api/v1/conversations/1/follow-ups", said("And again", "w2"))
        .json();

    assertThat(toCustomer.get("conversationId").textValue()).isEqualTo("2");
    assertThat(toConversation).isEqualTo(toCustomer);
    assertThat(messages(number)).endsWith("Hello again", "And again");
  }

  @Test
  void an_agent_who_comes_second_is_told_who_has_the_customer() {
    String number = solvedCase();
    alice.post("/api/v1/cases/" + number + "/messages", said("It shines again", "w1"));

    Http.Answer second =
        relay.agent("bert").post("/api/v1/cases/" + number + "/messages", said("Hello", "w1"));

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text()).contains("already-taken", "Alice");
  }

  @Test
  void the_timeline_is_read_in_parts() {
    String number = solvedCase();
    alice.post("/api/v1/cases/" + number + "/messages", said("It shines again", "w1"));
    List<String> whole = ids(alice.get("/api/v1/cases/" + number + "/timeline").json());

    List<String> inParts = new ArrayList<>();
    String after = "0";
    while (after != null) {
      JsonNode part = alice
          .get("/api/v1/cases/" + number + "/timeline?limit=2&after=" + after)
          .json();
      inParts.addAll(ids(part));
      after = part.get("next").textValue();
    }

    assertThat(inParts).isEqualTo(whole).doesNotHaveDuplicates().hasSizeGreaterThan(5);
  }

  @Test
  void the_web_chat_can_always_be_written_to() {
    solvedCase();

    JsonNode reach = alice.get("/api/v1/conversations/1/reach").json();

    assertThat(reach.get("open").booleanValue()).isTrue();
    assertThat(reach.get("reason").isNull()).isTrue();
  }

  @Test
  void the_customer_is_asked_before_the_chat_is_closed() {
    liveConversation();

    Http.Answer asked = alice.post("/api/v1/conversations/1/propose-close", "");
    assertThat(asked.status()).as(asked.text()).isEqualTo(200);
    assertThat(asked.json().get("closeProposedAt").isTextual()).isTrue();
    assertThat(relay
            .agent("bert")
            .post("/api/v1/conversations/1/propose-close", "")
            .status())
        .isEqualTo(409);

    assertThat(ana.post(
                "/api/v1/chat/actions", "{\"action\":\"it_is_solved\",\"clientMessageId\":\"9\"}")
            .status())
        .isEqualTo(202);
    JsonNode closed = alice.get("/api/v1/conversations/1").json();
    assertThat(closed.get("state").textValue()).isEqualTo("closed");
    assertThat(closed.get("case").get("status").textValue()).isEqualTo("SOLVED");
  }

  @Test
  void a_message_for_later_is_seen_and_cancelled() {
    String path = "/api/v1/cases/" + solvedCase() + "/scheduled-messages";
    String planned = "{\"text\":\"Good morning\",\"sendAt\":\"2099-01-01T08:00:00Z\"}";
    String tomorrow = planned.replace(
        "2099-01-01T08:00:00Z", relay.clock.instant().plus(Duration.ofDays(1)).toString());

    String past = planned.replace("2099", "2001");
    for (String wrong : List.of(planned, past)) {
      Http.Answer refused = alice.post(path, wrong);
      assertThat(refused.status()).as(wrong).isEqualTo(400);
      assertThat(refused.json().get("field").textValue()).isEqualTo("sendAt");
    }
    Http.Answer made = alice.post(path, tomorrow);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonNode item = alice.get(path).json().get("items").get(0);
    assertThat(item.get("state").textValue()).isEqualTo("waiting");
    assertThat(item.get("text").textValue()).isEqualTo("Good morning");
    assertThat(item.get("agent").textValue()).isEqualTo("Alice");

    String one = "/api/v1/scheduled-messages/" + item.get("id").textValue();
    assertThat(alice.delete(one).json().get("state").textValue()).isEqualTo("cancelled");
    assertThat(alice.delete(one).status()).isEqualTo(200);
    assertThat(alice.delete("/api/v1/scheduled-messages/99").status()).isEqualTo(404);
  }

  @Test
  void unknown_cases_customers_and_conversations_are_not_found() {
    for (String path : List.of(
        "/api/v1/cases/99/messages",
        "/api/v1/customers/99/messages",
        "/api/v1/conversations/99/follow-ups")) {
      assertThat(alice.post(path, said("Hello", "w1")).status()).as(path).isEqualTo(404);
    }
    for (String path : List.of("/api/v1/cases/99/timeline", "/api/v1/conversations/99/reach")) {
      assertThat(alice.get(path).status()).as(path).isEqualTo(404);
    }
  }

  private List<String> messages(String number) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item :
        alice.get("/api/v1/cases/" + number + "/timeline").json().get("items")) {
      JsonNode entry = item.get("entry");
      boolean byPeople =
          List.of("customer", "agent").contains(entry.get("author").textValue());
      if (byPeople && entry.get("kind").textValue().equals("message")) {
        texts.add(entry.get("text").textValue());
      }
    }
    return texts;
  }

  private static List<String> ids(JsonNode timeline) {
    List<String> ids = new ArrayList<>();
    timeline.get("items").forEach(item -> ids.add(item.get("entry").get("id").textValue()));
    return ids;
  }
}
