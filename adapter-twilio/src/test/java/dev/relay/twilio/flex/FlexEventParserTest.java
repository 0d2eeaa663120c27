package dev.relay.twilio.flex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import dev.relay.twilio.Office;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.wire.WebhookForm;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Every change of a good request is refused, or means the same as the good one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlexEventParserTest {
  private static final String TOKEN = FakeTwilio.Account.TEST.authToken();
  private static final String UNKNOWN = "FieldOfTomorrow";

  private Office office;
  private long id;
  private String path;
  private Map<String, String> good;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
    id = office.served("ada", "bob");
    path = WebhookRequest.CONVERSATIONS + "?conversation=relay-" + id + "-1";
    good = message();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private Map<String, String> event(String type) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("ChatServiceSid", FakeTwilio.Account.TEST.chatService());
    fields.put("ConversationSid", office.twilio.conversations(id).get(0).sid());
    fields.put("EventType", type);
    fields.put("Source", "SDK");
    fields.put(UNKNOWN, "yes");
    return fields;
  }

  private Map<String, String> message() {
    Map<String, String> fields = event("onMessageAdded");
    fields.put("DateCreated", "2026-11-02T10:00:00.000Z");
    fields.put("MessageSid", "IM" + "a".repeat(32));
    fields.put("Index", "1");
    fields.put("Author", "bob");
    fields.put("Body", "hello + good day");
    fields.put("Attributes", "{}");
    fields.put("ClientIdentity", "bob");
    fields.put("ParticipantSid", "MB" + "b".repeat(32));
    return fields;
  }

  private Map<String, String> task(String type) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("WorkspaceSid", FakeTwilio.Account.TEST.workspace());
    fields.put("EventType", type);
    fields.put("TaskSid", "WT" + "c".repeat(32));
    fields.put("TaskAttributes", "{\"relay_conversation\":\"relay-" + id + "-1\"}");
    fields.put("ReservationSid", "WR" + "d".repeat(32));
    fields.put("WorkerSid", "WK" + "e".repeat(32));
    fields.put("WorkerName", "eve");
    fields.put("WorkerAttributes", "{\"full_name\":\"Eve Agent\"}");
    return fields;
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String signature(Map<String, String> fields) {
    return FakeTwilio.signature(TOKEN, office.door.publicUrl() + path, fields);
  }

  /** Sends a webhook; again after 503, as Twilio does, since a busy machine may be late. */
  private int answerTo(String address, String signature, String body) {
    WebhookRequest request =
        new WebhookRequest(address, Map.of("x-twilio-signature", List.of(signature)), body);
    return Eventually.gives("the webhook is answered in time", () -> {
      int status = office.webhooks().receive(request).join().status();
      return status == 503 ? null : status;
    });
  }

  private int answerTo(Map<String, String> fields) {
    return answerTo(path, signature(fields), encoded(fields));
  }

  private void nothingIsParsedBut(String text) {
    assertThat(answerTo(good)).isEqualTo(204);
    Map<String, String> last = new TreeMap<>(good);
    last.put("Index", "2");
    last.put("MessageSid", "IM" + "f".repeat(32));
    last.put("Body", "the last");
    assertThat(answerTo(last)).isEqualTo(204);
    Eventually.holds("the last is heard", () -> office.fromAgents("ada").contains("the last"));
    assertThat(office.fromAgents("ada")).containsExactly(text, "the last");
  }

  @Test
  void any_other_byte_is_refused_or_means_the_same() {
    String body = encoded(good);
    String signature = signature(good);

    for (int bit = 1; bit < 128; bit *= 8) {
      for (String changed : flipped(body, bit)) {
        boolean isSame =
            WebhookForm.parse(changed).map(WebhookForm::fields).equals(Optional.of(good));
        int status = answerTo(path, signature, changed);
        assertThat(status == 403 || (isSame && status == 204)).as(changed).isTrue();
      }
      for (String changed : flipped(signature, bit)) {
        assertThat(answerTo(path, changed, body)).as(changed).isEqualTo(403);
      }
      for (String changed : flipped(path, bit)) {
        assertThat(answerTo(changed, signature, body)).as(changed).isEqualTo(403);
      }
    }
    nothingIsParsedBut("hello + good day");
  }

  private static List<String> flipped(String text, int bit) {
    List<String> all = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      char other = (char) (text.charAt(at) ^ bit);
      all.add(text.substring(0, at) + other + text.substring(at + 1));
    }
    return all;
  }

  @Test
  void a_shifted_boundary_between_fields_is_refused() {
    assertThat(refusedShifts(good)).isGreaterThan(10);
    Map<String, String> file = new TreeMap<>(good);
    file.put("Media", "[]");
    file.remove("ClientIdentity");
    assertThat(refusedShifts(file)).isGreaterThan(10);

    nothingIsParsedBut("hello + good day");
  }

  /** Lets each field be swallowed by the one before it, which leaves the signature as it is. */
  private int refusedShifts(Map<String, String> fields) {
    List<String> names = new ArrayList<>(new TreeMap<>(fields).keySet());
    String signature = signature(fields);
    for (int at = 1; at < names.size(); at++) {
      Map<String, String> shifted = new LinkedHashMap<>(fields);
      String swallowed = names.get(at);
      String before = names.get(at - 1);
      String value =
          shifted.getOrDefault(before, "") + swallowed + shifted.getOrDefault(swallowed, "");
      shifted.remove(swallowed);
      shifted.put(before, value);
      assertThat(signature(shifted)).isEqualTo(signature);
      assertThat(answerTo(path, signature, encoded(shifted)))
          .as("%s into %s", swallowed, before)
          .isEqualTo(400);
    }
    return names.size() - 1;
  }

  @Test
  void a_shifted_boundary_between_a_name_and_its_value_is_refused_or_means_the_same() {
    String signature = signature(good);
    good.forEach((name, value) -> {
      String both = name + value;
      for (int at = 1; at < both.length(); at++) {
        Map<String, String> shifted = new LinkedHashMap<>(good);
        shifted.remove(name);
        shifted.put(both.substring(0, at), both.substring(at));
        boolean isSame = shifted.equals(good) || isOptional(name);
        int status = answerTo(path, signature, encoded(shifted));
        assertThat(status == 403 || status == 400 || (isSame && status == 204))
            .as("%s cut at %s: %s", both, at, status)
            .isTrue();
      }
    });
    nothingIsParsedBut("hello + good day");
  }

  private static boolean isOptional(String name) {
    return List.of(UNKNOWN, "ClientIdentity", "ParticipantSid", "ChatServiceSid")
        .contains(name);
  }

  @Test
  void a_signed_message_with_a_missing_or_malformed_field_is_refused() {
    for (String name : good.keySet()) {
      if (!isOptional(name)) {
        Map<String, String> without = new TreeMap<>(good);
        without.remove(name);
        assertThat(answerTo(without)).as("without " + name).isEqualTo(400);
        if (!name.equals("Body")) {
          Map<String, String> empty = new TreeMap<>(good);
          empty.put(name, "");
          assertThat(answerTo(empty)).as("empty " + name).isEqualTo(400);
        }
      }
    }
    for (String name : List.of(
        "AccountSid",
        "ChatServiceSid",
        "ConversationSid",
        "MessageSid",
        "Attributes",
        "DateCreated")) {
      Map<String, String> cut = new TreeMap<>(good);
      cut.computeIfPresent(name, (same, value) -> value.substring(0, value.length() - 1));
      assertThat(answerTo(cut)).as("cut " + name).isEqualTo(400);
    }
    Map<String, String> another = new TreeMap<>(good);
    another.put("ConversationSid", "CH" + "0".repeat(32));
    assertThat(answerTo(another)).isEqualTo(400);
    Map<String, String> trailing = new TreeMap<>(good);
    trailing.put("Attributes", "{} {}");
    assertThat(answerTo(trailing)).isEqualTo(400);

    assertThat(office.outcomes).contains(Outcome.MALFORMED);
    nothingIsParsedBut("hello + good day");
  }

  /** Twilio's own libraries sign each value of a repeated field once. */
  @Test
  void a_field_that_is_repeated_with_the_same_value_means_the_same() {
    for (String name : good.keySet()) {
      String again = encoded(Map.of(name, good.getOrDefault(name, "")));
      assertThat(answerTo(path, signature(good), encoded(good) + "&" + again))
          .as(name)
          .isEqualTo(204);
    }
    nothingIsParsedBut("hello + good day");
  }

  @Test
  void a_field_that_is_repeated_with_another_value_is_refused_unless_Twilio_signed_both() {
    for (String name : good.keySet()) {
      String again = encoded(Map.of(name, "0"));
      assertThat(answerTo(path, signature(good), encoded(good) + "&" + again))
          .as(name)
          .isEqualTo(403);
    }
    String text = office.door.publicUrl() + path;
    good.put("Zones", "ashburn");
    String signed = FakeTwilio.signature(TOKEN, text, withSecond("Zones", "dublin"));

    assertThat(answerTo(path, signed, encoded(good) + "&Zones=dublin")).isEqualTo(204);
    good.remove("Zones");
    nothingIsParsedBut("hello + good day");
  }

  /** The signature covers the values of a repeated field in their order, each with the name in front. */
  private Map<String, String> withSecond(String name, String value) {
    Map<String, String> both = new TreeMap<>(good);
    both.put(name, good.getOrDefault(name, "") + name + value);
    return both;
  }

  @Test
  void a_repeated_field_that_Relay_reads_has_no_meaning() {
    String signed =
        FakeTwilio.signature(TOKEN, office.door.publicUrl() + path, withSecond("Author", "carol"));

    assertThat(answerTo(path, signed, encoded(good) + "&Author=carol")).isEqualTo(400);
    nothingIsParsedBut("hello + good day");
  }

  @Test
  void a_signed_task_event_with_a_missing_field_is_refused() {
    path = WebhookRequest.FLEX;
    Map<String, String> whole = task("reservation.accepted");
    for (String name : whole.keySet()) {
      Map<String, String> without = new TreeMap<>(whole);
      without.remove(name);
      assertThat(answerTo(without)).as("without " + name).isEqualTo(400);
      Map<String, String> empty = new TreeMap<>(whole);
      empty.put(name, "");
      assertThat(answerTo(empty)).as("empty " + name).isEqualTo(400);
    }
    List<String> names = new ArrayList<>(whole.keySet());
    for (int at = 1; at < names.size(); at++) {
      Map<String, String> shifted = new TreeMap<>(whole);
      String swallowed = names.get(at);
      shifted.merge(names.get(at - 1), swallowed + shifted.remove(swallowed), String::concat);
      assertThat(answerTo(path, signature(whole), encoded(shifted)))
          .as(swallowed)
          .isEqualTo(400);
    }
    Map<String, String> another = task("task.canceled");
    another.put("WorkspaceSid", "WS" + "0".repeat(32));
    assertThat(answerTo(another)).isEqualTo(400);
    assertThat(answerTo(whole)).isEqualTo(204);
  }

  @Test
  void a_webhook_replayed_after_a_restart_is_applied_once() {
    assertThat(answerTo(good)).isEqualTo(204);
    office.restart();

    // Twilio repeats a webhook that was answered too late.
    Eventually.holds("the webhook is accepted", () -> answerTo(good) == 204);

    nothingIsParsedBut("hello + good day");
  }
}
