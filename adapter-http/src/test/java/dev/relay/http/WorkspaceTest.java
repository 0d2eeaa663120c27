package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Drafts, settings and read marks of agents. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorkspaceTest {
  private static final String DRAFTS = "/api/v1/agents/me/drafts/";
  private static final String SETTINGS = "/api/v1/agents/me/settings";

  private final TestServer relay = new TestServer();
  private final Http alice = relay.agent("alice");
  private final Http bob = relay.agent("bob");

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_draft_is_the_agents_own_and_is_gone_once_it_is_empty() {
    String path = DRAFTS + "conversations/7";
    assertThat(alice.get(path).json().get("text").textValue()).isEmpty();

    assertThat(alice
            .put(path, "{\"text\":\"half a\",\"note\":\"half\",\"articles\":[\"refunds\"]}")
            .status())
        .isEqualTo(204);

    JsonNode draft = alice.get(path).json();
    assertThat(draft.get("text").textValue()).isEqualTo("half a");
    assertThat(draft.get("note").textValue()).isEqualTo("half");
    assertThat(draft.get("articles").get(0).textValue()).isEqualTo("refunds");
    assertThat(bob.get(path).json().get("text").textValue()).isEmpty();
    assertThat(alice.get(DRAFTS + "cases/7").json().get("text").textValue()).isEmpty();
    alice.put(path, "{}");
    assertThat(relay.store.workspace().drafts().find("alice", "conversation:7")).isEmpty();
  }

  @Test
  void what_is_begun_in_a_form_is_a_draft_under_the_name_of_the_form() {
    String form = DRAFTS + "forms/case-1001";
    alice.put(form, "{\"text\":\"{}\"}");

    assertThat(alice.get(form).json().get("text").textValue()).isEqualTo("{}");
    assertThat(alice.get(DRAFTS + "forms/announcement").json().get("text").textValue())
        .isEmpty();
    assertThat(alice.get(DRAFTS + "cases/1001").json().get("text").textValue())
        .as("the note and the message of the same case")
        .isEmpty();
    for (String wrong : List.of("Case", "a_b", "x".repeat(61))) {
      assertThat(alice.put(DRAFTS + "forms/" + wrong, "{\"text\":\"a\"}").status())
          .isEqualTo(404);
    }
  }

  @Test
  void a_draft_is_bounded() {
    String path = DRAFTS + "cases/7";

    assertThat(alice.put(path, "{\"text\":\"" + "x".repeat(16_001) + "\"}").status())
        .isEqualTo(400);
    assertThat(alice
            .put(path, "{\"articles\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]}")
            .status())
        .isEqualTo(400);
    assertThat(alice.put(DRAFTS + "cases/x", "{}").status()).isEqualTo(404);
  }

  @Test
  void settings_that_are_not_given_stay() {
    assertThat(bob.get(SETTINGS).json().get("sound").booleanValue()).isTrue();
    assertThat(bob.get(SETTINGS).json().get("desktopNotifications").booleanValue())
        .isFalse();

    bob.put(SETTINGS, "{\"sound\":false}");
    JsonNode changed = bob.put(SETTINGS, "{\"desktopNotifications\":true}").json();

    assertThat(changed.get("sound").booleanValue()).isFalse();
    assertThat(changed.get("desktopNotifications").booleanValue()).isTrue();
    assertThat(alice.get(SETTINGS).json().get("sound").booleanValue()).isTrue();
    assertThat(bob.put(SETTINGS, "{\"sound\":\"yes\"}").status()).isEqualTo(400);
    assertThat(bob.put(SETTINGS, "{\"colour\":true}").status()).isEqualTo(400);
  }

  @Test
  void messages_of_the_customer_are_unread_until_the_agent_has_read_them() {
    Http ana = relay.customer("Ana");
    say(ana, "hello", 1);
    ana.post("/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a\"}");
    String id = alice
        .get("/api/v1/conversations?state=waiting")
        .json()
        .get("items")
        .get(0)
        .get("id")
        .textValue();
    relay.clock.advance(Duration.ofSeconds(1));
    alice.post("/api/v1/conversations/" + id + "/accept", "");
    assertThat(unread(alice)).isEmpty();
    relay.clock.advance(Duration.ofSeconds(1));
    say(ana, "are you there?", 2);
    say(ana, "hello?", 3);

    assertThat(unread(alice)).hasSize(1);
    assertThat(unread(alice).get(0).get("messages").intValue()).isEqualTo(2);
    assertThat(unread(bob)).isEmpty();
    String read = "/api/v1/conversations/" + id + "/read";
    assertThat(alice
            .put(read, "{\"upTo\":\"" + entry(id, "are you there?") + "\"}")
            .status())
        .isEqualTo(204);
    assertThat(unread(alice).get(0).get("messages").intValue()).isEqualTo(1);
    alice.put(read, "{\"upTo\":\"" + entry(id, "hello?") + "\"}");
    assertThat(unread(alice)).isEmpty();
    alice.put(read, "{\"upTo\":\"" + entry(id, "are you there?") + "\"}");
    assertThat(unread(alice)).as("a mark never moves back").isEmpty();
    assertThat(alice.put(read, "{\"upTo\":\"999999\"}").status()).isEqualTo(400);
    assertThat(alice.put(read, "{}").status()).isEqualTo(400);
  }

  @Test
  void how_far_an_agent_has_read_those_who_wait_is_kept_for_all_their_windows() {
    Http eve = relay.customer("Eve");
    say(eve, "is anybody there?", 1);
    eve.post("/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"a\"}");
    String id = "";
    for (JsonNode item : alice.get("/api/v1/conversations?state=waiting").json().get("items")) {
      if (item.get("customer").get("displayName").textValue().equals("Eve")) {
        id = item.get("id").textValue();
      }
    }
    assertThat(readUpTo(alice, id)).isEmpty();

    String message = entry(id, "is anybody there?");
    alice.put("/api/v1/conversations/" + id + "/read", "{\"upTo\":\"" + message + "\"}");

    assertThat(readUpTo(alice, id)).isEqualTo(message);
    assertThat(readUpTo(bob, id)).isEmpty();
  }

  @Test
  void what_an_agent_has_read_is_sent_to_their_own_windows_and_changes_nothing_for_colleagues() {
    String id = relay.waiting(relay.customer("Fay"), alice);
    String newest = "";
    for (JsonNode entry : alice.get("/api/v1/conversations/" + id).json().get("transcript")) {
      newest = entry.get("id").textValue();
    }
    try (EventReader own = alice.events("/api/v1/desk/events?conversation=" + id);
        EventReader colleague = bob.events("/api/v1/desk/events?conversation=" + id)) {
      own.await(event -> event.name().equals("summary"));
      colleague.await(event -> event.name().equals("summary"));

      alice.put("/api/v1/conversations/" + id + "/read", "{\"upTo\":\"" + newest + "\"}");

      JsonNode mark = own.await(event -> event.name().equals("read")).data();
      assertThat(mark.get("conversationId").textValue()).isEqualTo(id);
      assertThat(mark.get("upTo").textValue()).isEqualTo(newest);
      bob.put("/api/v1/conversations/" + id + "/read", "{\"upTo\":\"" + newest + "\"}");
      colleague.await(event -> event.name().equals("read"));
      assertThat(colleague.named("read")).as("only the colleague's own mark").hasSize(1);
    }
  }

  /** Returns how far the agent has read a conversation; empty if that is not known. */
  private static String readUpTo(Http agent, String conversation) {
    for (JsonNode mark : agent.get("/api/v1/agents/me/unread").json().get("read")) {
      if (mark.get("conversationId").textValue().equals(conversation)) {
        return mark.get("upTo").textValue();
      }
    }
    return "";
  }

  @Test
  void a_view_is_the_agents_own_unless_a_supervisor_shares_it() {
    String views = "/api/v1/views";
    String own = "{\"name\":\"Refunds\",\"filters\":{\"list\":\"open\",\"tag\":\"refund\"}}";
    JsonNode saved = alice.post(views, own).json();
    assertThat(saved.get("shared").booleanValue()).isFalse();
    JsonNode shared = alice
        .post(views, "{\"name\":\"VIP\",\"shared\":true,\"filters\":{\"queue\":\"vip\"}}")
        .json();
    Http agent = relay.agent("carol", AgentAccount.Role.AGENT);

    assertThat(agent.get(views).json().get("items"))
        .extracting(view -> view.get("name").textValue())
        .containsExactly("VIP");
    assertThat(agent.post(views, "{\"name\":\"Mine\",\"shared\":true}").status())
        .isEqualTo(403);
    String path = views + "/" + shared.get("id").textValue();
    assertThat(agent.delete(path).status()).isEqualTo(403);
    assertThat(agent.delete(views + "/" + saved.get("id").textValue()).status()).isEqualTo(404);
    assertThat(alice.post(views, own.replace("refund\"", "late\"")).json().get("id"))
        .as("the same name replaces the view")
        .isEqualTo(saved.get("id"));
    assertThat(alice.delete(path).status()).isEqualTo(204);
    assertThat(alice
            .get(views)
            .json()
            .get("items")
            .get(0)
            .get("filters")
            .get("tag")
            .textValue())
        .isEqualTo("late");
    assertThat(alice.get(views).json().get("items")).hasSize(1);
  }

  @Test
  void a_view_is_bounded_and_names_known_fields() {
    for (String wrong : new String[] {
      "{}",
      "{\"name\":\" \"}",
      "{\"name\":\"" + "x".repeat(61) + "\"}",
      "{\"name\":\"x\",\"filters\":{\"colour\":\"red\"}}",
      "{\"name\":\"x\",\"filters\":{\"tag\":\"" + "x".repeat(101) + "\"}}",
      "{\"name\":\"x\",\"filters\":[]}"
    }) {
      assertThat(bob.post("/api/v1/views", wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  private static JsonNode unread(Http agent) {
    return agent.get("/api/v1/agents/me/unread").json().get("items");
  }

  private String entry(String conversation, String text) {
    for (JsonNode entry :
        alice.get("/api/v1/conversations/" + conversation).json().get("transcript")) {
      if (entry.get("text").textValue().equals(text)) {
        return entry.get("id").textValue();
      }
    }
    throw new AssertionError("there is no message " + text);
  }

  private static void say(Http customer, String text, int number) {
    Http.Answer answer = customer.post(
        "/api/v1/chat/messages",
        "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + number + "\"}");
    assertThat(answer.status()).isEqualTo(202);
  }
}
