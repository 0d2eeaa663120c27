package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.id.ConversationId;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The whole purpose of Relay, over HTTP alone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StoryTest {

  @Test
  void a_customer_is_helped_by_the_virtual_agent_then_by_a_live_agent_and_the_case_is_solved() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      Http agent = relay.agent("alice");
      try (EventReader chat = customer.events("/api/v1/chat/events");
          EventReader desk = agent.events("/api/v1/desk/events")) {
        Http.Answer sent = customer.post(
            "/api/v1/chat/messages", "{\"text\":\"How do I log in?\",\"clientMessageId\":\"m1\"}");
        assertThat(sent.status()).isEqualTo(202);
        EventReader.Event own = chat.awaitMessage("How do I log in?");
        assertThat(own.data().get("clientMessageId").textValue()).isEqualTo("m1");
        assertThat(own.id()).isEqualTo(sent.json().get("messageId").textValue());
        EventReader.Event reply = chat.awaitMessage("You said: How do I log in?");
        assertThat(reply.data().get("author").textValue()).isEqualTo("virtual_agent");
        assertThat(reply.data().get("buttons"))
            .extracting(JsonNode::textValue)
            .containsExactly("that_helped", "did_not_help", "talk_to_person");

        assertThat(customer
                .post(
                    "/api/v1/chat/actions",
                    "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a1\"}")
                .status())
            .isEqualTo(202);
        assertThat(chat.awaitMessage("Case #1001").data().get("notice").textValue())
            .isEqualTo("QUEUE_POSITION");
        chat.await(event -> event.name().equals("status")
            && event.data().get("state").textValue().equals("waiting")
            && event.data().get("queuePosition").intValue() == 1);

        JsonNode waiting =
            agent.get("/api/v1/conversations?state=waiting").json().get("items");
        assertThat(waiting).hasSize(1);
        String id = waiting.get(0).get("id").textValue();
        desk.await(event -> event.name().equals("conversation")
            && event.data().get("id").textValue().equals(id)
            && event.data().get("state").textValue().equals("waiting"));

        Http.Answer accepted = agent.post("/api/v1/conversations/" + id + "/accept", "");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.json().get("state").textValue()).isEqualTo("live");
        chat.awaitMessage("talking to Alice");

        Http.Answer written = agent.post(
            "/api/v1/conversations/" + id + "/messages",
            "{\"text\":\"Hello Ana\",\"clientMessageId\":\"x1\"}");
        assertThat(written.status()).isEqualTo(202);
        EventReader.Event fromAgent = chat.awaitMessage("Hello Ana");
        assertThat(fromAgent.data().get("author").textValue()).isEqualTo("agent");
        assertThat(fromAgent.data().get("name").textValue()).isEqualTo("Alice");

        customer.post(
            "/api/v1/chat/messages", "{\"text\":\"Thank you\",\"clientMessageId\":\"m2\"}");
        desk.await(event -> event.name().equals("entry")
            && event.data().get("entry").get("text").textValue().equals("Thank you"));

        Http.Answer ended =
            agent.post("/api/v1/conversations/" + id + "/end", "{\"caseStatus\":\"SOLVED\"}");
        assertThat(ended.status()).as(ended.text()).isEqualTo(200);
        chat.await(event -> event.name().equals("status")
            && event.data().get("state").textValue().equals("closed"));

        EventReader.Event end = chat.await(event -> event.name().equals("message")
            && event.data().get("buttons").toString().contains("rate"));
        String rating = "{\"messageId\":\"" + end.id() + "\",\"score\":%s}";
        assertThat(customer.post("/api/v1/chat/ratings", rating.formatted(4)).status())
            .isEqualTo(204);
        assertThat(customer
                .post("/api/v1/chat/ratings", rating.formatted("4,\"comment\":\"Quick help\""))
                .status())
            .isEqualTo(204);
        assertThat(customer
                .post(
                    "/api/v1/chat/ratings",
                    rating.formatted("4,\"comment\":\"" + "x".repeat(2_001) + "\""))
                .status())
            .isEqualTo(400);
        assertThat(customer.post("/api/v1/chat/ratings", rating.formatted(6)).status())
            .isEqualTo(400);
        assertThat(relay
                .customer("Eve")
                .post("/api/v1/chat/ratings", rating.formatted(1))
                .status())
            .as("another customer's conversation does not exist")
            .isEqualTo(404);

        String number = accepted.json().get("caseNumber").textValue();
        JsonNode solved = agent.get("/api/v1/cases/" + number).json();
        assertThat(solved.get("status").textValue()).isEqualTo("SOLVED");
        assertThat(solved.get("history").toString()).contains("\"rating\"").contains("\"4\"");
        assertThat(solved.get("assignee").get("username").textValue()).isEqualTo("alice");
        JsonNode transcript = agent.get("/api/v1/conversations/" + id).json().get("transcript");
        assertThat(transcript)
            .filteredOn(item -> item.get("kind").textValue().equals("rating"))
            .extracting(item -> item.path("comment").asText(""))
            .containsExactly("", "Quick help");
        assertThat(transcript)
            .extracting(item -> item.get("text").textValue())
            .contains("How do I log in?", "Hello Ana", "Thank you");
      }
      assertThat(relay.observer.broken).isEmpty();
    }
  }

  @Test
  void a_customer_never_reads_the_log_in_name_of_an_agent_without_a_name() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      AgentAccount named = relay.store.accounts().find("alice").orElseThrow();
      AgentAccount unnamed = new AgentAccount(
          "bob.lopez", "bob.lopez", named.passwordHash(), named.createdAt(), false);
      assertThat(relay.store.accounts().add(unnamed)).isTrue();
      Http customer = relay.customer("Ana");
      try (EventReader chat = customer.events("/api/v1/chat/events")) {
        customer.post(
            "/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a1\"}");
        chat.awaitMessage("in line");
        relay.agent("bob.lopez").post("/api/v1/conversations/1/accept", "");

        assertThat(chat.awaitMessage("talking to Support").data().toString())
            .doesNotContainIgnoringCase("bob");
      }
    }
  }

  @Test
  void a_customer_who_changes_the_language_is_served_in_it() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      try (EventReader chat = customer.events("/api/v1/chat/events")) {
        customer.post("/api/v1/chat/messages", "{\"text\":\"Hi\",\"clientMessageId\":\"m1\"}");
        chat.awaitMessage("You said: Hi");

        assertThat(customer
                .patch("/api/v1/chat/sessions/me", "{\"locale\":\"es\"}")
                .status())
            .isEqualTo(204);
        assertThat(relay.store.<Locale>read(queries ->
                queries.conversation(new ConversationId(1)).orElseThrow().locale()))
            .as("the open conversation, before the customer writes again")
            .isEqualTo(Locale.forLanguageTag("es"));
        assertThat(relay
                .customer("Ben")
                .patch("/api/v1/chat/sessions/me", "{\"locale\":\"es\"}")
                .status())
            .as("without a conversation")
            .isEqualTo(204);
        assertThat(customer
                .patch("/api/v1/chat/sessions/me", "{\"locale\":\"<b>\"}")
                .status())
            .isEqualTo(400);
        assertThat(customer.patch("/api/v1/chat/sessions/me", "{}").status()).isEqualTo(400);
        customer.post(
            "/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a1\"}");
      }
      try (EventReader again = customer.events("/api/v1/chat/events")) {
        again.awaitMessage("Eres el número 1 en la cola");
      }
      JsonNode waiting =
          relay.agent("alice").get("/api/v1/conversations?state=waiting").json().get("items");
      assertThat(waiting.get(0).get("customer").get("locale").textValue()).isEqualTo("es");
    }
  }

  @Test
  void a_conversation_whose_agent_is_away_is_taken_over() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      Http alice = relay.agent("alice");
      Http bob = relay.agent("bob");
      customer.post(
          "/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a1\"}");
      String path = "/api/v1/conversations/1";
      assertThat(alice.post(path + "/accept", "").status()).isEqualTo(200);
      assertThat(bob.post(path + "/accept", "").status()).isEqualTo(409);

      Http.Answer taken = bob.post(path + "/take-over", "");

      assertThat(taken.status()).as(taken.text()).isEqualTo(200);
      assertThat(taken.json().get("agent").get("username").textValue()).isEqualTo("bob");
      assertThat(alice
              .post(path + "/messages", "{\"text\":\"Hello\",\"clientMessageId\":\"x1\"}")
              .status())
          .as("the agent before cannot write any more")
          .isEqualTo(409);
    }
  }
}
