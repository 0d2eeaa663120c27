package dev.relay.http;

import static dev.relay.http.TwoQueues.CONVERSATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Colleagues who join a conversation, and those whom an internal text mentions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ColleagueRoutesTest {
  private static final String MENTIONS = "/api/v1/agents/me/mentions";

  private final TwoQueues team = new TwoQueues();
  private final TestServer relay = team.relay;
  private final Http admin = team.admin;
  private final Http ann = team.ann;
  private final Http bob = team.bob;
  private final Http dan = team.dan;

  @AfterAll
  void stop() {
    team.close();
  }

  @Test
  void a_colleague_joins_is_shown_and_steps_out_again() {
    String id = accepted("Ada");

    JsonNode joined = bob.post(CONVERSATIONS + id + "/join", "").json();
    bob.post(CONVERSATIONS + id + "/join", "");

    assertThat(joined.get("agent").get("username").textValue()).isEqualTo("ann");
    assertThat(colleagues(id)).containsExactly("bob");
    assertThat(bob.post(CONVERSATIONS + id + "/messages", "{\"text\":\"hi\"}").status())
        .as("the customer has one voice to talk to")
        .isEqualTo(409);
    assertThat(bob.post(CONVERSATIONS + id + "/step-out", "").status()).isEqualTo(200);
    assertThat(colleagues(id)).isEmpty();
  }

  @Test
  void nobody_joins_what_they_may_not_see_or_what_nobody_has() {
    String id = accepted("Ben");
    String waiting = relay.waiting(relay.customer("Cem"), admin);

    assertThat(dan.post(CONVERSATIONS + id + "/join", "").status()).isEqualTo(404);
    assertThat(bob.post(CONVERSATIONS + waiting + "/join", "").status()).isEqualTo(409);
  }

  @Test
  void colleagues_are_listed_with_what_they_may_do() {
    String id = accepted("Dee");

    List<String> all = new ArrayList<>();
    ann.get(CONVERSATIONS + id + "/colleagues")
        .json()
        .get("items")
        .forEach(one -> all.add(
            one.get("username").textValue() + " " + one.get("works") + " " + one.get("sees")));

    assertThat(all).contains("bob true true", "dan true false", "root true true");
    assertThat(all.toString()).doesNotContain("ann ");
  }

  @Test
  void whoever_was_away_finds_the_message_that_mentions_them_until_they_have_seen_it() {
    String id = accepted("Eli");

    ann.post(CONVERSATIONS + id + "/whispers", "{\"text\":\"@bob, may he have a refund?\"}");

    JsonNode mention = last(bob);
    assertThat(mention.get("by").textValue()).isEqualTo("Ann");
    assertThat(mention.get("conversationId").textValue()).isEqualTo(id);
    assertThat(mention.get("text").textValue()).isEqualTo("@bob, may he have a refund?");
    assertThat(mention.get("seen").booleanValue()).isFalse();
    String ids = "{\"ids\":[\"" + mention.get("id").textValue() + "\"]}";
    assertThat(ann.post(MENTIONS + "/seen", ids).status()).isEqualTo(204);
    assertThat(last(bob).get("seen").booleanValue())
        .as("others see it for nobody else")
        .isFalse();
    assertThat(bob.post(MENTIONS + "/seen", ids).status()).isEqualTo(204);
    assertThat(last(bob).get("seen").booleanValue()).isTrue();
  }

  @Test
  void a_mention_repeated_by_a_resubmission_is_one_mention() {
    String id = accepted("Fay");
    String whisper = "{\"text\":\"@bob once\",\"clientMessageId\":\"w1\"}";

    ann.post(CONVERSATIONS + id + "/whispers", whisper);
    ann.post(CONVERSATIONS + id + "/whispers", whisper);

    assertThat(bob.get(MENTIONS).text()).containsOnlyOnce("@bob once");
  }

  @Test
  void the_agent_hears_at_once_of_a_note_that_mentions_them() {
    String id = accepted("Gus");
    String number = ann.get(CONVERSATIONS + id).json().get("caseNumber").textValue();

    try (EventReader seen = bob.events("/api/v1/desk/events")) {
      seen.await(event -> event.name().equals("summary"));
      ann.post("/api/v1/cases/" + number + "/notes", "{\"text\":\"ask @bob\"}");
      JsonNode mention = seen.await(event -> event.name().equals("mention")).data();
      assertThat(mention.get("caseNumber").textValue()).isEqualTo(number);
      assertThat(mention.get("conversationId").isNull()).isTrue();
    }
  }

  @Test
  void an_agent_who_may_not_see_it_is_not_mentioned() {
    String id = accepted("Hal");
    String number = ann.get(CONVERSATIONS + id).json().get("caseNumber").textValue();

    Http.Answer whisper = ann.post(CONVERSATIONS + id + "/whispers", "{\"text\":\"@dan, look\"}");
    Http.Answer note = ann.post("/api/v1/cases/" + number + "/notes", "{\"text\":\"@dan, look\"}");

    assertThat(whisper.status()).as(whisper.text()).isEqualTo(400);
    assertThat(whisper.json().get("agent").textValue()).isEqualTo("dan");
    assertThat(note.status()).isEqualTo(400);
    assertThat(dan.get(MENTIONS).json().get("items")).isEmpty();
  }

  @Test
  void what_went_to_a_queue_of_others_is_no_longer_listed() {
    String id = accepted("Ida");
    admin.patch("/api/v1/queues/billing", "{\"members\":[\"ann\"]}");
    ann.post(CONVERSATIONS + id + "/whispers", "{\"text\":\"@bob before it goes\"}");
    assertThat(bob.get(MENTIONS).text()).contains("before it goes");

    ann.post(CONVERSATIONS + id + "/transfer", "{\"queue\":\"billing\"}");

    assertThat(bob.get(MENTIONS).text()).doesNotContain("before it goes");
  }

  @Test
  void colleagues_without_names_are_told_apart_while_their_customer_reads_a_word() {
    Http jan = relay.agent("jan", Role.SUPERVISOR);
    relay.agent("kim", Role.AGENT);
    for (String username : List.of("jan", "kim")) {
      admin.patch("/api/v1/agents/" + username, "{\"displayName\":\"" + username + "\"}");
    }
    Http customer = relay.customer("Jo");
    String id = relay.waiting(customer, admin);
    jan.post(CONVERSATIONS + id + "/accept", "");
    jan.post(CONVERSATIONS + id + "/messages", "{\"text\":\"good morning\"}");

    assertThat(jan.get("/api/v1/agents/me").json().get("displayName").textValue())
        .isEqualTo("jan");
    assertThat(
            ann.get(CONVERSATIONS + id).json().get("agent").get("displayName").textValue())
        .isEqualTo("jan");
    assertThat(ann.get(CONVERSATIONS + id + "/colleagues").text()).contains("\"kim\"");
    assertThat(customer.get("/api/v1/chat/status").json().get("agent").textValue())
        .isEqualTo("Support");
    assertThat(customer.get("/api/v1/chat/status").text()).doesNotContain("jan");
  }

  private static JsonNode last(Http agent) {
    return agent.get(MENTIONS).json().get("items").get(0);
  }

  private List<String> colleagues(String id) {
    List<String> all = new ArrayList<>();
    ann.get(CONVERSATIONS + id)
        .json()
        .get("colleagues")
        .forEach(one -> all.add(one.get("username").textValue()));
    return all;
  }

  private String accepted(String name) {
    return team.acceptedByAnn(relay.customer(name));
  }
}
