package dev.relay.http;

import static dev.relay.http.TwoQueues.CONVERSATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.http.EventReader.Event;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The signs that somebody is typing, in the event streams of customers and agents. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TypingTest {
  private static final String CHAT_EVENTS = "/api/v1/chat/events";
  private static final String DESK_EVENTS = "/api/v1/desk/events?conversation=";
  private static final String SETTINGS = "/api/v1/agents/me/settings";

  private final TwoQueues team = new TwoQueues("vic");
  private final TestServer relay = team.relay;
  private final Http admin = team.admin;
  private final Http ann = team.ann;
  private final Http bob = team.bob;
  private final Http dan = team.dan;
  private final Http viewer = relay.agent("vic", Role.VIEWER);

  @AfterAll
  void stop() {
    team.close();
  }

  private static Http.Answer types(Http agent, String id, String part) {
    return agent.post(CONVERSATIONS + id + "/typing", "{\"part\":\"" + part + "\"}");
  }

  private static Event typing(EventReader stream) {
    return stream.await(event -> event.name().equals("typing"));
  }

  /** Lets the stream send something that comes after everything before it. */
  private void awaitMarker(EventReader stream, String id, String text) {
    assertThat(ann.post(CONVERSATIONS + id + "/whispers", "{\"text\":\"" + text + "\"}")
            .status())
        .isBetween(200, 202);
    stream.await(event -> event.data().toString().contains(text));
  }

  @Test
  void the_agent_sees_that_the_customer_is_typing_and_so_does_a_colleague_who_watches() {
    Http customer = relay.customer("Ana");
    String id = team.acceptedByAnn(customer);
    try (EventReader anns = ann.events(DESK_EVENTS + id);
        EventReader bobs = bob.events(DESK_EVENTS + id)) {
      awaitMarker(anns, id, "ready-a");
      awaitMarker(bobs, id, "ready-b");
      assertThat(customer.post("/api/v1/chat/typing", "").status()).isEqualTo(204);

      for (EventReader stream : List.of(anns, bobs)) {
        JsonNode sign = typing(stream).data();
        assertThat(sign.get("conversationId").textValue()).isEqualTo(id);
        assertThat(sign.get("author").textValue()).isEqualTo("customer");
        assertThat(sign.get("seconds").intValue()).isEqualTo(6);
        assertThat(typing(stream).id()).isEmpty();
      }
    }
  }

  @Test
  void the_customer_sees_that_their_agent_is_typing_and_nothing_of_who() {
    Http customer = relay.customer("Ben");
    String id = team.acceptedByAnn(customer);
    try (EventReader stream = customer.events(CHAT_EVENTS)) {
      stream.await(event -> event.name().equals("status"));

      assertThat(types(ann, id, "answer").status()).isEqualTo(204);

      JsonNode sign = typing(stream).data();
      assertThat(sign.get("author").textValue()).isEqualTo("agent");
      assertThat(sign.toString()).doesNotContainIgnoringCase("ann");
    }
  }

  @Test
  void a_colleague_sees_who_else_is_writing_and_what_and_the_author_does_not() {
    String id = team.acceptedByAnn(relay.customer("Cem"));
    assertThat(bob.post(CONVERSATIONS + id + "/join", "").status()).isEqualTo(200);
    try (EventReader anns = ann.events(DESK_EVENTS + id);
        EventReader bobs = bob.events(DESK_EVENTS + id)) {
      awaitMarker(anns, id, "ready-a");
      awaitMarker(bobs, id, "ready-b");
      admin.patch("/api/v1/agents/bob", "{\"displayName\":\"bob\"}");

      types(bob, id, "internal");

      JsonNode sign = typing(anns).data();
      assertThat(sign.get("username").textValue()).isEqualTo("bob");
      assertThat(sign.get("name").textValue())
          .as("colleagues tell unnamed agents apart")
          .isEqualTo("bob");
      assertThat(sign.get("internal").booleanValue()).isTrue();
      awaitMarker(bobs, id, "marker-c");
      assertThat(bobs.named("typing")).isEmpty();
    }
  }

  @Test
  void the_customer_sees_nothing_of_internal_messages_colleagues_or_agents_who_switched_it_off() {
    Http customer = relay.customer("Dee");
    String id = team.acceptedByAnn(customer);
    bob.post(CONVERSATIONS + id + "/join", "");
    try (EventReader stream = customer.events(CHAT_EVENTS)) {
      stream.await(event -> event.name().equals("status"));
      ann.put(SETTINGS, "{\"showsTyping\":false}");
      types(ann, id, "answer");
      ann.put(SETTINGS, "{\"showsTyping\":true}");
      types(ann, id, "internal");
      types(bob, id, "answer");
      // Signs keep their order, so the one that is shown would come after those.
      ann.post(CONVERSATIONS + id + "/messages", "{\"text\":\"Here I am\"}");

      stream.awaitMessage("Here I am");
      assertThat(stream.named("typing")).isEmpty();
      types(ann, id, "answer");
      typing(stream);
      assertThat(stream.named("typing")).hasSize(1);
    }
  }

  @Test
  void a_conversation_of_another_queue_shows_nothing_and_does_not_exist() {
    Http customer = relay.customer("Eli");
    String id = team.acceptedByAnn(customer);
    try (EventReader dans = dan.events(DESK_EVENTS + id)) {
      dans.await(event -> event.name().equals("summary"));
      types(ann, id, "answer");
      customer.post("/api/v1/chat/typing", "");
      assertThat(types(dan, id, "answer").status()).isEqualTo(404);
      // What dan may see comes after what was left out.
      String other = team.acceptedByAnn(relay.customer("Eve"));
      ann.post(CONVERSATIONS + other + "/transfer", "{\"queue\":\"billing\"}");
      dans.await(event -> event.name().equals("conversation"));

      assertThat(dans.named("typing")).isEmpty();
    }
  }

  @Test
  void only_who_may_write_reports_it_and_only_known_parts_are_accepted() {
    String id = team.acceptedByAnn(relay.customer("Fay"));

    assertThat(types(viewer, id, "answer").status()).isEqualTo(403);
    assertThat(types(ann, id, "note").status()).isEqualTo(400);
    assertThat(types(ann, "999999", "answer").status()).isEqualTo(404);
  }

  @Test
  void who_reports_it_without_pause_is_refused_and_can_still_write() {
    Http customer = relay.customer("Gus");
    team.acceptedByAnn(customer);

    Optional<Http.Answer> refused = Optional.empty();
    for (int i = 0; i < 40 && refused.isEmpty(); i++) {
      refused = Optional.of(customer.post("/api/v1/chat/typing", ""))
          .filter(answer -> answer.status() != 204);
    }

    assertThat(refused).hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(429));
    assertThat(customer
            .post("/api/v1/chat/messages", "{\"text\":\"still here\",\"clientMessageId\":\"g1\"}")
            .status())
        .isEqualTo(202);
  }
}
