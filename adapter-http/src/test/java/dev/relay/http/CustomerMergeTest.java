package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

  private Http.Answer merge(String duplicate, String into) {
    return agent.post(
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
