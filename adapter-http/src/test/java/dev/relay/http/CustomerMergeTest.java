package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Customers who turn out to be the same, as agents merge and separate them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CustomerMergeTest {
  private static final String PATH = "/api/v1/customers/";

  private final TestServer relay = new TestServer();
  private final Http agent = relay.agent("alice");
  private String ana = "";
  private String other = "";

  @BeforeEach
  void two_customers_have_a_case_each() {
    ana = customerWithCase("Ana");
    other = customerWithCase("Ana again");
  }

  @AfterEach
  void stop() {
    relay.close();
  }

  @Test
  void everything_of_both_is_found_under_either_id() {
    Http.Answer merged = merge(other, ana);

    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    for (String either : new String[] {ana, other}) {
      JsonNode found = agent.get(PATH + either).json();
      assertThat(found.get("customer").get("id").textValue()).isEqualTo(ana);
      assertThat(found.get("merged")).hasSize(1);
      assertThat(found.get("merged").get(0).get("customer").get("id").textValue())
          .isEqualTo(other);
      assertThat(found.get("merged").get(0).get("merge").get("reason").textValue())
          .isEqualTo("same address");
      assertThat(found.get("conversations")).hasSize(2);
      assertThat(found.get("cases")).hasSize(2);
      assertThat(agent.get("/api/v1/cases?customer=" + either).json().get("items"))
          .hasSize(2);
    }
    assertThat(merge(other, ana).status()).as("again").isEqualTo(200);
    assertThat(merge(ana, other).status()).as("the other way around").isEqualTo(200);
  }

  @Test
  void a_merge_is_undone_until_a_case_has_to_do_with_both() {
    merge(other, ana);
    assertThat(agent.post(PATH + other + "/separate", "").status()).isEqualTo(200);
    assertThat(agent.get(PATH + ana).json().get("cases")).hasSize(1);

    merge(other, ana);
    JsonNode cases = agent.get(PATH + ana).json().get("cases");
    Http.Answer one = agent.post(
        "/api/v1/cases/" + cases.get(0).get("number").textValue() + "/merge",
        "{\"into\":\"" + cases.get(1).get("number").textValue() + "\",\"reason\":\"same\"}");
    assertThat(one.status()).as(one.text()).isEqualTo(200);

    Http.Answer separated = agent.post(PATH + other + "/separate", "");
    assertThat(separated.status()).isEqualTo(409);
    assertThat(separated.json().get("detail").textValue())
        .contains("#" + cases.get(0).get("number").textValue());
  }

  @Test
  void
      colleagues_see_at_once_what_becomes_of_cases_without_a_conversation_unless_they_are_of_others() {
    Http bob = relay.agent("bob", Role.AGENT);
    agent.post("/api/v1/queues", "{\"name\":\"billing\",\"members\":[\"alice\"]}");
    String first = opened(ana, "default");
    String second = opened(ana, "default");
    String hidden = opened(ana, "billing");
    try (EventReader events = bob.events("/api/v1/desk/events")) {
      events.awaitCount("summary", 1);

      agent.patch("/api/v1/cases/" + hidden, "{\"priority\":\"HIGH\"}");
      agent.post(
          "/api/v1/cases/" + second + "/merge", "{\"into\":\"" + first + "\",\"reason\":\"same\"}");

      events.await(event -> isOf(event, first));
      events.await(event -> isOf(event, second));
      int before = events.named("case").size();
      merge(other, ana);
      events.await(event -> events.named("case").size() > before && isOf(event, first));
      assertThat(events.named("case").toString()).doesNotContain("\"" + hidden + "\"");
    }
  }

  private static boolean isOf(EventReader.Event event, String number) {
    return event.name().equals("case") && event.data().get("number").textValue().equals(number);
  }

  private String opened(String customer, String queue) {
    return agent
        .post(
            "/api/v1/cases",
            "{\"customerId\":\"" + customer
                + "\",\"kind\":\"BUG\",\"subject\":\"The lift\",\"queue\":\"" + queue + "\"}")
        .json()
        .get("number")
        .textValue();
  }

  @Test
  void a_block_of_one_is_a_block_of_both() {
    agent.put(PATH + other + "/block", "{\"reason\":\"spam\"}");
    JsonNode merged = merge(other, ana).json();
    assertThat(merged.get("customer").get("blocked").booleanValue()).isTrue();

    agent.delete(PATH + ana + "/block");
    assertThat(agent
            .get(PATH + other)
            .json()
            .get("merged")
            .get(0)
            .get("customer")
            .get("blocked")
            .booleanValue())
        .isFalse();
  }

  @Test
  void what_cannot_be_merged_is_refused() {
    assertThat(merge(ana, ana).status()).isEqualTo(400);
    assertThat(merge(ana, "99").status()).isEqualTo(404);
    assertThat(merge("99", ana).status()).isEqualTo(404);
    assertThat(agent.get(PATH + "99").status()).isEqualTo(404);
    assertThat(agent
            .post(PATH + other + "/merge", "{\"into\":\"" + ana + "\",\"reason\":\" \"}")
            .status())
        .isEqualTo(400);
    String third = customerWithCase("Third");
    merge(other, ana);
    assertThat(merge(other, third).status()).isEqualTo(409);
    assertThat(agent.post(PATH + ana + "/separate", "").status()).isEqualTo(409);
  }

  @Test
  void a_customer_of_other_teams_does_not_exist_for_an_agent() {
    Http admin = relay.agent("root", Role.ADMIN);
    Http bob = relay.agent("bob", Role.AGENT);
    admin.post("/api/v1/queues", "{\"name\":\"billing\",\"members\":[\"bob\"]}");
    Http.Answer opened = bob.post(
        "/api/v1/cases",
        "{\"customerId\":\"" + ana
            + "\",\"kind\":\"BUG\",\"subject\":\"A bill\",\"queue\":\"billing\"}");
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    admin.patch("/api/v1/queues/default", "{\"members\":[\"alice\"]}");

    assertThat(bob.get(PATH + other).status()).isEqualTo(404);
    assertThat(merge(bob, other, ana).status()).isEqualTo(404);
    assertThat(merge(bob, ana, other).status()).isEqualTo(404);
    assertThat(bob.post(PATH + other + "/separate", "").status()).isEqualTo(404);
    assertThat(bob.put(PATH + other + "/block", "{\"reason\":\"spam\"}").status())
        .isEqualTo(404);
    assertThat(bob.delete(PATH + other + "/block").status()).isEqualTo(404);
    assertThat(bob.post(
                "/api/v1/cases",
                "{\"customerId\":\"" + other + "\",\"kind\":\"BUG\",\"subject\":\"x\"}")
            .status())
        .isEqualTo(400);
    assertThat(bob.get(PATH + ana).json().get("cases"))
        .as("the case of the agent's own queue")
        .hasSize(1);
    assertThat(bob.get(PATH + ana).json().get("conversations")).isEmpty();
    merge(other, ana);
    assertThat(bob.get(PATH + other).status()).as("one and the same").isEqualTo(200);
  }

  private Http.Answer merge(String duplicate, String into) {
    return merge(agent, duplicate, into);
  }

  private static Http.Answer merge(Http by, String duplicate, String into) {
    return by.post(
        PATH + duplicate + "/merge", "{\"into\":\"" + into + "\",\"reason\":\"same address\"}");
  }

  private String customerWithCase(String name) {
    relay
        .customer(name)
        .post("/api/v1/chat/messages", "{\"text\":\"hi\",\"clientMessageId\":\"1\"}");
    String id = "";
    for (JsonNode item : agent.get("/api/v1/conversations").json().get("items")) {
      if (item.get("customer").get("displayName").textValue().equals(name)) {
        id = item.get("customer").get("id").textValue();
      }
    }
    Http.Answer opened = agent.post(
        "/api/v1/cases",
        "{\"customerId\":\"" + id + "\",\"kind\":\"BUG\",\"subject\":\"Login is broken\"}");
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    return id;
  }
}
