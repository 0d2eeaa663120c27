package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Relay's own desk beside another one that handles the queue. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
final class OtherDeskTest {
  private static final String CONVERSATIONS = "/api/v1/conversations";
  private static final String WAITING = CONVERSATIONS + "?state=waiting";

  private static final Settings TO_FLEX =
      Settings.builder().desk(QueueName.DEFAULT, new PortId("flex")).build();

  private final BlockingQueue<DeskOutbound> brought = new LinkedBlockingQueue<>();

  @Test
  void agents_see_that_a_conversation_came_because_the_other_desk_could_not_accept_it() {
    try (TestServer relay = serverWith(delivery -> new DeliveryResult.Rejected("no workers"))) {
      Http agent = relay.agent("alice");
      askForPerson(relay.customer("Ana"));
      Eventually.holds("both handoffs are shown", () -> handoffs(agent).size() == 2);

      JsonNode last = handoffs(agent).get(1);
      assertThat(last.get("text").textValue())
          .isEqualTo("desk flex could not accept it: no workers");
      assertThat(last.get("author").textValue()).isEqualTo("system");
    }
  }

  @Test
  void the_customer_learns_the_case_the_position_and_the_agent_but_no_desk() {
    try (TestServer relay = serverWith(delivery -> new DeliveryResult.Rejected("no workers"))) {
      Http agent = relay.agent("alice");
      Http customer = relay.customer("Ana");
      try (EventReader chat = customer.events("/api/v1/chat/events")) {
        askForPerson(customer);
        Eventually.holds("both handoffs are shown", () -> handoffs(agent).size() == 2);
        agent.post(CONVERSATIONS + "/" + onlyWaiting(agent) + "/accept", "");
        chat.awaitMessage("Alice");

        assertThat(chat.named("message"))
            .extracting(event -> event.data().get("notice").textValue())
            .containsExactly("QUEUE_POSITION", "AGENT_JOINED");
        assertThat(chat.all().toString()).doesNotContain("flex", "no workers");
      }
    }
  }

  @Test
  void a_conversation_waiting_at_another_desk_can_be_accepted_and_is_withdrawn_there()
      throws InterruptedException {
    try (TestServer relay = serverWith(delivery -> {
      brought.add(delivery.what());
      return DeliveryResult.delivered();
    })) {
      Http agent = relay.agent("alice");
      Http customer = relay.customer("Ana");
      customer.post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
      assertThat(deskOfOnlyOpen(agent)).as("nobody is asked yet").isNull();
      askForPerson(customer);
      assertThat(brought.poll(30, TimeUnit.SECONDS)).isInstanceOf(DeskOutbound.Handoff.class);
      assertThat(deskOfOnlyOpen(agent)).isEqualTo("flex");

      Http.Answer accepted = agent.post(CONVERSATIONS + "/" + onlyWaiting(agent) + "/accept", "");

      assertThat(accepted.status()).isEqualTo(200);
      assertThat(accepted.json().get("state").textValue()).isEqualTo("live");
      assertThat(accepted.json().get("desk").textValue()).isEqualTo("relay");
      assertThat(brought.poll(30, TimeUnit.SECONDS))
          .isEqualTo(new DeskOutbound.Withdrawn("an agent accepted it at another desk"));
    }
  }

  @Test
  void
      an_unavailable_desk_is_reported_but_the_instance_stays_ready_while_the_fallback_desk_works() {
    CallbackDesk away = desk(delivery -> DeliveryResult.retryLater("away"));
    try (TestServer relay =
        serverWith(away, TO_FLEX.toBuilder().fallbackDesk(WebPorts.DESK_ID).build())) {
      away.stop();
      relay.clock.advance(Duration.ofSeconds(1));

      Http.Answer answer = relay.http().get("/readyz");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("ready").booleanValue()).isTrue();
      assertThat(answer.json().at("/components/desk:flex").toString())
          .isEqualTo("{\"ready\":false,\"needed\":false,\"detail\":\"not started\"}");
      assertThat(answer.json().at("/components/store/needed").booleanValue()).isTrue();
    }
  }

  @Test
  void an_unavailable_desk_without_a_fallback_makes_the_instance_unready() {
    CallbackDesk away = desk(delivery -> DeliveryResult.retryLater("away"));
    try (TestServer relay = serverWith(away, TO_FLEX)) {
      away.stop();
      relay.clock.advance(Duration.ofSeconds(1));

      assertThat(relay.http().get("/readyz").status()).isEqualTo(503);
    }
  }

  private static TestServer serverWith(CallbackDesk.Deliverer otherDesk) {
    return serverWith(
        desk(otherDesk), TO_FLEX.toBuilder().fallbackDesk(WebPorts.DESK_ID).build());
  }

  private static TestServer serverWith(CallbackDesk otherDesk, Settings settings) {
    return new TestServer(
        unchanged -> unchanged, parts -> parts.desk(otherDesk).settings(settings));
  }

  private static CallbackDesk desk(CallbackDesk.Deliverer deliverer) {
    return CallbackDesk.named("flex").delivering(deliverer);
  }

  private static @Nullable String deskOfOnlyOpen(Http agent) {
    JsonNode items = agent.get(CONVERSATIONS).json().get("items");
    assertThat(items).hasSize(1);
    return items.get(0).get("desk").textValue();
  }

  private static String onlyWaiting(Http agent) {
    JsonNode items = agent.get(WAITING).json().get("items");
    assertThat(items).hasSize(1);
    return items.get(0).get("id").textValue();
  }

  private static List<JsonNode> handoffs(Http agent) {
    List<JsonNode> handoffs = new ArrayList<>();
    String path = CONVERSATIONS + "/" + onlyWaiting(agent);
    for (JsonNode entry : agent.get(path).json().get("transcript")) {
      if (entry.get("kind").textValue().equals("handoff")) {
        handoffs.add(entry);
      }
    }
    return handoffs;
  }

  private static void askForPerson(Http customer) {
    assertThat(customer
            .post(
                "/api/v1/chat/actions",
                "{\"action\":\"talk_to_person\",\"clientMessageId\":\"person\"}")
            .status())
        .isEqualTo(202);
  }
}
