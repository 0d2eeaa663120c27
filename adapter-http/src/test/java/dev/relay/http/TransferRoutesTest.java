package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Settings;
import dev.relay.http.live.WebDesk;
import dev.relay.testkit.Eventually;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Passing conversations on inside the team, messages that stay there, and agents who are gone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TransferRoutesTest {
  private static final String CONVERSATIONS = "/api/v1/conversations/";

  private final TestServer relay = new TestServer(
      settings -> settings,
      builder ->
          builder.settings(Settings.builder().queue(new QueueName("billing")).build()));
  private final Http admin = relay.agent("root");
  private final Http ann = relay.agent("ann", Role.AGENT);
  private final Http bob = relay.agent("bob", Role.AGENT);

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void an_agent_passes_a_conversation_to_a_queue_with_a_note_that_the_customer_never_sees() {
    Http customer = relay.customer("Ada");
    String id = accepted(customer, ann);

    Http.Answer passed = ann.post(
        CONVERSATIONS + id + "/transfer", "{\"queue\":\"billing\",\"note\":\"the secret note\"}");

    assertThat(passed.status()).as(passed.text()).isEqualTo(200);
    assertThat(passed.json().get("state").textValue()).isEqualTo("waiting");
    assertThat(passed.json().get("queue").textValue()).isEqualTo("billing");
    JsonNode transcript = bob.get(CONVERSATIONS + id).json().get("transcript");
    assertThat(transcript.findValuesAsText("kind")).contains("whisper");
    assertThat(transcript.findValuesAsText("text")).contains("the secret note");
    try (EventReader seen = customer.events("/api/v1/chat/events")) {
      seen.awaitMessage("passing you on to a colleague");
      assertThat(seen.all().toString()).doesNotContain("secret");
    }
  }

  @Test
  void an_agent_passes_a_conversation_to_a_colleague_who_has_it_at_once() {
    Http customer = relay.customer("Ben");
    String id = accepted(customer, ann);

    JsonNode passed =
        ann.post(CONVERSATIONS + id + "/transfer", "{\"agent\":\"bob\"}").json();

    assertThat(passed.get("agent").get("displayName").textValue()).isEqualTo("Bob");
    assertThat(bob.post(CONVERSATIONS + id + "/messages", "{\"text\":\"hi\"}").status())
        .isEqualTo(202);
    assertThat(ann.post(CONVERSATIONS + id + "/transfer", "{\"agent\":\"ann\"}").status())
        .as("it is Bob's now")
        .isEqualTo(409);
    assertThat(
            admin.post(CONVERSATIONS + id + "/transfer", "{\"agent\":\"ann\"}").status())
        .isEqualTo(200);
  }

  @Test
  void what_is_wrong_with_a_transfer_is_said_and_nothing_changes() {
    String id = accepted(relay.customer("Cem"), ann);

    for (String wrong : new String[] {
      "{}",
      "{\"agent\":\"bob\",\"queue\":\"billing\"}",
      "{\"queue\":\"biling\"}",
      "{\"agent\":\"nobody\"}",
      "{\"queue\":\"Big Queue\"}"
    }) {
      assertThat(ann.post(CONVERSATIONS + id + "/transfer", wrong).status())
          .as(wrong)
          .isEqualTo(400);
    }
    assertThat(
            ann.get(CONVERSATIONS + id).json().get("agent").get("displayName").textValue())
        .isEqualTo("Ann");
  }

  @Test
  void a_second_agent_whispers_and_the_customer_hears_nothing() {
    Http customer = relay.customer("Dee");
    String id = accepted(customer, ann);
    String whisper = "{\"text\":\"offer the secret refund\",\"clientMessageId\":\"w1\"}";

    Http.Answer first = bob.post(CONVERSATIONS + id + "/whispers", whisper);
    Http.Answer again = bob.post(CONVERSATIONS + id + "/whispers", whisper);

    assertThat(first.status()).as(first.text()).isEqualTo(202);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(ann.get(CONVERSATIONS + id).text()).containsOnlyOnce("offer the secret refund");
    ann.post(CONVERSATIONS + id + "/messages", "{\"text\":\"a moment please\"}");
    try (EventReader seen = customer.events("/api/v1/chat/events")) {
      seen.awaitMessage("a moment please");
      assertThat(seen.all().toString()).doesNotContain("secret");
    }
  }

  @Test
  void a_disabled_agent_gives_everything_back_at_once() {
    relay.addAgent("carla", Role.AGENT);
    Http carla = relay.agent("carla");
    Http customer = relay.customer("Eli");
    String id = accepted(customer, carla);
    String number =
        carla.get(CONVERSATIONS + id).json().get("case").get("number").textValue();

    assertThat(admin.patch("/api/v1/agents/carla", "{\"disabled\":true}").status())
        .isEqualTo(200);

    JsonNode now = admin.get(CONVERSATIONS + id).json();
    assertThat(now.get("state").textValue()).isEqualTo("waiting");
    assertThat(admin.get("/api/v1/cases/" + number).json().get("assignee").isNull())
        .isTrue();
    try (EventReader seen = customer.events("/api/v1/chat/events")) {
      seen.awaitMessage("Carla had to leave");
    }
    assertThat(bob.post(CONVERSATIONS + id + "/accept", "").status()).isEqualTo(200);
  }

  @Test
  void what_a_disabled_agent_gets_by_a_request_that_was_on_its_way_is_given_back_too() {
    relay.addAgent("dana", Role.AGENT);
    Http dana = relay.agent("dana");
    Http customer = relay.customer("Fay");
    String id = accepted(customer, dana);
    admin.patch("/api/v1/agents/dana", "{\"disabled\":true}");

    ((WebDesk) relay.web.desk())
        .submit(new DeskEvent.AgentJoined(
            new ConversationId(Long.parseLong(id)),
            Optional.empty(),
            WebDesk.ID,
            Participant.agent("dana", "Dana")))
        .join();

    Eventually.holds(
        "the customer waits again",
        () -> admin.get(CONVERSATIONS + id).json().get("state").textValue().equals("waiting"));
  }

  private String accepted(Http customer, Http agent) {
    String id = relay.waiting(customer, agent);
    assertThat(agent.post(CONVERSATIONS + id + "/accept", "").status()).isEqualTo(200);
    return id;
  }
}
