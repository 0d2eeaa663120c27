package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers whom a web site identifies by a signed token. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChatIdentityTest {
  private static final String KEY = "the present key of the shop, long enough";
  private static final String FORMER_KEY = "the former key of the shop, long enough";
  private static final String FOREIGN_KEY = "somebody else's key, which is long enough";
  private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final String SESSIONS = "/api/v1/chat/sessions";

  private final TestServer relay = new TestServer(
      settings ->
          settings.withChat(ChatSettings.DEFAULT.withIdentityKeys(List.of(KEY, FORMER_KEY))),
      parts -> parts);

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_customer_has_one_conversation_on_all_devices() {
    Http phone = identified(token("ana", "\"name\":\"Ana\""));
    say(phone, "from my phone", "1");
    Http laptop = identified(token("ana", "\"name\":\"Ana\""));
    say(laptop, "from my laptop", "1");

    assertThat(phone.get("/api/v1/chat/messages").text())
        .contains("from my phone")
        .contains("from my laptop");
    assertThat(identified(token("ben", "")).get("/api/v1/chat/messages").text())
        .doesNotContain("from my phone");
  }

  @Test
  void a_guest_who_is_identified_later_stays_another_customer() {
    Http guest = relay.customer("Carla");
    say(guest, "as a guest", "1");
    Http carla = identified(token("carla", ""));

    assertThat(carla.get("/api/v1/chat/messages").text()).doesNotContain("as a guest");
    assertThat(guest.get("/api/v1/chat/messages").text()).contains("as a guest");
    assertThat(confirm(guest, token("carla", "")).status())
        .as("a session never becomes somebody else's")
        .isEqualTo(401);
  }

  @Test
  void a_page_confirms_the_session_that_it_has_until_it_needs_a_new_one() {
    Http dora = identified(token("dora", "\"name\":\"Dora\""));

    assertThat(confirm(dora, token("dora", "\"name\":\"Dora B.\"")).status()).isEqualTo(204);
    assertThat(confirm(dora, token("eve", "")).status()).isEqualTo(401);
    assertThat(confirm(dora, signed(HS256, claims("dora", -61, ""), KEY)).status())
        .isEqualTo(400);
    relay.clock.advance(Duration.ofHours(13));
    assertThat(confirm(dora, token("dora", "")).status()).isEqualTo(401);
    assertThat(dora.get("/api/v1/chat/status").status()).isEqualTo(200);
    relay.clock.advance(Duration.ofHours(12));
    assertThat(dora.get("/api/v1/chat/status").status())
        .as("the site has not said for a day that this is still its customer")
        .isEqualTo(401);
  }

  @Test
  void a_session_that_was_ended_cannot_be_continued() {
    Http fay = identified(token("fay", ""));
    Http guest = relay.customer("Guest");

    assertThat(fay.post("/api/v1/chat/logout", "").status()).isEqualTo(204);
    assertThat(guest.post("/api/v1/chat/logout", "").status()).isEqualTo(204);

    assertThat(fay.get("/api/v1/chat/status").status()).isEqualTo(401);
    assertThat(guest.get("/api/v1/chat/status").status()).isEqualTo(401);
    assertThat(identified(token("fay", "")).get("/api/v1/chat/status").status()).isEqualTo(200);
  }

  @Test
  void agents_see_what_the_site_states_now() {
    Http gil = identified(
        token(
            "gil",
            "\"name\":\"Gil\",\"email\":\"gil@shop.example\",\"attributes\":{\"plan\":\"gold\",\"orders\":12.5,\"vip\":true}"));
    say(gil, "hello", "1");
    Http alice = relay.agent("alice");
    String path = "/api/v1/conversations/" + conversation(alice, "Gil") + "/site-profile";

    JsonNode profile = alice.get(path).json();

    assertThat(profile.get("identified").booleanValue()).isTrue();
    assertThat(profile.get("subject").textValue()).isEqualTo("gil");
    assertThat(profile.get("email").textValue()).isEqualTo("gil@shop.example");
    assertThat(profile.get("attributes").toString())
        .isEqualTo(
            "[{\"name\":\"plan\",\"type\":\"text\",\"value\":\"gold\"},{\"name\":\"orders\",\"type\":\"number\",\"value\":\"12.5\"},{\"name\":\"vip\",\"type\":\"flag\",\"value\":\"true\"}]");
    confirm(gil, token("gil", "\"attributes\":{\"plan\":\"silver\"}"));
    assertThat(alice.get(path).text()).contains("silver").doesNotContain("gold");
  }

  @Test
  void nothing_is_stated_about_a_guest() {
    say(relay.customer("Hana"), "hello", "1");
    Http alice = relay.agent("alice");

    JsonNode profile = alice
        .get("/api/v1/conversations/" + conversation(alice, "Hana") + "/site-profile")
        .json();

    assertThat(profile.get("identified").booleanValue()).isFalse();
    assertThat(alice.get("/api/v1/conversations/999999/site-profile").status()).isEqualTo(404);
  }

  @Test
  void keys_are_rotated_without_a_gap() {
    assertThat(open(signed(HS256, claims("ida", 600, ""), FORMER_KEY)).status()).isEqualTo(201);
    assertThat(open(signed(HS256, claims("ida", 600, ""), KEY)).status()).isEqualTo(201);
    assertThat(reason(signed(HS256, claims("ida", 600, ""), FOREIGN_KEY))).contains("signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":\"HS512\"}",
        "{\"alg\":\"RS256\"}",
        "{\"alg\":[\"HS256\"]}",
        "{}"
      })
  void only_the_one_algorithm_is_accepted(String header) {
    assertThat(reason(signed(header, claims("jo", 600, ""), KEY))).contains("HS256");
  }

  @Test
  void a_token_without_its_signature_is_refused() {
    String token = token("jo", "");
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    String none = base64("{\"alg\":\"none\"}") + token.substring(token.indexOf('.'));

    assertThat(reason(unsigned)).contains("signature");
    assertThat(reason(unsigned + base64("x"))).contains("signature");
    assertThat(reason(none)).contains("HS256");
  }

  @Test
  void a_changed_payload_is_refused() {
    String[] parts = token("jo", "").split("\\.", -1);

    assertThat(reason(parts[0] + "." + base64(claims("admin", 600, "")) + "." + parts[2]))
        .contains("signature");
  }

  @Test
  void extensions_that_would_have_to_be_understood_are_refused() {
    String header = "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}";

    assertThat(reason(signed(header, claims("jo", 600, ""), KEY))).contains("crit");
  }

  @ParameterizedTest(name = "exp {0} s ahead")
  @CsvSource({"-59, true", "-61, false", "86400, true", "86520, false"})
  void a_token_is_valid_for_a_day_at_most_and_clocks_may_differ_by_a_minute(
      long ahead, boolean isValid) {
    relay.clock.stop();
    Http.Answer answer = open(signed(HS256, claims("kim", ahead, ""), KEY));
    relay.clock.goOn();

    assertThat(answer.status()).isEqualTo(isValid ? 201 : 400);
    assertThat(answer.text()).contains(isValid ? "token" : ahead < 0 ? "expired at" : "24 hours");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat"})
  void a_token_of_the_future_is_refused(String claim) {
    long now = relay.clock.instant().getEpochSecond();

    assertThat(reason(token("kim", "\"" + claim + "\":" + (now + 120)))).contains("future");
    assertThat(open(token("kim", "\"" + claim + "\":" + (now + 30))).status()).isEqualTo(201);
  }

  @Test
  void a_token_must_expire() {
    assertThat(reason(signed(HS256, "{\"sub\":\"kim\"}", KEY))).contains("exp");
    assertThat(reason(signed(HS256, "{\"sub\":\"kim\",\"exp\":\"9999999999\"}", KEY)))
        .contains("exp");
    assertThat(reason(signed(HS256, "{\"sub\":\"kim\",\"exp\":1e10}", KEY))).contains("exp");
  }

  @Test
  void a_token_for_another_service_is_refused() {
    assertThat(reason(token("kim", "\"aud\":\"billing\""))).contains("audience");
    assertThat(reason(token("kim", "\"aud\":[\"relay-chat\"]"))).contains("audience");
    assertThat(open(token("kim", "\"aud\":\"relay-chat\"")).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|sub",
        "' '|sub",
        "lea\",\"sub\":\"admin|repeated names",
        "lea\",\"name\":7,\"x\":\"|name",
        "lea\",\"email\":\"no address|email",
        "lea\",\"locale\":\"not a language|locale",
        "lea\",\"attributes\":[1],\"x\":\"|attributes",
        "lea\",\"attributes\":{\"a b\":1},\"x\":\"|attributes",
        "lea\",\"attributes\":{\"a\":{}},\"x\":\"|attributes.a",
        "lea\",\"attributes\":{\"a\":1e999},\"x\":\"|attributes.a",
        "lea\",\"email\":\"\\ud800@shop.example|email"
      })
  void what_is_wrong_with_a_claim_is_said(String subject, String named) {
    assertThat(reason(token(subject, ""))).contains(named);
  }

  @Test
  void claims_are_bounded() {
    StringBuilder many = new StringBuilder();
    for (int number = 0; number < 21; number++) {
      many.append(number == 0 ? "" : ",").append("\"a").append(number).append("\":1");
    }

    assertThat(reason(token("x".repeat(256), ""))).contains("sub");
    assertThat(open(token("x".repeat(255), "")).status()).isEqualTo(201);
    assertThat(reason(token("lea", "\"attributes\":{" + many + "}"))).contains("attributes");
    assertThat(reason(token("lea", "\"attributes\":{\"a\":\"" + "x".repeat(201) + "\"}")))
        .contains("attributes.a");
    assertThat(reason(token("lea", "\"other\":\"" + "x".repeat(7000) + "\""))).contains("identity");
  }

  @Test
  void claims_that_are_of_no_use_here_are_ignored() {
    assertThat(open(token("mia", "\"iss\":\"shop\",\"jti\":\"1\",\"roles\":[\"a\"]"))
            .status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b", "a.b.c.d", "a.b.c ", "ä.b.c", "e30=.e30=.x"})
  void what_is_not_a_token_is_refused(String text) {
    assertThat(open(text).status()).isEqualTo(400);
  }

  @Test
  void
      many_customers_of_a_site_may_share_an_address_and_a_customer_cannot_open_sessions_without_end() {
    try (TestServer strict = new TestServer(
        settings -> settings
            .withChat(ChatSettings.DEFAULT.withIdentityKeys(List.of(KEY)))
            .withLimits(AccessLimits.DEFAULT.withAttempts(10, 100, 3)),
        parts -> parts)) {
      int most = 3;
      for (int number = 0; number <= most; number++) {
        assertThat(open(strict, token("customer " + number, "")).status()).isEqualTo(201);
      }
      for (int number = 1; number < most; number++) {
        assertThat(open(strict, token("customer 0", "")).status()).isEqualTo(201);
      }
      assertThat(open(strict, token("customer 0", "")).status()).isEqualTo(429);
    }
  }

  @Test
  void without_a_key_nobody_is_identified() {
    try (TestServer keyless = new TestServer()) {
      assertThat(open(keyless, token("ned", "")).text()).contains("chat.identityKey");
    }
  }

  private Http identified(String token) {
    Http.Answer answer = open(token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return relay.http().bearer(answer.json().get("token").textValue());
  }

  private Http.Answer open(String token) {
    return open(relay, token);
  }

  private static Http.Answer open(TestServer server, String token) {
    return server.http().post(SESSIONS, "{\"locale\":\"en\",\"identity\":\"" + token + "\"}");
  }

  private static Http.Answer confirm(Http customer, String token) {
    return customer.put(SESSIONS + "/me/identity", "{\"identity\":\"" + token + "\"}");
  }

  private String reason(String token) {
    Http.Answer answer = open(token);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().get("field").textValue()).isEqualTo("identity");
    return answer.json().get("detail").textValue();
  }

  private static void say(Http customer, String text, String id) {
    Http.Answer answer = customer.post(
        "/api/v1/chat/messages",
        "{\"text\":\"" + text + "\",\"clientMessageId\":\"" + id + text.hashCode() + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  private static String conversation(Http agent, String customer) {
    for (JsonNode item : agent.get("/api/v1/conversations?limit=100").json().get("items")) {
      if (item.get("customer").get("displayName").textValue().equals(customer)) {
        return item.get("id").textValue();
      }
    }
    throw new AssertionError("there is no conversation of " + customer);
  }

  private String token(String subject, String more) {
    return signed(HS256, claims(subject, 600, more), KEY);
  }

  private String claims(String subject, long secondsAhead, String more) {
    long end = relay.clock.instant().getEpochSecond() + secondsAhead;
    return "{\"sub\":\"" + subject + "\",\"exp\":" + end + (more.isEmpty() ? "" : "," + more) + "}";
  }

  private static String signed(String header, String payload, String key) {
    try {
      String text = base64(header) + "." + base64(payload);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return text + "."
          + Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
