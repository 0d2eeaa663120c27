package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount;
import dev.relay.http.access.Secrets;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Logging in and out, passwords, tokens, and limits on attempts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class AccountTest {
  private static final String LOGIN = "/api/v1/agents/login";
  private static final AccessLimits STRICT = AccessLimits.DEFAULT.withAttempts(3, 5, 2);

  @Test
  void logging_in_sets_a_cookie_that_only_the_server_reads_and_a_new_session_each_time() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      Http.Answer first = relay.http().post(LOGIN, login("alice", TestServer.PASSWORD));
      Http.Answer second =
          relay.http().cookie(first.cookie()).post(LOGIN, login(" Alice ", TestServer.PASSWORD));

      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("Set-Cookie"))
          .contains("HttpOnly")
          .contains("SameSite=Strict")
          .contains("Path=/")
          .doesNotContain("Secure");
      assertThat(second.cookie()).isNotEqualTo(first.cookie());
      assertThat(second.json().get("csrfToken")).isNotEqualTo(first.json().get("csrfToken"));
    }
  }

  @Test
  void the_cookie_is_secure_if_people_reach_relay_over_https() {
    try (TestServer relay = new TestServer(
        settings -> settings.seenAt(URI.create("https://help.example")), parts -> parts)) {
      relay.addAgent("alice");

      Http.Answer answer = relay
          .http()
          .header("Origin", "https://help.example")
          .post(LOGIN, login("alice", TestServer.PASSWORD));

      assertThat(answer.header("Set-Cookie")).contains("Secure");
    }
  }

  @Test
  void a_page_of_another_site_cannot_log_anybody_in() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");

      Http.Answer answer = relay
          .http()
          .header("Origin", "https://evil.example")
          .post(LOGIN, login("alice", TestServer.PASSWORD));

      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @Test
  void a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      Http.Answer wrong = relay.http().post(LOGIN, login("alice", "wrong password"));
      Http.Answer unknown = relay.http().post(LOGIN, login("nobody", "wrong password"));

      assertThat(wrong.status()).isEqualTo(401);
      assertThat(unknown.text()).isEqualTo(wrong.text());
    }
  }

  @Test
  void a_stranger_who_guesses_waits_longer_each_time_and_locks_nobody_out_elsewhere() {
    try (TestServer relay = new TestServer(
        settings -> settings
            .withLimits(AccessLimits.DEFAULT.withAttempts(3, 100, 100))
            .trusting(Set.of("127.0.0.1")),
        parts -> parts)) {
      relay.addAgent("alice");
      Http stranger = relay.http().header("X-Forwarded-For", "203.0.113.7");
      for (int i = 0; i < 3; i++) {
        assertThat(stranger.post(LOGIN, login("alice", "wrong password")).status())
            .isEqualTo(401);
      }
      long wait = 0;
      for (int i = 0; i < 4; i++) {
        Http.Answer refused = stranger.post(LOGIN, login("alice", "wrong password"));
        assertThat(refused.status()).isEqualTo(429);
        long next = Long.parseLong(refused.header("Retry-After"));
        assertThat(next).isGreaterThan(wait + wait / 2).isLessThanOrEqualTo(901);
        wait = next;
        relay.clock.advance(Duration.ofSeconds(wait));
        assertThat(stranger.post(LOGIN, login("alice", "wrong password")).status())
            .isEqualTo(401);
      }

      Http agent = relay.http().header("X-Forwarded-For", "203.0.113.8");
      assertThat(agent.post(LOGIN, login("alice", TestServer.PASSWORD)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void while_many_addresses_guess_each_has_one_guess_and_the_right_password_still_works() {
    try (TestServer relay = new TestServer(
        settings -> settings
            .withLimits(AccessLimits.DEFAULT.withAttempts(2, 100, 100))
            .trusting(Set.of("127.0.0.1")),
        parts -> parts)) {
      relay.addAgent("alice");
      for (int i = 0; i < 20; i++) {
        assertThat(from(relay, i).post(LOGIN, login("alice", "wrong password")).status())
            .isEqualTo(401);
      }

      assertThat(from(relay, 50).post(LOGIN, login("alice", "wrong password")).status())
          .isEqualTo(401);
      assertThat(from(relay, 50).post(LOGIN, login("alice", "wrong password")).status())
          .isEqualTo(429);
      assertThat(
              from(relay, 51).post(LOGIN, login("alice", TestServer.PASSWORD)).status())
          .isEqualTo(200);
    }
  }

  private static Http from(TestServer relay, int address) {
    return relay.http().header("X-Forwarded-For", "203.0.113." + address);
  }

  @Test
  void guessing_is_throttled_whatever_address_the_caller_claims() {
    try (TestServer relay =
        new TestServer(settings -> settings.withLimits(STRICT), parts -> parts)) {
      relay.addAgent("alice");
      for (int i = 0; i < 3; i++) {
        assertThat(relay
                .http()
                .header("X-Forwarded-For", "10.0.0." + i)
                .post(LOGIN, login("alice", "wrong password"))
                .status())
            .isEqualTo(401);
      }

      Http.Answer right = relay.http().post(LOGIN, login("alice", TestServer.PASSWORD));
      assertThat(right.status()).isEqualTo(429);
      assertThat(Long.parseLong(right.header("Retry-After"))).isBetween(1L, 901L);

      relay.clock.advance(Duration.ofMinutes(16));
      assertThat(relay.http().post(LOGIN, login("alice", TestServer.PASSWORD)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void an_address_is_limited_across_accounts_and_a_trusted_proxy_distinguishes_addresses() {
    try (TestServer relay = new TestServer(
        settings -> settings.withLimits(STRICT).trusting(Set.of("127.0.0.1")), parts -> parts)) {
      Http one = relay.http().header("X-Forwarded-For", "198.51.100.1, 203.0.113.7");
      for (int i = 0; i < 5; i++) {
        assertThat(one.post(LOGIN, login("user" + i, "wrong password")).status())
            .isEqualTo(401);
      }

      assertThat(one.post(LOGIN, login("user9", "wrong password")).status()).isEqualTo(429);
      assertThat(relay
              .http()
              .header("X-Forwarded-For", "203.0.113.8")
              .post(LOGIN, login("user9", "wrong password"))
              .status())
          .isEqualTo(401);
    }
  }

  @Test
  void right_passwords_do_not_count_as_attempts() {
    try (TestServer relay =
        new TestServer(settings -> settings.withLimits(STRICT), parts -> parts)) {
      relay.addAgent("alice");
      for (int i = 0; i < 6; i++) {
        assertThat(relay.http().post(LOGIN, login("alice", TestServer.PASSWORD)).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void chat_sessions_are_limited_per_address() {
    try (TestServer relay = new TestServer(
        settings -> settings.withLimits(STRICT).trusting(Set.of("127.0.0.1")), parts -> parts)) {
      Http one = relay.http().header("X-Forwarded-For", "2001:db8:1:1::1");
      Http sameNetwork = relay.http().header("X-Forwarded-For", "2001:db8:1:1:ffff::2");
      assertThat(one.post("/api/v1/chat/sessions", "{}").status()).isEqualTo(201);
      assertThat(sameNetwork.post("/api/v1/chat/sessions", "{}").status()).isEqualTo(201);

      assertThat(one.post("/api/v1/chat/sessions", "{}").status()).isEqualTo(429);
      assertThat(sameNetwork.post("/api/v1/chat/sessions", "{}").status()).isEqualTo(429);
    }
  }

  @Test
  void chat_sessions_from_the_machine_itself_are_limited_too_because_they_may_come_from_a_proxy() {
    try (TestServer relay =
        new TestServer(settings -> settings.withLimits(STRICT), parts -> parts)) {
      assertThat(relay.http().post("/api/v1/chat/sessions", "{}").status()).isEqualTo(201);
      assertThat(relay.http().post("/api/v1/chat/sessions", "{}").status()).isEqualTo(201);

      assertThat(relay.http().post("/api/v1/chat/sessions", "{}").status()).isEqualTo(429);
      assertThat(relay
              .http()
              .header("X-Forwarded-For", "203.0.113.8")
              .post("/api/v1/chat/sessions", "{}")
              .status())
          .as("whoever is no trusted proxy is not believed")
          .isEqualTo(429);
    }
  }

  @Test
  void logging_out_ends_the_session_and_its_stream() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      Http elsewhere = relay.agent("alice");
      try (EventReader stream = agent.events("/api/v1/desk/events");
          EventReader other = elsewhere.events("/api/v1/desk/events")) {
        stream.awaitCount("summary", 1);

        assertThat(agent.post("/api/v1/agents/logout", "").status()).isEqualTo(204);

        stream.awaitEnd();
        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(401);
        assertThat(other.isOpen()).isTrue();
        assertThat(elsewhere.get("/api/v1/agents/me").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_new_password_ends_all_other_sessions_and_their_streams() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      Http elsewhere = relay.agent("alice");
      try (EventReader stream = elsewhere.events("/api/v1/desk/events")) {
        stream.awaitCount("summary", 1);
        assertThat(agent
                .post("/api/v1/agents/password", change("wrong password", "another password"))
                .status())
            .isEqualTo(403);

        assertThat(agent
                .post("/api/v1/agents/password", change(TestServer.PASSWORD, "another password"))
                .status())
            .isEqualTo(204);

        stream.awaitEnd();
        assertThat(elsewhere.get("/api/v1/agents/me").status()).isEqualTo(401);
        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(200);
        assertThat(relay.http().post(LOGIN, login("alice", TestServer.PASSWORD)).status())
            .isEqualTo(401);
        assertThat(relay.http().post(LOGIN, login("alice", "another password")).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_revoked_chat_session_ends_its_stream_at_the_next_heartbeat() {
    try (TestServer relay = new TestServer()) {
      Http customer = relay.customer("Ana");
      try (EventReader stream = customer.events("/api/v1/chat/events")) {
        stream.awaitCount("status", 1);

        relay
            .store
            .tokens()
            .revoke(Secrets.hash(
                customer.headers().getOrDefault("Authorization", "").substring(7)));

        stream.awaitEnd();
      }
    }
  }

  @Test
  void a_session_ends_after_twelve_idle_hours_and_its_stream_with_it() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      try (EventReader stream = agent.events("/api/v1/desk/events")) {
        relay.clock.advance(Duration.ofHours(11));
        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(200);
        relay.clock.advance(Duration.ofHours(11));
        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(200);
        assertThat(stream.isOpen()).isTrue();

        relay.clock.advance(Duration.ofHours(13));

        stream.awaitEnd();
        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(401);
      }
    }
  }

  @Test
  void a_session_ends_after_seven_days_even_if_it_is_used() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      for (int i = 0; i < 16; i++) {
        assertThat(agent.get("/api/v1/agents/me").status()).as("half day " + i).isEqualTo(200);
        relay.clock.advance(Duration.ofMinutes(10 * 60 + 31));
      }

      assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(401);
    }
  }

  @Test
  void the_first_link_creates_the_first_account_once() {
    try (TestServer relay = new TestServer()) {
      AgentPasswords links = new AgentPasswords(relay.store, new SecureRandom(), relay.clock);
      assertThat(links.isFirstStart()).isTrue();
      String link = links.createLink("admin");
      assertThat(link).startsWith("/desk/setup?username=admin#");
      assertThat(relay.http().get(link.substring(0, link.indexOf('#'))).status())
          .isEqualTo(200);
      String token = link.substring(link.indexOf('#') + 1);
      String body = "{\"token\":\"" + token
          + "\",\"password\":\"a good password\",\"username\":\"zoe\",\"displayName\":\"Zoe\"}";

      Http.Answer done = relay.http().post("/api/v1/agents/setup", body);

      assertThat(done.status()).as(done.text()).isEqualTo(200);
      assertThat(done.json().get("displayName").textValue()).isEqualTo("Zoe");
      assertThat(relay.http().cookie(done.cookie()).get("/api/v1/agents/me").status())
          .isEqualTo(200);
      assertThat(relay.http().post("/api/v1/agents/setup", body).status()).isEqualTo(401);
      assertThat(relay.http().post(LOGIN, login("zoe", "a good password")).status())
          .isEqualTo(200);
      assertThat(links.isFirstStart()).isFalse();
    }
  }

  @Test
  void a_link_expires_after_a_day_and_sets_no_other_accounts_password() {
    try (TestServer relay = new TestServer()) {
      relay.addAgent("alice");
      relay.addAgent("bob");
      AgentPasswords links = new AgentPasswords(relay.store, new SecureRandom(), relay.clock);
      String link = links.createLink("alice");
      String token = link.substring(link.indexOf('#') + 1);

      assertThat(relay
              .http()
              .post(
                  "/api/v1/agents/setup",
                  "{\"token\":\"" + token
                      + "\",\"password\":\"a good password\",\"username\":\"bob\"}")
              .status())
          .isEqualTo(400);
      relay.clock.advance(Duration.ofHours(25));
      assertThat(relay
              .http()
              .post(
                  "/api/v1/agents/setup",
                  "{\"token\":\"" + token + "\",\"password\":\"a good password\"}")
              .status())
          .isEqualTo(401);
    }
  }

  @Test
  void the_first_starts_link_ends_when_somebody_has_a_password() {
    try (TestServer relay = new TestServer()) {
      AgentPasswords links = new AgentPasswords(relay.store, new SecureRandom(), relay.clock);
      String token = token(links.createLink("admin"));
      relay.addAgent("alice");

      assertThat(setUp(relay, token).status()).isEqualTo(401);
      assertThat(relay.store.accounts().find("admin")).isEmpty();
    }
  }

  @Test
  void a_link_ends_when_its_agent_is_disabled_or_has_a_new_password() {
    try (TestServer relay = new TestServer()) {
      AgentPasswords links = new AgentPasswords(relay.store, new SecureRandom(), relay.clock);
      Http agent = relay.agent("alice");
      String token = token(links.createLink("alice"));

      assertThat(agent
              .post("/api/v1/agents/password", change(TestServer.PASSWORD, "a better password"))
              .status())
          .isEqualTo(204);
      assertThat(setUp(relay, token).status()).isEqualTo(401);

      String second = token(links.createLink("alice"));
      disable(relay, "alice");
      assertThat(setUp(relay, second).status()).isEqualTo(401);
      assertThat(relay.store.accounts().find("alice").orElseThrow().disabled()).isTrue();
    }
  }

  @Test
  void a_disabled_agents_session_token_and_stream_end() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      Http program = relay
          .http()
          .bearer(agent
              .post("/api/v1/agents/tokens", "{\"label\":\"ci\"}")
              .json()
              .get("token")
              .textValue());
      try (EventReader ofSession = agent.events("/api/v1/desk/events");
          EventReader ofToken = program.events("/api/v1/desk/events")) {
        ofSession.awaitCount("summary", 1);
        ofToken.awaitCount("summary", 1);

        disable(relay, "alice");

        assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(401);
        assertThat(program.get("/api/v1/agents/me").status()).isEqualTo(401);
        assertThat(relay.http().post(LOGIN, login("alice", TestServer.PASSWORD)).status())
            .isEqualTo(401);
        ofSession.awaitEnd();
        ofToken.awaitEnd();
      }
    }
  }

  @Test
  void a_password_that_is_easy_to_guess_is_refused_and_costs_no_link() {
    try (TestServer relay = new TestServer()) {
      AgentPasswords links = new AgentPasswords(relay.store, new SecureRandom(), relay.clock);
      String token = token(links.createLink("zoe"));
      for (String easy : List.of("password", "12345678", "zoe12345", "Relay2026!")) {
        Http.Answer refused = relay
            .http()
            .post(
                "/api/v1/agents/setup",
                "{\"token\":\"" + token + "\",\"password\":\"" + easy + "\"}");
        assertThat(refused.status()).as(easy).isEqualTo(400);
        assertThat(refused.json().get("type").textValue())
            .isEqualTo("urn:relay:problem:common-password");
      }
      assertThat(setUp(relay, token).status()).isEqualTo(200);

      Http agent = relay.agent("alice");
      Http.Answer refused =
          agent.post("/api/v1/agents/password", change(TestServer.PASSWORD, "Alice12345"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().get("field").textValue()).isEqualTo("newPassword");
    }
  }

  private static String token(String link) {
    return link.substring(link.indexOf('#') + 1);
  }

  private static Http.Answer setUp(TestServer relay, String token) {
    return relay
        .http()
        .post(
            "/api/v1/agents/setup",
            "{\"token\":\"" + token + "\",\"password\":\"a good password\"}");
  }

  /** Disables an agent beside an admin, because the last admin cannot be disabled. */
  private static void disable(TestServer relay, String username) {
    relay.addAgent("root");
    AgentAccount account = relay.store.accounts().find(username).orElseThrow();
    relay.store.accounts().replace(account, account.withDisabled(true));
  }

  @Test
  void an_api_token_acts_for_its_agent_until_it_is_revoked_but_creates_no_tokens() {
    try (TestServer relay = new TestServer()) {
      Http agent = relay.agent("alice");
      JsonNode made = agent.post("/api/v1/agents/tokens", "{\"label\":\"ci\"}").json();
      String token = made.get("token").textValue();
      Http program = relay.http().bearer(token);

      assertThat(program.get("/api/v1/agents/me").json().get("username").textValue())
          .isEqualTo("alice");
      assertThat(program.post("/api/v1/agents/tokens", "{\"label\":\"x\"}").status())
          .isEqualTo(403);
      assertThat(agent.get("/api/v1/agents/tokens").text())
          .contains("ci")
          .doesNotContain(token)
          .doesNotContain(Secrets.hash(token));
      try (EventReader stream = program.events("/api/v1/desk/events")) {
        stream.awaitCount("summary", 1);

        assertThat(agent
                .delete("/api/v1/agents/tokens/" + made.get("id").textValue())
                .status())
            .isEqualTo(204);

        stream.awaitEnd();
        assertThat(program.get("/api/v1/agents/me").status()).isEqualTo(401);
      }
    }
  }

  private static String login(String username, String password) {
    return "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
  }

  private static String change(String current, String next) {
    return "{\"currentPassword\":\"" + current + "\",\"newPassword\":\"" + next + "\"}";
  }
}
