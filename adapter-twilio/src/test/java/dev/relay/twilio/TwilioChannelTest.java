package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import dev.relay.twilio.wire.Marks;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioChannelTest {
  private static final String TOKEN = FakeTwilio.Account.TEST.authToken();
  private static final String CANARY = "kanarienvogel";

  /** Opened by each test, with its medium. */
  @SuppressWarnings("NullAway.Init")
  private Hotline hotline;

  private void open(Line line) throws IOException {
    hotline = new Hotline(line);
  }

  @AfterEach
  void close() {
    hotline.close();
  }

  private DeliveryResult deliver(int customer, int number, String text) {
    return hotline.channel().deliver(delivery(customer, number, MessageBody.text(text)));
  }

  private Delivery delivery(int customer, int number, MessageBody body) {
    return new Delivery(
        new DeliveryId("zz" + customer + "-c-" + number),
        new ConversationId(1),
        new EntryId(number),
        hotline.address(customer),
        Locale.ENGLISH,
        new Outbound.Message(Participant.agent("bea", "Bea"), body),
        1,
        Instant.EPOCH);
  }

  private Map<String, String> message(String sid, int index, String text) {
    Map<String, String> fields = new HashMap<>();
    fields.put("AccountSid", FakeTwilio.Account.TEST.sid());
    fields.put("EventType", "onMessageAdded");
    fields.put("Source", hotline.line.sender().medium().id().toUpperCase(Locale.ROOT));
    fields.put("ConversationSid", "CH" + "f".repeat(32));
    fields.put("MessageSid", sid + "0".repeat(34 - sid.length()));
    fields.put("Index", Integer.toString(index));
    fields.put("Author", hotline.line.customer(1));
    fields.put("Body", text);
    return fields;
  }

  private String query() {
    return "channel=" + hotline.line.sender().medium().id();
  }

  // What customers write

  @ParameterizedTest
  @EnumSource(Line.class)
  void an_answer_costs_one_call_and_a_customers_message_none(Line line) throws IOException {
    open(line);

    hotline.answered(1, "hello");
    hotline.answered(1, "where is my sword?");

    assertThat(hotline.received(1)).containsExactly("hello", "where is my sword?");
    assertThat(hotline.customers().conversations(line.customer(1))).hasSize(1);
    long posts = hotline.twilio.requests().stream()
        .filter(it -> it.method().equals("POST"))
        .count();
    assertThat(posts).isEqualTo(hotline.shown(1).size());
    assertThat(calls()).allMatch(it -> it.path().endsWith("/Messages"));
    assertThat(hotline.twilio.requests())
        .noneMatch(it -> it.headers().containsKey("x-twilio-webhook-enabled"));
  }

  /** Returns all calls except those that look for missed messages at the start. */
  private List<ApiRequest> calls() {
    return hotline.twilio.requests().stream()
        .filter(it -> !(it.method().equals("GET") && it.path().endsWith("/Conversations")))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void agents_who_may_not_see_numbers_see_the_last_digits_or_the_name_in_the_message(Line line)
      throws IOException {
    hotline = Hotline.hidingNumbers(line);
    Map<String, String> named = message("IMa", 0, "hello");
    named.put("ProfileName", "Ada");

    hotline.says(2, "hello");
    Eventually.holds("it is heard", () -> hotline.isKnown(2));
    assertThat(hotline.answerTo(query(), named, TOKEN)).isEqualTo(204);

    assertThat(name(2)).isEqualTo("…0202");
    assertThat(name(1)).isEqualTo("Ada");
    assertThat(hotline.address(1).toString()).doesNotContain(line.customer(1));
  }

  private String name(int customer) {
    return hotline
        .store
        .read(queries ->
            queries.customer(hotline.address(customer).channel(), hotline.line.customer(customer)))
        .orElseThrow()
        .displayName();
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_customer_is_served_in_the_senders_language(Line line) throws IOException {
    open(line);

    hotline.answered(1, "hello");

    assertThat(hotline.conversation(1).locale()).isEqualTo(line.language());
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_file_is_downloaded_and_kept(Line line) throws IOException {
    open(line);
    byte[] photo = "a photo".getBytes(StandardCharsets.UTF_8);

    var unused = hotline
        .customers()
        .sends(line.customer(1), line.sender().address(), "look", Optional.of(photo));
    Eventually.holds("it is heard", () -> hotline.received(1).contains("look"));

    AttachmentRef file = hotline.bodies(1).get(0).attachments().get(0);
    assertThat(file.fileName()).isEqualTo("photo.jpg");
    assertThat(hotline.store.attachments().open(file.id()).orElseThrow()).hasBinaryContent(photo);
  }

  @Test
  void a_message_of_an_unknown_kind_is_not_lost_without_a_trace() throws IOException {
    open(Line.WHATSAPP);

    hotline.says(1, "");

    Eventually.holds("it is heard", () -> hotline.received(1).size() == 1);
    assertThat(hotline.received(1).get(0)).startsWith("[a message of a kind");
  }

  @Test
  void hostile_text_is_passed_on_unchanged() throws IOException {
    open(Line.SMS);
    String text = "<script>alert(1)</script> @everyone \u202e \ud83d\ude80 %0a&x=y";

    hotline.says(1, text);

    Eventually.holds("it is heard", () -> hotline.received(1).contains(text));
  }

  // Order, gaps, restarts

  @Test
  void duplicated_webhooks_are_applied_once() throws IOException {
    open(Line.SMS);
    hotline.twilio.doubleWebhooks(true);

    hotline.answered(1, "one");
    hotline.answered(1, "two");

    assertThat(hotline.received(1)).containsExactly("one", "two");
  }

  @Test
  void an_overtaken_webhook_is_applied_in_its_place() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    hotline.twilio.holdWebhooks(1);

    hotline.says(1, "two");
    hotline.says(1, "three");

    Eventually.holds("all are heard", () -> hotline.received(1).size() == 3);
    assertThat(hotline.received(1)).containsExactly("one", "two", "three");
  }

  @Test
  void messages_of_lost_webhooks_are_read_when_the_next_one_comes() throws IOException {
    open(Line.SMS);
    hotline.twilio.loseWebhooks(2);
    hotline.says(1, "one");
    hotline.says(1, "two");

    hotline.twilio.loseWebhooks(0);
    hotline.says(1, "three");

    Eventually.holds("all are heard", () -> hotline.received(1).size() == 3);
    assertThat(hotline.received(1)).containsExactly("one", "two", "three");
  }

  @Test
  void texts_do_not_wait_for_gaps_of_others_that_Twilio_is_slow_to_list() throws IOException {
    hotline = Hotline.patient(Line.SMS);
    hotline.answered(1, "one");
    hotline.twilio.holdCalls(TwilioChannelTest::isReading);
    for (int slow = 2; slow <= 11; slow++) {
      hotline.twilio.loseWebhooks(1);
      hotline.says(slow, "one");
      hotline.twilio.loseWebhooks(0);
      hotline.says(slow, "two");
    }
    Eventually.holds(
        "ten lists are waited for",
        () -> hotline.twilio.requests().stream()
                .filter(TwilioChannelTest::isReading)
                .count()
            >= 10);

    hotline.says(1, "three");

    Eventually.holds("it is heard", () -> hotline.received(1).contains("three"));
    hotline.twilio.releaseCalls();
    for (int slow = 2; slow <= 11; slow++) {
      int customer = slow;
      Eventually.holds(
          "the others are heard in order",
          () -> hotline.received(customer).equals(List.of("one", "two")));
    }
  }

  @Test
  void a_message_is_submitted_although_Twilio_refuses_to_list_earlier_ones() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    hotline.twilio.loseWebhooks(1);
    hotline.says(1, "two");
    hotline.twilio.plan(Fault.REFUSE, TwilioChannelTest::isReading, 1);

    hotline.says(1, "three");

    Eventually.holds("it is heard", () -> hotline.received(1).contains("three"));
  }

  @Test
  void a_gap_is_filled_in_order_once_Twilio_answers_again() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    hotline.twilio.loseWebhooks(1);
    hotline.says(1, "two");
    hotline.twilio.plan(Fault.UNAVAILABLE, TwilioChannelTest::isReading, 2);

    hotline.says(1, "three");

    Eventually.holds("all are heard", () -> hotline.received(1).size() == 3);
    assertThat(hotline.received(1)).containsExactly("one", "two", "three");
  }

  private static boolean isReading(ApiRequest request) {
    return request.method().equals("GET") && request.path().endsWith("/Messages");
  }

  @Test
  void the_last_webhook_may_be_lost_too() throws IOException {
    hotline = new Hotline(Line.SMS, Duration.ofMillis(100));
    hotline.answered(1, "one");
    hotline.twilio.loseWebhooks(1);

    hotline.says(1, "two");

    Eventually.holds("it is heard", () -> hotline.received(1).contains("two"));
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void messages_written_while_Relay_was_stopped_are_read_after_a_restart(Line line)
      throws IOException {
    open(line);
    hotline.answered(1, "one");
    hotline.stop();

    hotline.says(1, "two");
    hotline.says(1, "three");
    hotline.start();

    Eventually.holds("all are heard", () -> hotline.received(1).size() == 3);
    assertThat(hotline.received(1)).containsExactly("one", "two", "three");
    hotline.answered(1, "four");
    assertThat(hotline.received(1)).containsExactly("one", "two", "three", "four");
  }

  @Test
  void a_customers_very_first_message_is_found_although_Relay_was_stopped() throws IOException {
    open(Line.SMS);
    hotline.stop();

    hotline.says(1, "is anybody there?");
    hotline.start();

    Eventually.holds("it is answered", () -> !hotline.shown(1).isEmpty());
    assertThat(hotline.received(1)).containsExactly("is anybody there?");
  }

  @Test
  void messages_answered_before_Relay_knew_the_conversation_are_not_submitted() throws IOException {
    open(Line.SMS);
    hotline.stop();
    hotline.twilio.loseWebhooks(9);
    hotline.says(1, "long ago");
    hotline.customers().interferes(hotline.line.customer(1), "bot", "answered by another");
    hotline.says(1, "still there?");

    hotline.twilio.loseWebhooks(0);
    hotline.start();

    Eventually.holds("it is heard", () -> hotline.received(1).contains("still there?"));
    assertThat(hotline.received(1)).containsExactly("still there?");
  }

  // What is no customer's

  @Test
  void messages_of_Relay_and_other_programs_are_not_mistaken_for_the_customers()
      throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    int shown = hotline.shown(1).size();

    hotline.customers().interferes(hotline.line.customer(1), "system", "we are closed today");
    Map<String, String> ours = message("IMb", 7, "echo");
    ours.put("Attributes", Marks.of("1-c-1", 1, 1));
    assertThat(hotline.answerTo(query(), ours, TOKEN)).isEqualTo(204);
    hotline.answered(1, "two");

    assertThat(hotline.received(1)).doesNotContain("we are closed today", "echo");
    assertThat(hotline.shown(1).size()).isGreaterThan(shown);
  }

  @Test
  void a_forged_webhook_is_refused_and_nothing_stored() throws IOException {
    open(Line.SMS);

    assertThat(hotline.answerTo(query(), message("IMa", 0, "forged"), "another"))
        .isEqualTo(403);

    assertThat(hotline.isKnown(1)).isFalse();
    assertThat(hotline.outcomes).containsExactly(Outcome.FORGED);
  }

  @Test
  void an_incomplete_signed_webhook_is_refused_and_nothing_stored() throws IOException {
    open(Line.SMS);
    List<Map<String, String>> broken = new ArrayList<>();
    for (String field :
        List.of("EventType", "AccountSid", "ConversationSid", "MessageSid", "Index", "Author")) {
      Map<String, String> without = message("IMa", 0, "hello");
      without.remove(field);
      broken.add(without);
    }
    broken.add(with("AccountSid", "AC" + "9".repeat(32)));
    broken.add(with("ChatServiceSid", "IS" + "9".repeat(32)));
    broken.add(with("ConversationSid", "CH1/../x"));
    broken.add(with("MessageSid", "IM1"));
    broken.add(with("Index", "-1"));

    for (Map<String, String> fields : broken) {
      assertThat(hotline.answerTo(query(), fields, TOKEN)).as("%s", fields).isEqualTo(400);
    }
    assertThat(hotline.answerTo("channel=fax", message("IMa", 0, "hello"), TOKEN))
        .isEqualTo(400);
    assertThat(hotline.isKnown(1)).isFalse();
  }

  private Map<String, String> with(String field, String value) {
    Map<String, String> fields = message("IMa", 0, "hello");
    fields.put(field, value);
    return fields;
  }

  /** Evidence exists for SMS alone; Twilio's page names SDK and API. */
  @ParameterizedTest
  @CsvSource({
    "SMS, SMS",
    "SMS, sms",
    "SMS, SDK",
    "SMS, API",
    "SMS, Messaging",
    "SMS,",
    "WHATSAPP, WhatsApp",
    "WHATSAPP, SDK",
    "WHATSAPP, channel",
    "MESSENGER, FACEBOOK",
    "MESSENGER, Messenger"
  })
  void a_customers_message_is_known_by_its_author_whatever_its_source_is_called(
      Line line, @Nullable String source) throws IOException {
    open(line);
    Map<String, String> fields = message("IMa", 0, "hello");
    fields.remove("Source");
    if (source != null) {
      fields.put("Source", source);
    }

    assertThat(hotline.answerTo(query(), fields, TOKEN)).isEqualTo(204);

    assertThat(hotline.received(1)).containsExactly("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob",
        "system",
        "Bot",
        "CHffffffffffffffffffffffffffffffff",
        "AMAZON",
        "whatsapp:+15550201",
        "+15550100"
      })
  void a_message_of_any_other_author_is_ignored(String author) throws IOException {
    open(Line.SMS);

    assertThat(hotline.answerTo(query(), with("Author", author), TOKEN)).isEqualTo(204);

    assertThat(hotline.outcomes).containsExactly(Outcome.IGNORED);
    assertThat(hotline.isKnown(1)).isFalse();
  }

  @Test
  void nothing_is_acknowledged_while_Relay_is_stopped() throws IOException {
    open(Line.SMS);
    hotline.stop();

    assertThat(hotline.answerTo(query(), message("IMa", 0, "hello"), TOKEN)).isEqualTo(503);
  }

  // Messages to customers

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_long_text_is_sent_in_pieces_for_phones_each_once(Line line) throws IOException {
    open(line);
    StringBuilder text = new StringBuilder();
    for (int word = 0; text.length() < 8_000; word++) {
      text.append("word").append(word).append(word % 40 == 39 ? "\n" : " ");
    }
    text.append("\ud83d\ude80".repeat(1_500));

    assertThat(deliver(1, 1, text.toString())).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(deliver(1, 1, text.toString())).isInstanceOf(DeliveryResult.Delivered.class);

    assertThat(hotline.shown(1)).allMatch(it -> it.length() <= 1_600);
    assertThat(String.join("", hotline.shown(1)).replaceAll("\\s", ""))
        .isEqualTo(("Bea:" + text).replaceAll("\\s", ""));
    assertThat(hotline.shown(1).get(0))
        .endsWith("word" + lastWord(hotline.shown(1).get(0)));
  }

  private static String lastWord(String piece) {
    return piece.substring(piece.lastIndexOf("word") + 4);
  }

  @Test
  void a_live_agents_name_is_in_front_of_the_text_and_the_virtual_agents_is_not()
      throws IOException {
    open(Line.SMS);

    var unused = deliver(1, 1, "hello");
    unused = hotline
        .channel()
        .deliver(new Delivery(
            new DeliveryId("zz1-c-2"),
            new ConversationId(1),
            new EntryId(2),
            hotline.address(1),
            Locale.ENGLISH,
            new Outbound.Message(
                new Participant(Participant.Role.VIRTUAL_AGENT, "faq", "Relay"),
                MessageBody.text("hi")),
            1,
            Instant.EPOCH));

    assertThat(hotline.shown(1)).containsExactly("Bea: hello", "hi");
  }

  @Test
  void a_file_is_sent() throws Exception {
    open(Line.WHATSAPP);
    byte[] map = "a map".getBytes(StandardCharsets.UTF_8);
    AttachmentRef file = hotline
        .store
        .attachments()
        .keep("desk", "map.png", "image/png", new ByteArrayInputStream(map), 100, Instant.now());

    DeliveryResult result = hotline
        .channel()
        .deliver(delivery(1, 1, new MessageBody("", List.of(file), List.of(), List.of())));

    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(hotline.twilio.files()).anySatisfy(it -> assertThat(it).isEqualTo(map));
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_customer_whose_conversation_was_closed_without_notice_is_reached_in_a_new_one(Line line)
      throws IOException {
    open(line);
    hotline.answered(1, "one");
    hotline.customers().closes(line.customer(1), false);

    assertThat(deliver(1, 1, "your sword is found")).isInstanceOf(DeliveryResult.Delivered.class);
    hotline.answered(1, "two");

    assertThat(hotline.shown(1)).contains("Bea: your sword is found");
    assertThat(hotline.customers().conversations(line.customer(1))).hasSize(2);
    assertThat(hotline.received(1)).containsExactly("one", "two");
    assertThat(newest().timerClosed()).isEqualTo("PT24H");
    assertThat(newest().webhooks()).isEqualTo(1);
  }

  private FakeTwilio.Seen newest() {
    List<FakeTwilio.Seen> all = hotline.twilio.conversations();
    return all.get(all.size() - 1);
  }

  @Test
  void a_customer_who_wrote_in_a_new_conversation_is_reached_there() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    hotline.customers().closes(hotline.line.customer(1), false);
    hotline.twilio.loseWebhooks(9);
    hotline.says(1, "two");
    hotline.twilio.loseWebhooks(0);

    assertThat(deliver(1, 1, "your sword is found")).isInstanceOf(DeliveryResult.Delivered.class);

    assertThat(hotline.customers().conversations(hotline.line.customer(1))).hasSize(2);
    assertThat(newest().texts()).startsWith("two").contains("Bea: your sword is found");
    Eventually.holds(
        "what the customer wrote there is heard", () -> hotline.received(1).contains("two"));
  }

  @Test
  void an_unknown_customer_whose_first_webhook_is_lost_is_found_while_Relay_runs()
      throws IOException {
    hotline = new Hotline(Line.SMS, Duration.ofMillis(20));
    hotline.says(2, "anybody");
    Eventually.holds("others are served", () -> hotline.isKnown(2));
    hotline.twilio.loseWebhooks(1);

    hotline.says(1, "hello");

    Eventually.holds("the stranger is heard", () -> hotline.received(1).contains("hello"));
    hotline.answered(1, "and now?");
    assertThat(hotline.received(1)).containsExactly("hello", "and now?");
  }

  @Test
  void missed_messages_are_read_even_if_Twilio_is_unavailable_at_the_start() throws IOException {
    hotline = new Hotline(Line.SMS, Duration.ofMillis(20));
    hotline.stop();
    hotline.twilio.loseWebhooks(1);
    hotline.says(1, "hello");
    hotline.twilio.plan(
        Fault.UNAVAILABLE,
        it -> it.method().equals("GET")
            && it.path().endsWith("/Conversations")
            && it.query().containsKey("StartDate"),
        2);

    hotline.start();

    Eventually.holds("the stranger is heard", () -> hotline.received(1).contains("hello"));
    Eventually.holds("all is well", () -> hotline.channel().health().ready());
  }

  @Test
  void a_file_that_cannot_be_downloaded_for_a_moment_is_not_lost() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    byte[] photo = "a photo".getBytes(StandardCharsets.UTF_8);
    hotline.twilio.plan(Fault.UNAVAILABLE, it -> it.path().contains("/Media"), 1);

    var unused = hotline
        .customers()
        .sends(
            hotline.line.customer(1), hotline.line.sender().address(), "look", Optional.of(photo));

    Eventually.holds("it is heard", () -> hotline.received(1).contains("look"));
    MessageBody look = hotline.bodies(1).get(1);
    assertThat(look.attachments()).hasSize(1);
    assertThat(hotline.received(1)).containsOnlyOnce("look");
  }

  @ParameterizedTest
  @CsvSource({"SMS, 5", "WHATSAPP, 16", "MESSENGER, 25"})
  void a_file_larger_than_the_medium_delivers_is_named_and_not_sent(Line line, int megabytes)
      throws Exception {
    open(line);
    hotline.answered(1, "hello");
    AttachmentRef kept = hotline
        .store
        .attachments()
        .keep(
            "desk",
            "map.png",
            "image/png",
            new ByteArrayInputStream(new byte[3]),
            9,
            Instant.now());
    long most = megabytes * 1024L * 1024;
    AttachmentRef largest = new AttachmentRef(kept.id(), "map.png", "image/png", most);
    AttachmentRef larger = new AttachmentRef(kept.id(), "map.png", "image/png", most + 1);

    DeliveryResult result = hotline
        .channel()
        .deliver(delivery(
            1, 1, new MessageBody("look", List.of(larger, largest), List.of(), List.of())));

    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(hotline.twilio.files()).hasSize(1);
    assertThat(hotline.shown(1))
        .contains("[a file that could not be passed on: it is larger than " + megabytes + " MB]");
  }

  @Test
  void a_customer_reads_in_their_language_that_a_file_is_missing() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hola");
    AttachmentRef gone = new AttachmentRef("gone", "mapa.png", "image/png", 3);
    Delivery english = delivery(1, 1, new MessageBody("mira", List.of(gone), List.of(), List.of()));

    hotline
        .channel()
        .deliver(new Delivery(
            english.id(),
            english.conversation(),
            english.entry(),
            english.to(),
            Locale.forLanguageTag("es-MX"),
            english.what(),
            english.attempt(),
            english.at()));

    assertThat(hotline.shown(1)).contains("[un archivo que ya no se conserva]");
  }

  @ParameterizedTest
  @CsvSource({"SMS, 5", "WHATSAPP, 16", "MESSENGER, 25"})
  void an_agent_reads_which_file_was_left_out_and_a_file_that_Twilio_refuses_does_not_stop_the_text(
      Line line, int megabytes) throws Exception {
    open(line);
    hotline.answered(1, "hello");
    byte[] content = new byte[megabytes * 1024 * 1024 + 1];
    AttachmentRef larger = hotline
        .store
        .attachments()
        .keep(
            "desk",
            "map.png",
            "image/png",
            new ByteArrayInputStream(content),
            content.length,
            Instant.now());
    // As if Twilio's limit were lower than its documentation says.
    AttachmentRef unexpected = new AttachmentRef(larger.id(), "plan.png", "image/png", 3);
    Delivery delivery =
        delivery(1, 1, new MessageBody("look", List.of(larger, unexpected), List.of(), List.of()));

    assertThat(hotline.channel().deliver(delivery)).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(hotline.channel().deliver(delivery)).isInstanceOf(DeliveryResult.Delivered.class);

    assertThat(hotline.shown(1))
        .contains(
            "Bea: look",
            "[a file that could not be passed on: it is larger than " + megabytes + " MB]",
            "[a file that could not be passed on]");
    Eventually.holds(
        "the agent is notified",
        () -> hotline.notices(1, NoticeKind.DELIVERY_FAILED).size() >= 2);
    assertThat(hotline.notices(1, NoticeKind.DELIVERY_FAILED))
        .extracting(it -> it.arguments().get("reason"))
        .containsExactly(
            "the file \"map.png\" was left out: it is larger than the " + megabytes
                + " MB that this medium delivers",
            "the file \"plan.png\" was left out: Twilio answered 400 with code 50512: a file of the"
                + " message is larger than the medium allows");
  }

  @Test
  void conversations_without_a_customer_of_the_sender_are_read_at_most_twice() throws IOException {
    hotline = new Hotline(Line.SMS, Duration.ofMillis(20));
    hotline.twilio.open("somebody-elses", "{}", "");

    Eventually.holds("the list was read five times", () -> lists() >= 5);

    assertThat(hotline.twilio.requests().stream()
            .filter(it -> it.path().endsWith("/Participants"))
            .count())
        .isLessThanOrEqualTo(2);
  }

  private long lists() {
    return hotline.twilio.requests().stream()
        .filter(it -> it.path().endsWith("/Conversations") && it.method().equals("GET"))
        .filter(it -> it.query().getOrDefault("State", List.of()).contains("active"))
        .count();
  }

  @Test
  void a_message_is_submitted_although_it_could_not_be_read_before_Relay_answered()
      throws IOException {
    open(Line.SMS);
    hotline.twilio.loseWebhooks(1);
    hotline.says(1, "hello");
    hotline.twilio.plan(Fault.UNAVAILABLE, TwilioChannelTest::isReading, 1);

    assertThat(deliver(1, 1, "your sword is found"))
        .isNotInstanceOf(DeliveryResult.Delivered.class);
    assertThat(deliver(1, 1, "your sword is found")).isInstanceOf(DeliveryResult.Delivered.class);

    Eventually.holds("it is heard", () -> hotline.received(1).contains("hello"));
    assertThat(hotline.shown(1)).containsOnlyOnce("Bea: your sword is found");
  }

  @Test
  void a_message_in_doubt_is_found_although_its_conversation_was_closed_meanwhile()
      throws IOException {
    open(Line.SMS);
    hotline.answered(1, "one");
    hotline.twilio.plan(
        Fault.ACT_THEN_DROP,
        it -> it.method().equals("POST") && it.path().endsWith("/Messages"),
        1);
    assertThat(deliver(1, 1, "your sword is found")).isInstanceOf(DeliveryResult.Unknown.class);
    hotline.customers().closes(hotline.line.customer(1), true);
    hotline.answered(1, "two");
    hotline.stop();
    hotline.start();

    LookUp found =
        hotline.channel().lookUp(delivery(1, 1, MessageBody.text("your sword is found")));

    assertThat(found).isInstanceOf(LookUp.Found.class);
    assertThat(hotline.channel().lookUp(delivery(1, 2, MessageBody.text("never sent"))))
        .isInstanceOf(LookUp.NotFound.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {50416, 50425, 50433})
  void a_new_conversation_is_not_used_if_the_customer_makes_one_at_the_same_moment(int code)
      throws IOException {
    open(Line.SMS);
    hotline.customers().refusesPairsWith(code);
    meanwhileWritesInAnother("two");
    hotline.customers().listsAreBehind(1);

    assertThat(deliver(1, 1, "hello")).isInstanceOf(DeliveryResult.Delivered.class);

    Eventually.holds("the customer is heard", () -> hotline.received(1).contains("two"));
    assertThat(hotline.shown(1)).contains("Bea: hello");
    assertThat(hotline.customers().conversations(hotline.line.customer(1))).hasSize(2);
    assertThat(newest().uniqueName()).startsWith("relay-person-");
    assertThat(newest().state()).isEqualTo("closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {50416, 50425})
  void the_customers_new_conversation_is_found_at_a_later_attempt_if_Twilios_lists_are_behind(
      int code) throws IOException {
    open(Line.SMS);
    hotline.customers().refusesPairsWith(code);
    meanwhileWritesInAnother("two");
    hotline.customers().listsAreBehind(4);

    assertThat(deliver(1, 1, "hello")).isInstanceOf(DeliveryResult.RetryLater.class);
    assertThat(deliver(1, 1, "hello")).isInstanceOf(DeliveryResult.RetryLater.class);
    assertThat(deliver(1, 1, "hello")).isInstanceOf(DeliveryResult.Delivered.class);

    assertThat(hotline.shown(1)).contains("Bea: hello");
    assertThat(hotline.channel().health().ready()).isTrue();
    assertThat(hotline.twilio.conversations())
        .filteredOn(it -> it.uniqueName().startsWith("relay-person-"))
        .isNotEmpty()
        .allMatch(it -> it.state().equals("closed"));
  }

  /** Twilio closes the customer's conversation; they write in another, whose webhook is lost. */
  private void meanwhileWritesInAnother(String text) {
    hotline.answered(1, "one");
    hotline.customers().closes(hotline.line.customer(1), true);
    Eventually.holds("it is known", () -> hotline.outcomes.size() >= 2);
    hotline.twilio.loseWebhooks(1);
    hotline.says(1, text);
  }

  @Test
  void a_message_to_a_customer_who_sent_STOP_becomes_a_dead_letter_with_that_reason()
      throws IOException {
    open(Line.SMS);
    hotline.customers().stops(hotline.line.customer(1));

    DeliveryResult result = deliver(1, 1, CANARY);

    assertThat(result).isInstanceOf(DeliveryResult.Rejected.class);
    assertThat(((DeliveryResult.Rejected) result).scope())
        .isEqualTo(DeliveryResult.Rejected.Scope.CUSTOMER);
    assertThat(((DeliveryResult.Rejected) result).reason())
        .contains("21610", "STOP")
        .doesNotContain(CANARY)
        .doesNotContain(hotline.line.customer(1));
    assertThat(hotline.channel().health().ready()).isTrue();
  }

  @Test
  void a_message_that_Twilio_accepts_and_cannot_deliver_is_counted_once() throws IOException {
    open(Line.WHATSAPP);
    hotline.customers().losesAll(hotline.line.customer(1), 63016);
    hotline.twilio.doubleWebhooks(true);
    hotline.says(1, "one");

    Eventually.holds("it is counted", () -> hotline.undelivered() > 0);
    Eventually.holds(
        "all are counted", () -> hotline.undelivered() == hotline.shown(1).size());
  }

  @Test
  void the_agent_is_notified_once_of_a_message_that_did_not_reach_the_customer()
      throws IOException {
    open(Line.WHATSAPP);
    hotline.answered(1, "one");
    hotline.twilio.doubleWebhooks(true);
    hotline.customers().losesAll(hotline.line.customer(1), 63016);

    assertThat(deliver(1, 1, "your sword is found")).isInstanceOf(DeliveryResult.Delivered.class);

    Eventually.holds(
        "it is told", () -> !hotline.notices(1, NoticeKind.DELIVERY_FAILED).isEmpty());
    hotline.twilio.doubleWebhooks(false);
    hotline.answered(1, "two");
    Eventually.holds(
        "all are told, each once",
        () -> hotline.notices(1, NoticeKind.DELIVERY_FAILED).size() == hotline.undelivered());
    assertThat(hotline.notices(1, NoticeKind.DELIVERY_FAILED))
        .allSatisfy(it -> assertThat(it.arguments().get("reason")).contains("24 hours"));
  }

  @Test
  void a_sent_message_cannot_be_changed() throws IOException {
    open(Line.SMS);

    DeliveryResult result = hotline
        .channel()
        .deliver(new Delivery(
            new DeliveryId("zz1-c-1"),
            new ConversationId(1),
            new EntryId(1),
            hotline.address(1),
            Locale.ENGLISH,
            new Outbound.Delete("IM1"),
            1,
            Instant.EPOCH));

    assertThat(result).isInstanceOf(DeliveryResult.Rejected.class);
    assertThat(hotline.channel().capabilities().edits()).isFalse();
  }
}
