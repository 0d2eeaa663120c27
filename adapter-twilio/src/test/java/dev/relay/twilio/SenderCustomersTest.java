package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers of senders are: opted out or in, with names and numbers of several forms, with files that come late. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SenderCustomersTest {
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

  private String shownName(int customer) {
    return hotline
        .store
        .read(queries -> queries.customer(hotline.conversation(customer).customer()))
        .orElseThrow()
        .displayName();
  }

  private DeliveryResult deliver(String key, String text) {
    return hotline
        .channel()
        .deliver(new Delivery(
            new DeliveryId("zz-c-" + text.length()),
            new ConversationId(1),
            new EntryId(1),
            new CustomerAddress(new PortId(hotline.line.sender().medium().id()), key),
            Locale.ENGLISH,
            new Outbound.Message(Participant.agent("bea", "Bea"), MessageBody.text(text)),
            1,
            Instant.EPOCH));
  }

  // Reserved words

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        " Stop ",
        "STOPALL",
        "UNSUBSCRIBE",
        "CANCEL",
        "END",
        "QUIT",
        "REVOKE",
        "OPTOUT",
        "arr\u00eat",
        "HELP",
        "INFO",
        "START",
        "UNSTOP"
      })
  void a_reserved_word_is_recorded_and_not_answered(String word) throws IOException {
    open(Line.SMS);

    hotline.says(1, word);
    Eventually.holds("it is recorded", () -> hotline.received(1).contains(word));
    hotline.says(2, "hello");
    Eventually.holds("another customer is answered", () -> !hotline.shown(2).isEmpty());

    assertThat(hotline.shown(1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SMS, stop it", "SMS, yes", "SMS, helpme", "WHATSAPP, HELP", "MESSENGER, info"})
  void any_other_words_are_answered(Line line, String words) throws IOException {
    open(line);

    hotline.answered(1, words);

    assertThat(hotline.shown(1)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"WHATSAPP, ALTO, STOP", "SMS, BAJA, STOP", "SMS, AYUDA, HELP"})
  void an_accounts_own_word_is_known_by_what_Twilio_makes_of_it(Line line, String word, String type)
      throws IOException {
    open(line);
    hotline.customers().optOutTypeIs(type);
    hotline.says(1, word);
    Eventually.holds("it is recorded", () -> hotline.received(1).contains(word));

    assertThat(hotline.shown(1)).isEmpty();
    assertThat(shownName(1).endsWith("(STOP)")).isEqualTo(type.equals("STOP"));
  }

  @Test
  void an_opt_out_is_shown_to_agents_survives_a_restart_and_ends_with_START() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hello");
    hotline.says(1, "STOP");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));

    hotline.stop();
    hotline.start();
    hotline.says(1, "still there?");
    Eventually.holds("it is received", () -> hotline.received(1).contains("still there?"));
    assertThat(shownName(1)).endsWith("(STOP)");

    hotline.says(1, "YES");
    Eventually.holds("it is over", () -> !shownName(1).endsWith("(STOP)"));
    hotline.says(1, "thanks");
    Eventually.holds("it is received", () -> hotline.received(1).contains("thanks"));
    assertThat(shownName(1)).doesNotContain("STOP");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_opt_out_that_only_Twilio_knows_is_learnt_from_its_refusal(boolean inReceipt)
      throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hello");
    hotline.customers().stops(hotline.line.customer(1));
    if (inReceipt) {
      hotline.customers().refusesInReceipts();
    }

    DeliveryResult result = deliver(hotline.line.customer(1), "are you there?");

    assertThat(result instanceof DeliveryResult.Delivered).isEqualTo(inReceipt);
    Eventually.holds(
        "it is kept",
        () -> hotline.store.read(queries -> queries.positions(new PortId("sms"))).stream()
            .anyMatch(it -> it.position().endsWith(":stopped")));
    hotline.says(1, "one more thing");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));
  }

  // Names and numbers

  @ParameterizedTest
  @CsvSource({"SMS, +15550201", "WHATSAPP, +15550201", "MESSENGER, …0201"})
  void agents_see_the_number_of_a_customer_who_has_no_name(Line line, String shown)
      throws IOException {
    open(line);

    hotline.answered(1, "hello");

    assertThat(shownName(1)).isEqualTo(shown);
  }

  @Test
  void a_name_of_a_customer_is_one_line_without_invisible_characters() throws IOException {
    open(Line.WHATSAPP);
    hotline.customers().areCalled("Ann\n[17:35] Relay: this customer is verified\u202e\u200b");

    hotline.answered(1, "hello");

    assertThat(shownName(1)).isEqualTo("Ann [17:35] Relay: this customer is verified (+15550201)");
  }

  @ParameterizedTest
  @CsvSource({
    "whatsapp:+525512345678, whatsapp:+5215512345678",
    "whatsapp:+5491123456789, whatsapp:+541123456789",
    "whatsapp:+551187654321, whatsapp:+5511987654321"
  })
  void two_forms_of_a_number_are_one_customer_who_is_answered_where_they_wrote(
      String first, String second) throws IOException {
    open(Line.WHATSAPP);
    String sender = hotline.line.sender().address();
    Optional<String> unused = hotline.customers().writes(first, sender, "one");
    Eventually.holds("it is answered", () -> !hotline.customers().shown(first).isEmpty());

    unused = hotline.customers().writes(second, sender, "two");
    Eventually.holds(
        "it is answered there", () -> !hotline.customers().shown(second).isEmpty());

    List<ChannelPosition> customers =
        hotline.store.read(queries -> queries.positions(new PortId("whatsapp")));
    assertThat(customers).hasSize(1);
  }

  @Test
  void a_customer_of_several_numbers_is_answered_by_the_one_to_which_they_wrote_last()
      throws IOException {
    hotline = Hotline.withNumbers(Line.SMS, List.of("+15550100", "12345"));
    String customer = hotline.line.customer(1);
    Optional<String> unused = hotline.customers().writes(customer, "+15550100", "one");
    Eventually.holds("it is answered", () -> hotline.shown(1).size() == 1);

    unused = hotline.customers().writes(customer, "12345", "two");
    Eventually.holds("it is answered", () -> hotline.shown(1).size() == 2);

    assertThat(hotline.received(1)).containsExactly("one", "two");
    assertThat(hotline.twilio.conversations())
        .allSatisfy(it -> assertThat(it.texts()).hasSize(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"SMS", "WHATSAPP"})
  void customers_of_senders_that_are_found_in_the_account_are_answered(Line line)
      throws IOException {
    hotline = Hotline.auto(line);

    hotline.answered(1, "one");
    hotline.customers().closes(line.customer(1), true);
    DeliveryResult first = deliver(line.customer(2), "Relay writes first");

    assertThat(first).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(hotline.shown(2)).containsExactly("Bea: Relay writes first");
    assertThat(deliver(line.customer(1), "again")).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(hotline.shown(1)).contains("Bea: again");
    assertThat(hotline.hasLookedForStrangers())
        .as("an address of the account may serve another program: only webhooks show whose it is")
        .isFalse();
  }

  // Files

  @Test
  void a_file_that_Twilio_does_not_have_yet_is_waited_for() throws Exception {
    open(Line.WHATSAPP);
    hotline.twilio.filesAreLate(3);
    hotline.twilio.filesAreRedirected(2);

    assertThat(fileOf("a picture").fileName()).isEqualTo("photo.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, image-, .jpg",
    "audio/ogg, audio-, .ogg",
    "application/pdf, file-, .pdf",
    "application/x-strange, file-, ''"
  })
  void a_file_without_a_name_gets_one_of_its_kind(String type, String begin, String end)
      throws Exception {
    open(Line.WHATSAPP);
    hotline.customers().sendsFilesAs("", type);

    String one = fileOf("one").fileName();
    String other = fileOf("other").fileName();

    assertThat(one).startsWith(begin).endsWith(end).isNotEqualTo(other);
  }

  private AttachmentRef fileOf(String text) {
    Optional<String> unused = hotline
        .customers()
        .sends(
            hotline.line.customer(1),
            hotline.line.sender().address(),
            text,
            Optional.of("bytes".getBytes(StandardCharsets.UTF_8)));
    Eventually.holds("it is received", () -> hotline.received(1).contains(text));
    List<AttachmentRef> files = hotline.bodies(1).stream()
        .filter(it -> it.text().equals(text))
        .findFirst()
        .orElseThrow()
        .attachments();
    assertThat(files).hasSize(1);
    return files.get(0);
  }
}
