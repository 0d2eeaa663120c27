package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.desk.AgentDesk;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlexWebhooksTest {
  private static final String TOKEN = FakeTwilio.Account.TEST.authToken();

  private Office office;
  private long id;
  private String path;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
    id = office.served("ada", "bob");
    path = WebhookRequest.CONVERSATIONS + "?conversation=relay-" + id + "-1";
  }

  @AfterEach
  void close() {
    office.close();
  }

  private Map<String, String> event(String type) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("ChatServiceSid", FakeTwilio.Account.TEST.chatService());
    fields.put("ConversationSid", office.twilio.conversations(id).get(0).sid());
    fields.put("EventType", type);
    fields.put("Source", "SDK");
    return fields;
  }

  private Map<String, String> message(String sid, int index, String body) {
    Map<String, String> fields = event("onMessageAdded");
    fields.put("DateCreated", "2026-11-02T10:00:00.000Z");
    fields.put("MessageSid", sid + "0".repeat(34 - sid.length()));
    fields.put("Index", Integer.toString(index));
    fields.put("Author", "bob");
    fields.put("Body", body);
    fields.put("Attributes", "{}");
    return fields;
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private WebhookRequest signed(String token, Map<String, String> fields) {
    String signature = FakeTwilio.signature(token, office.door.publicUrl() + path, fields);
    return new WebhookRequest(
        path, Map.of("x-twilio-signature", List.of(signature)), encoded(fields));
  }

  private int answerTo(WebhookRequest webhook) {
    return office.answerTo(webhook);
  }

  @Test
  void stores_a_signed_webhook_before_it_answers() {
    int status = answerTo(signed(TOKEN, message("IMa", 1, "hello")));

    assertThat(status).isEqualTo(204);
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("hello"));
    assertThat(office.outcomes).contains(Outcome.STORED);
  }

  @Test
  void refuses_a_signature_by_another_token() {
    assertThat(answerTo(signed("another", message("IMa", 1, "forged")))).isEqualTo(403);
    assertThat(office.fromAgents("ada")).isEmpty();
    assertThat(office.outcomes).contains(Outcome.FORGED);
  }

  @Test
  void refuses_a_request_without_a_signature_or_with_two() {
    String body = encoded(message("IMa", 1, "forged"));
    String right =
        FakeTwilio.signature(TOKEN, office.door.publicUrl() + path, message("IMa", 1, "forged"));

    assertThat(answerTo(new WebhookRequest(path, Map.of(), body))).isEqualTo(403);
    assertThat(answerTo(
            new WebhookRequest(path, Map.of("x-twilio-signature", List.of(right, right)), body)))
        .isEqualTo(403);
  }

  @Test
  void refuses_a_webhook_that_was_changed_on_the_way() {
    WebhookRequest genuine = signed(TOKEN, message("IMa", 1, "hello"));

    assertThat(answerTo(new WebhookRequest(path, genuine.headers(), genuine.body() + "&Body2=x")))
        .isEqualTo(403);
    assertThat(answerTo(new WebhookRequest(
            path, genuine.headers(), genuine.body().substring(0, genuine.body().length() - 9))))
        .isEqualTo(403);
    assertThat(answerTo(
            new WebhookRequest(path.replace("-1", "-2"), genuine.headers(), genuine.body())))
        .isEqualTo(403);
    assertThat(office.fromAgents("ada")).isEmpty();
  }

  @Test
  void refuses_a_body_that_is_too_large() {
    WebhookRequest large =
        new WebhookRequest(path, Map.of(), "x".repeat(WebhookRequest.MAX_BODY + 1));

    assertThat(answerTo(large)).isEqualTo(400);
    assertThat(office.outcomes).contains(Outcome.MALFORMED);
  }

  @Test
  void applies_a_replayed_webhook_once() {
    WebhookRequest genuine = signed(TOKEN, message("IMa", 1, "hello"));

    assertThat(answerTo(genuine)).isEqualTo(204);
    assertThat(answerTo(genuine)).isEqualTo(204);
    assertThat(answerTo(signed(TOKEN, message("IMb", 2, "the last")))).isEqualTo(204);

    Eventually.holds("the last is heard", () -> office.fromAgents("ada").contains("the last"));
    assertThat(office.fromAgents("ada")).containsExactly("hello", "the last");
  }

  @Test
  void ignores_unknown_events_and_fields() {
    assertThat(answerTo(signed(TOKEN, event("onSomethingNew")))).isEqualTo(204);
    Map<String, String> further = message("IMa", 1, "hello");
    further.put("FieldOfTomorrow", "yes");
    assertThat(answerTo(signed(TOKEN, further))).isEqualTo(204);
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("hello"));
    assertThat(office.outcomes).contains(Outcome.IGNORED);
  }

  @Test
  void refuses_a_signed_webhook_without_a_conversation_or_an_event() {
    assertThat(answerTo(signed(TOKEN, Map.of("Body", "x")))).isEqualTo(400);
    path = WebhookRequest.CONVERSATIONS;
    assertThat(answerTo(signed(TOKEN, message("IMa", 1, "hello")))).isEqualTo(400);
  }

  @Test
  void stores_nothing_while_it_is_stopped() {
    office.stop();

    assertThat(answerTo(signed(TOKEN, message("IMa", 1, "hello")))).isEqualTo(503);
  }

  @Test
  void accepts_a_second_token_while_the_token_is_changed() {
    TwilioSettings one = TestSettings.of(office.twilio.baseUrl(), office.door.publicUrl());
    TwilioSettings both = new TwilioSettings(
        one.accountSid(),
        "the-new-token",
        Optional.of(TOKEN),
        Optional.empty(),
        one.apiKey(),
        one.ids(),
        one.taskChannel(),
        one.routing(),
        one.senders(),
        one.publicUrl(),
        one.addresses(),
        one.limits());
    WebhookSignature signature = new WebhookSignature(both);

    assertThat(signature.form(signed(TOKEN, Map.of("EventType", "x")))).isPresent();
    assertThat(signature.form(signed("the-new-token", Map.of("EventType", "x"))))
        .isPresent();
    assertThat(signature.form(signed("the-old-token", Map.of("EventType", "x"))))
        .isEmpty();
  }

  private static WebhookSignature signature(String publicUrl, Optional<String> sharedKey) {
    TwilioSettings one = TestSettings.of(URI.create("http://127.0.0.1:1"), URI.create(publicUrl));
    return new WebhookSignature(new TwilioSettings(
        one.accountSid(),
        TOKEN,
        Optional.empty(),
        sharedKey,
        one.apiKey(),
        one.ids(),
        one.taskChannel(),
        one.routing(),
        one.senders(),
        one.publicUrl(),
        one.addresses(),
        one.limits()));
  }

  /** Twilio signs with or without the port: twilio-python#392, twilio-csharp#44. */
  @ParameterizedTest
  @CsvSource({
    "https://help.example, https://help.example",
    "https://help.example, https://help.example:443",
    "https://help.example:8443, https://help.example:8443",
    "https://help.example:8443, https://help.example",
    "https://help.example:443, https://help.example",
    "https://help.example:8443/relay, https://help.example/relay",
    "https://help.example/relay, https://help.example:443/relay",
    "http://help.example, http://help.example:80",
    "https://[2001:db8::1]:8443, https://[2001:db8::1]",
    "https://[2001:db8::1], https://[2001:db8::1]:443"
  })
  void accepts_an_address_that_is_signed_with_or_without_its_port(String publicUrl, String signed) {
    Map<String, String> fields = Map.of("EventType", "x");
    String path = WebhookRequest.FLEX;

    assertThat(signature(publicUrl, Optional.empty())
            .form(request(path, FakeTwilio.signature(TOKEN, signed + path, fields), Map.of())))
        .hasValue(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "https://help.example, http://help.example",
    "https://help.example, https://help.example:8443",
    "https://help.example:8443, https://help.example:443",
    "https://help.example, https://other.example"
  })
  void refuses_any_other_address(String publicUrl, String signed) {
    String path = WebhookRequest.FLEX;
    String given = FakeTwilio.signature(TOKEN, signed + path, Map.of("EventType", "x"));

    assertThat(signature(publicUrl, Optional.empty()).form(request(path, given, Map.of())))
        .isEmpty();
  }

  private static WebhookRequest request(
      String path, String signature, Map<String, List<String>> headers) {
    Map<String, List<String>> all = new HashMap<>(headers);
    all.put("x-twilio-signature", List.of(signature));
    return new WebhookRequest(path, all, "EventType=x");
  }

  @ParameterizedTest
  @CsvSource({"HMAC_SHA256, HmacSHA256", "HMAC_SHA1, HmacSHA1"})
  void accepts_a_webhook_that_a_rule_of_the_account_signs_with_a_shared_key(
      String named, String algorithm) {
    String url = "https://help.example" + WebhookRequest.FLEX;
    Map<String, List<String>> rule =
        Map.of("x-twilio-webhooks-signature-settings", List.of("key=SKabc,algorithm=" + named));
    String given = FakeTwilio.signature(algorithm, "the-shared-key", url, Map.of("EventType", "x"));
    String byToken = FakeTwilio.signature(algorithm, TOKEN, url, Map.of("EventType", "x"));
    WebhookSignature signature = signature("https://help.example", Optional.of("the-shared-key"));

    assertThat(signature.form(request(WebhookRequest.FLEX, given, rule))).isPresent();
    assertThat(signature.form(request(WebhookRequest.FLEX, byToken, rule))).isEmpty();
    assertThat(signature.form(request(WebhookRequest.FLEX, given, Map.of()))).isEmpty();
  }

  @Test
  void names_a_rule_whose_shared_key_is_not_set_or_whose_algorithm_is_unknown() {
    Map<String, String> fields = message("IMa", 1, "hello");
    WebhookRequest good = signed(TOKEN, fields);
    Map<String, List<String>> headers = new HashMap<>(good.headers());
    headers.put("x-twilio-webhooks-signature-settings", List.of("key=SKabc,algorithm=HMAC_SHA256"));

    assertThat(answerTo(new WebhookRequest(good.pathAndQuery(), headers, good.body())))
        .isEqualTo(403);
    assertThat(office.outcomes).contains(Outcome.KEY_MISSING).doesNotContain(Outcome.FORGED);

    headers.put("x-twilio-webhooks-signature-settings", List.of("key=SKabc,algorithm=HMAC_MD5"));
    assertThat(signature("https://help.example", Optional.of("key"))
            .form(new WebhookRequest(good.pathAndQuery(), headers, good.body())))
        .isEmpty();
  }

  @Test
  void checks_the_hash_of_a_JSON_body() throws Exception {
    URI publicUrl = office.door.publicUrl();
    WebhookSignature signature =
        new WebhookSignature(TestSettings.of(office.twilio.baseUrl(), publicUrl));
    String body = "{\"text\":\"hello\"}";
    String hash = HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    String address = "/webhooks/twilio/studio?bodySHA256=" + hash;
    Map<String, List<String>> headers = Map.of(
        "x-twilio-signature", List.of(FakeTwilio.signature(TOKEN, publicUrl + address, Map.of())));

    assertThat(signature.isSignedJson(new WebhookRequest(address, headers, body)))
        .isTrue();
    assertThat(signature.isSignedJson(new WebhookRequest(address, headers, body + " ")))
        .isFalse();
    assertThat(signature.isSignedJson(new WebhookRequest(address, Map.of(), body)))
        .isFalse();
    assertThat(signature.isSignedJson(new WebhookRequest("/webhooks/twilio/studio", headers, body)))
        .isFalse();
  }

  @Test
  void is_not_ready_before_it_is_started() {
    TwilioAccount account = new TwilioAccount(
        TestSettings.of(office.twilio.baseUrl(), office.door.publicUrl()), InstantSource.system());
    AgentDesk desk = account.desk();

    assertThat(desk.health().ready()).isFalse();
    desk.stop();
    account.close();
  }
}
