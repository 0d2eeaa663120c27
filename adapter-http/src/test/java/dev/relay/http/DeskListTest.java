package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The desk's lists of conversations. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DeskListTest {
  private static final String CONVERSATIONS = "/api/v1/conversations";
  private static final String WAITING = CONVERSATIONS + "?state=waiting";

  @Test
  void a_customer_who_returns_to_the_queue_keeps_the_old_place() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      for (String name : List.of("Ana", "Ben", "Cem")) {
        askForPerson(relay.customer(name));
      }
      String anas = agent.get(WAITING).json().get("items").get(0).get("id").textValue();
      agent.post(CONVERSATIONS + "/" + anas + "/accept", "");

      agent.post(CONVERSATIONS + "/" + anas + "/leave", "");

      assertThat(names(agent.get(WAITING).json())).containsExactly("Ana", "Ben", "Cem");
    }
  }

  @Test
  void pages_of_waiting_conversations_are_consistent_while_some_are_accepted() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      for (String name : List.of("Ana", "Ben", "Cem", "Dee", "Eli")) {
        askForPerson(relay.customer(name));
      }

      JsonNode first = agent.get(WAITING + "&limit=2").json();
      String bens = first.get("items").get(1).get("id").textValue();
      assertThat(agent.post(CONVERSATIONS + "/" + bens + "/accept", "").status())
          .isEqualTo(200);
      JsonNode second =
          agent.get(WAITING + "&limit=2&after=" + first.get("next").textValue()).json();
      JsonNode third = agent
          .get(WAITING + "&limit=2&after=" + second.get("next").textValue())
          .json();

      assertThat(names(first)).containsExactly("Ana", "Ben");
      assertThat(names(second)).containsExactly("Cem", "Dee");
      assertThat(names(third)).containsExactly("Eli");
      assertThat(third.get("next").isNull()).isTrue();
    }
  }

  @Test
  void the_last_text_in_a_list_reflects_edits_and_deletions() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      Http customer = relay.customer("Ana");
      askForPerson(customer);
      say(customer, "before", "m1");
      say(customer, "my password is secret", "m2");

      customer.delete("/api/v1/chat/messages/m2");
      JsonNode deleted = agent.get(WAITING).json().get("items").get(0);
      customer.patch("/api/v1/chat/messages/m1", "{\"text\":\"changed\"}");
      JsonNode edited = agent.get(WAITING).json().get("items").get(0);

      assertThat(deleted.get("lastText").textValue()).isEqualTo("before");
      assertThat(edited.get("lastText").textValue()).isEqualTo("changed");
    }
  }

  @Test
  void a_row_shows_what_the_customer_said_last_behind_any_number_of_answers_and_notices() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      Http customer = relay.customer("Ana");
      say(customer, "Where is my order?", "m1");
      for (int i = 0; i < 4; i++) {
        askForPerson(customer);
        String id = agent.get(WAITING).json().get("items").get(0).get("id").textValue();
        agent.post(CONVERSATIONS + "/" + id + "/accept", "");
        agent.post(CONVERSATIONS + "/" + id + "/leave", "");
      }

      JsonNode row = agent.get(WAITING).json().get("items").get(0);

      assertThat(row.get("last").get("author").textValue()).isEqualTo("customer");
      assertThat(row.get("lastText").textValue()).isEqualTo("Where is my order?");
    }
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.get("items")
        .forEach(item -> names.add(item.get("customer").get("displayName").textValue()));
    return names;
  }

  private static void askForPerson(Http customer) {
    assertThat(customer
            .post(
                "/api/v1/chat/actions",
                "{\"action\":\"talk_to_person\",\"clientMessageId\":\"person\"}")
            .status())
        .isEqualTo(202);
  }

  private static void say(Http customer, String text, String id) {
    assertThat(customer
            .post(
                "/api/v1/chat/messages",
                "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + id + "\"}")
            .status())
        .isEqualTo(202);
  }
}
