package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.testkit.Eventually;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Transcripts page by page, from their end, for customers and agents. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ChatHistoryTest {
  private static final String MESSAGES = "/api/v1/chat/messages";

  @Test
  void a_customer_reads_every_message_once_from_the_last_page_to_the_first() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      for (int i = 1; i <= 7; i++) {
        say(customer, "message " + i, "m" + i);
        relay.agent("alice").get("/api/v1/conversations");
      }
      try (EventReader chat = customer.events("/api/v1/chat/events")) {
        chat.awaitMessage("You said: message 7");
      }

      List<String> texts = new ArrayList<>();
      JsonNode page = customer.get(MESSAGES + "?limit=3").json();
      String last = page.get("last").textValue();
      while (true) {
        texts.addAll(0, own(page));
        if (page.get("before").isNull()) {
          break;
        }
        page = customer
            .get(MESSAGES + "?limit=3&before=" + page.get("before").textValue())
            .json();
      }

      assertThat(texts)
          .containsExactly(
              "message 1",
              "message 2",
              "message 3",
              "message 4",
              "message 5",
              "message 6",
              "message 7");
      say(customer, "message 8", "m8");
      try (EventReader chat =
          customer.header("Last-Event-ID", last).events("/api/v1/chat/events")) {
        assertThat(chat.awaitMessage("message 8").data().get("author").textValue())
            .isEqualTo("customer");
      }
    }
  }

  @Test
  void an_earlier_page_has_later_edits_and_nothing_of_what_was_deleted_later() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      say(customer, "first", "m1");
      say(customer, "my password is secret", "m2");
      for (int i = 3; i <= 6; i++) {
        say(customer, "message " + i, "m" + i);
      }
      customer.patch(MESSAGES + "/m1", "{\"text\":\"changed\"}");
      customer.delete(MESSAGES + "/m2");

      JsonNode last = customer.get(MESSAGES + "?limit=3").json();
      String before = last.get("before").textValue();
      JsonNode first = customer.get(MESSAGES + "?limit=50&before=" + before).json();

      assertThat(first.toString()).contains("changed").doesNotContain("\"my password is secret");
      assertThat(last.toString()).doesNotContain("\"my password is secret");
    }
  }

  @Test
  void a_stream_reports_the_delivery_of_messages_from_before_its_beginning() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      say(customer, "hello", "m1");
      String last = customer.get(MESSAGES).json().get("last").textValue();

      try (EventReader chat =
          customer.header("Last-Event-ID", last).events("/api/v1/chat/events")) {
        chat.await(event -> event.name().equals("delivery")
            && event.data().get("state").textValue().equals("delivered"));
      }
    }
  }

  @Test
  void a_new_session_has_an_empty_page_and_a_stranger_none() {
    try (TestServer relay = new TestServer()) {
      JsonNode page = relay.customer("Ana").get(MESSAGES).json();

      assertThat(page.get("events")).isEmpty();
      assertThat(page.get("before").isNull()).isTrue();
      assertThat(page.get("last").textValue()).isEqualTo("0");
      assertThat(relay.http().get(MESSAGES).status()).isEqualTo(401);
      assertThat(relay.customer("Ben").get(MESSAGES + "?limit=201").status()).isEqualTo(400);
    }
  }

  @Test
  void an_agent_reads_a_transcript_from_its_end() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      for (int i = 1; i <= 5; i++) {
        say(customer, "message " + i, "m" + i);
      }
      Http agent = relay.agent("alice");
      String path = "/api/v1/conversations/"
          + agent
              .get("/api/v1/conversations")
              .json()
              .get("items")
              .get(0)
              .get("id")
              .textValue();
      Eventually.holds(
          "everything is answered",
          () -> agent.get(path + "?limit=500").text().contains("You said: message 5"));
      JsonNode whole = agent.get(path + "?limit=500").json();

      JsonNode last = agent.get(path + "?last=true&limit=2").json();
      String previous = last.get("previous").textValue();
      JsonNode before = agent.get(path + "?limit=2&before=" + previous).json();

      List<String> all = ids(whole);
      assertThat(whole.get("previous").isNull()).isTrue();
      assertThat(ids(last)).isEqualTo(all.subList(all.size() - 2, all.size()));
      assertThat(ids(before)).isEqualTo(all.subList(all.size() - 4, all.size() - 2));
      JsonNode first = agent.get(path + "?last=true&limit=500").json();
      assertThat(first.get("previous").isNull()).isTrue();
      assertThat(ids(first)).isEqualTo(all);
    }
  }

  private static List<String> own(JsonNode page) {
    List<String> texts = new ArrayList<>();
    for (JsonNode event : page.get("events")) {
      JsonNode data = event.get("data");
      if (event.get("name").textValue().equals("message")
          && data.get("author").textValue().equals("customer")) {
        texts.add(data.get("text").textValue());
      }
    }
    return texts;
  }

  private static List<String> ids(JsonNode conversation) {
    List<String> ids = new ArrayList<>();
    conversation.get("transcript").forEach(entry -> ids.add(entry.get("id").textValue()));
    return ids;
  }

  private static void say(Http customer, String text, String id) {
    String body = "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + id + "\"}";
    assertThat(customer.post(MESSAGES, body).status()).isEqualTo(202);
  }
}
