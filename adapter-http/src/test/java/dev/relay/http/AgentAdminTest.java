package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The management of accounts by an admin, which supervisors read. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentAdminTest {
  private static final String AGENTS = "/api/v1/agents";

  private final TestServer relay = new TestServer();
  private final Http admin = relay.agent("root");

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_new_agent_sets_a_password_with_the_link_and_has_the_chosen_role() {
    Http.Answer added = admin.post(
        AGENTS,
        "{\"username\":\"nora\",\"displayName\":\"Nora\",\"role\":\"viewer\",\"capacity\":3}");

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().get("agent").get("hasPassword").booleanValue()).isFalse();
    String link = added.json().get("passwordLink").textValue();
    JsonNode in = relay
        .http()
        .post(
            AGENTS + "/setup",
            "{\"token\":\"" + link.substring(link.indexOf('#') + 1)
                + "\",\"password\":\"a good password\"}")
        .json();
    assertThat(in.get("role").textValue()).isEqualTo("viewer");
    assertThat(in.get("displayName").textValue()).isEqualTo("Nora");
    assertThat(relay.store.accounts().find("nora").orElseThrow().capacity()).isEqualTo(3);
    assertThat(admin.post(AGENTS, "{\"username\":\"nora\"}").status()).isEqualTo(409);
  }

  @Test
  void a_forgotten_password_is_replaced_by_a_link_and_the_old_one_holds_until_then() {
    Http agent = relay.agent("olga", Role.AGENT);

    Http.Answer first = admin.post(AGENTS + "/olga/password-link", "");
    assertThat(first.status()).isEqualTo(201);
    assertThat(agent.get(AGENTS + "/me").status()).isEqualTo(200);
    String link = admin
        .post(AGENTS + "/olga/password-link", "")
        .json()
        .get("passwordLink")
        .textValue();
    assertThat(setUp(first.json().get("passwordLink").textValue()).status())
        .as("the earlier link")
        .isEqualTo(401);
    assertThat(setUp(link).status()).isEqualTo(200);
    assertThat(agent.get(AGENTS + "/me").status()).isEqualTo(401);

    admin.patch(AGENTS + "/olga", "{\"disabled\":true}");
    assertThat(admin.post(AGENTS + "/olga/password-link", "").status()).isEqualTo(409);
    assertThat(admin.post(AGENTS + "/nobody/password-link", "").status()).isEqualTo(404);
  }

  private Http.Answer setUp(String link) {
    return relay
        .http()
        .post(
            AGENTS + "/setup",
            "{\"token\":\"" + link.substring(link.indexOf('#') + 1)
                + "\",\"password\":\"a good password\"}");
  }

  @Test
  void a_changed_role_counts_from_the_next_request_on_for_sessions_and_tokens() {
    Http agent = relay.agent("mona", Role.ADMIN);
    Http program = relay
        .http()
        .bearer(agent
            .post(AGENTS + "/tokens", "{\"label\":\"ci\"}")
            .json()
            .get("token")
            .textValue());
    assertThat(program.get(AGENTS).status()).isEqualTo(200);

    JsonNode changed = admin.patch(AGENTS + "/mona", "{\"role\":\"agent\"}").json();

    assertThat(changed.get("role").textValue()).isEqualTo("agent");
    for (Http who : new Http[] {agent, program}) {
      Http.Answer refused = who.patch(AGENTS + "/mona", "{\"role\":\"admin\"}");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().get("role").textValue()).isEqualTo("admin");
    }
    assertThat(agent.get(AGENTS + "/me").json().get("role").textValue()).isEqualTo("agent");
  }

  @Test
  void a_change_of_an_outdated_account_is_refused_and_changes_nothing() {
    admin.post(AGENTS, "{\"username\":\"otto\",\"role\":\"agent\"}");
    String version = account("otto").get("version").textValue();

    JsonNode first = admin
        .patch(AGENTS + "/otto", "{\"role\":\"viewer\",\"version\":\"" + version + "\"}")
        .json();
    Http.Answer second =
        admin.patch(AGENTS + "/otto", "{\"role\":\"admin\",\"version\":\"" + version + "\"}");

    assertThat(first.get("version").textValue()).isNotEqualTo(version);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().get("type").textValue())
        .isEqualTo("urn:relay:problem:changed-meanwhile");
    assertThat(account("otto")).isEqualTo(first);
    assertThat(admin
            .patch(
                AGENTS + "/otto",
                "{\"capacity\":7,\"version\":\"" + first.get("version").textValue() + "\"}")
            .status())
        .isEqualTo(200);
  }

  private JsonNode account(String username) {
    for (JsonNode each : admin.get(AGENTS).json().get("items")) {
      if (each.get("username").textValue().equals(username)) {
        return each;
      }
    }
    throw new AssertionError("there is no account " + username);
  }

  @Test
  void a_supervisor_reads_role_and_state_of_all_accounts() {
    admin.post(AGENTS, "{\"username\":\"vera\",\"role\":\"viewer\"}");
    admin.patch(AGENTS + "/vera", "{\"disabled\":true}");

    JsonNode read = relay.agent("sue", Role.SUPERVISOR).get(AGENTS).json().get("items");

    assertThat(read)
        .filteredOn(account -> account.get("username").textValue().equals("vera"))
        .singleElement()
        .satisfies(account -> {
          assertThat(account.get("role").textValue()).isEqualTo("viewer");
          assertThat(account.get("disabled").booleanValue()).isTrue();
          assertThat(account.get("hasPassword").booleanValue()).isFalse();
        });
    assertThat(relay.agent("carl", Role.AGENT).get(AGENTS).status()).isEqualTo(403);
  }

  @Test
  void a_disabled_agent_is_logged_out_and_their_streams_end() {
    Http agent = relay.agent("dora", Role.AGENT);
    try (EventReader stream = agent.events("/api/v1/desk/events")) {
      stream.awaitCount("summary", 1);

      assertThat(admin.patch(AGENTS + "/dora", "{\"disabled\":true}").status()).isEqualTo(200);

      stream.awaitEnd();
    }
    assertThat(agent.get(AGENTS + "/me").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"'{\"disabled\":true}'", "'{\"role\":\"supervisor\"}'"})
  void the_last_admin_who_can_log_in_stays_one(String change) {
    try (TestServer alone = new TestServer()) {
      Http only = alone.agent("only");
      only.post(AGENTS, "{\"username\":\"invited\",\"role\":\"admin\"}");

      Http.Answer refused = only.patch(AGENTS + "/only", change);

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.json().get("type").textValue()).endsWith("last-admin");
      assertThat(only.get(AGENTS).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"username\":\"A B\"}', username",
    "'{\"username\":\"x1\",\"role\":\"boss\"}', role",
    "'{\"username\":\"x1\",\"capacity\":0}', capacity",
    "'{\"username\":\"x1\",\"capacity\":101}', capacity",
    "'{\"username\":\"x1\",\"disabled\":true}', disabled",
  })
  void what_is_wrong_is_named(String body, String field) {
    Http.Answer refused = admin.post(AGENTS, body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("field").textValue()).isEqualTo(field);
  }

  @Test
  void the_first_agent_of_a_new_relay_is_an_admin_and_those_after_are_agents() {
    try (TestServer fresh = new TestServer()) {
      AgentPasswords links =
          new AgentPasswords(fresh.store, new java.security.SecureRandom(), fresh.clock);

      assertThat(setUp(fresh, links.createLink("first"))).isEqualTo("admin");
      assertThat(setUp(fresh, links.createLink("second"))).isEqualTo("agent");
    }
  }

  private static String setUp(TestServer server, String link) {
    return server
        .http()
        .post(
            AGENTS + "/setup",
            "{\"token\":\"" + link.substring(link.indexOf('#') + 1)
                + "\",\"password\":\"a good password\"}")
        .json()
        .get("role")
        .textValue();
  }
}
