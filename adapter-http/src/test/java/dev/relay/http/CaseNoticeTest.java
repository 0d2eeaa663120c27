package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a customer of the web chat hears of their case, and how they answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CaseNoticeTest {
  private final TestServer relay = new TestServer();
  private final Http alice = relay.agent("alice");
  private final Http ana = relay.customer("Ana");

  @AfterEach
  void stop() {
    relay.close();
  }

  private String endedAsPending() {
    ana.post(
        "/api/v1/chat/messages", "{\"text\":\"the lantern is dark\",\"clientMessageId\":\"1\"}");
    act("talk_to_person", "2");
    alice.post("/api/v1/conversations/1/accept", "");
    return alice
        .post("/api/v1/conversations/1/end", "{\"caseStatus\":\"PENDING\"}")
        .json()
        .get("caseNumber")
        .textValue();
  }

  private Http.Answer act(String action, String id) {
    return ana.post(
        "/api/v1/chat/actions",
        "{\"action\":\"" + action + "\",\"clientMessageId\":\"" + id + "\"}");
  }

  @Test
  void a_solved_case_is_announced_with_buttons_and_reopened_by_one_of_them() {
    String number = endedAsPending();
    try (EventReader chat = ana.events("/api/v1/chat/events")) {
      alice.patch("/api/v1/cases/" + number, "{\"status\":\"SOLVED\"}");

      EventReader.Event told =
          chat.await(event -> event.data().path("notice").asText().equals("CASE_SOLVED"));
      assertThat(told.data().get("text").textValue()).contains("#" + number, "the lantern is dark");
      assertThat(told.data().get("buttons"))
          .extracting(JsonNode::textValue)
          .containsExactly("still_need_help", "stop_case_notices");

      assertThat(act("still_need_help", "3").status()).isEqualTo(202);
      chat.await(event -> event.data().path("notice").asText().equals("QUEUE_POSITION"));
    }
    JsonNode found = alice.get("/api/v1/cases/" + number).json();
    assertThat(found.get("status").textValue()).isEqualTo("OPEN");
    assertThat(found.get("conversations")).hasSize(2);
  }

  @Test
  void a_customer_who_wants_no_notices_gets_none_until_they_want_them_again() {
    String number = endedAsPending();
    try (EventReader chat = ana.events("/api/v1/chat/events")) {
      assertThat(act("stop_case_notices", "3").status()).isEqualTo(202);
      alice.patch("/api/v1/cases/" + number, "{\"status\":\"SOLVED\"}");
      assertThat(act("resume_case_notices", "4").status()).isEqualTo(202);
      alice.patch("/api/v1/cases/" + number, "{\"status\":\"OPEN\"}");

      chat.await(event -> {
        String notice = event.data().path("notice").asText();
        assertThat(notice).isNotEqualTo("CASE_SOLVED");
        return notice.equals("CASE_REOPENED");
      });
    }
  }
}
