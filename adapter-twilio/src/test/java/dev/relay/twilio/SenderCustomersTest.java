package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Queries;
import dev.relay.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

  @ParameterizedTest
  @CsvSource({"answer, false", "receipt, false", "receipt, true"})
  void a_refusal_of_a_message_from_before_START_does_not_count_however_late_it_comes(
      String comesIn, boolean afterRestart) throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hello");
    hotline.says(1, "STOP");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));
    CompletableFuture<DeliveryResult> refused = refusedLate(comesIn);

    hotline.says(1, "START");
    Eventually.holds("it is over", () -> !shownName(1).endsWith("(STOP)"));
    if (afterRestart) {
      hotline.stop();
      hotline.start();
    }
    hotline.twilio.releaseCalls();
    hotline.customers().releaseReceipts();

    assertThat(refused.join() instanceof DeliveryResult.Delivered)
        .isEqualTo(comesIn.equals("receipt"));
    if (comesIn.equals("receipt")) {
      Eventually.holds(
          "the agent is notified",
          () -> !hotline.notices(1, NoticeKind.DELIVERY_FAILED).isEmpty());
    }
    hotline.says(1, "thanks");
    Eventually.holds("it is received", () -> hotline.received(1).contains("thanks"));
    assertThat(shownName(1)).doesNotContain("STOP");
    assertThat(hotline.channel().reachFor(hotline.address(1), Optional.of(Instant.now())))
        .isInstanceOf(Reach.Open.class);
  }

  /** Sends a message that Twilio refuses, and holds back its answer or the receipt that says so. */
  private CompletableFuture<DeliveryResult> refusedLate(String comesIn) {
    String customer = hotline.line.customer(1);
    if (comesIn.equals("receipt")) {
      hotline.customers().refusesInReceipts();
      hotline.customers().holdReceipts();
      return CompletableFuture.completedFuture(deliver(customer, "are you there?"));
    }
    hotline.twilio.holdAnswers(it -> it.method().equals("POST") && it.path().endsWith("/Messages"));
    CompletableFuture<DeliveryResult> refused =
        CompletableFuture.supplyAsync(() -> deliver(customer, "are you there?"));
    Eventually.holds("Twilio has refused it", hotline.twilio::isHoldingAnswer);
    return refused;
  }

  @ParameterizedTest
  @CsvSource({"answer, false", "answer, true", "receipt, false", "receipt, true"})
  void a_refusal_of_a_message_from_after_START_counts(String comesIn, boolean afterRestart)
      throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hello");
    hotline.says(1, "STOP");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));
    hotline.says(1, "START");
    Eventually.holds("it is over", () -> !shownName(1).endsWith("(STOP)"));
    if (afterRestart) {
      hotline.stop();
      hotline.start();
    }

    hotline.customers().stops(hotline.line.customer(1));
    if (comesIn.equals("receipt")) {
      hotline.customers().refusesInReceipts();
    }
    DeliveryResult result = deliver(hotline.line.customer(1), "are you there?");

    assertThat(result instanceof DeliveryResult.Delivered).isEqualTo(comesIn.equals("receipt"));
    Eventually.holds(
        "they cannot be written to",
        () -> hotline.channel().reachFor(hotline.address(1), Optional.of(Instant.now()))
            instanceof Reach.Closed);
  }

  /** Fills the read positions that are loaded at a start with other forms of customers' numbers, which cost no call each. */
  private void manyOthersWriteAfterwards() {
    for (int each = 0; each < Queries.RECENT_POSITIONS; each++) {
      boolean isKept = hotline
          .relay()
          .intake()
          .keepPosition(
              new CustomerAddress(hotline.channel().id(), "+4470000" + (10_000 + each)),
              "same:+4480000" + (10_000 + each))
          .join();
      assertThat(isKept).isTrue();
    }
  }

  private void ends(int customer) {
    var unused = hotline
        .relay()
        .intake()
        .submit(new CustomerEvent.CustomerEnded(Origin.of(
            new EventKey(hotline.channel().id().value(), "end-" + customer),
            hotline.address(customer),
            new CustomerProfile(hotline.line.customer(customer), "Ada", Locale.ENGLISH, Set.of()))))
        .join();
  }

  @Test
  void an_opt_out_survives_a_restart_however_many_customers_wrote_since() throws IOException {
    open(Line.SMS);
    hotline.answered(1, "hello");
    hotline.says(1, "STOP");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));
    ends(1);
    manyOthersWriteAfterwards();

    hotline.stop();
    hotline.start();
    assertThat(hotline.channel().reachFor(hotline.address(1), Optional.of(Instant.now())))
        .isInstanceOf(Reach.Closed.class);
    hotline.says(1, "still there?");
    Eventually.holds("it is received", () -> hotline.received(1).contains("still there?"));

    assertThat(shownName(1)).endsWith("(STOP)");
  }

  @Test
  void the_form_of_a_number_by_which_a_customer_is_known_survives_a_restart() throws IOException {
    open(Line.WHATSAPP);
    CustomerAddress known = new CustomerAddress(hotline.channel().id(), "whatsapp:+5215512345678");
    assertThat(hotline
            .relay()
            .intake()
            .keepPosition(known, "CH" + "0".repeat(32) + ":7")
            .join())
        .isTrue();
    manyOthersWriteAfterwards();

    hotline.stop();
    hotline.start();
    Optional<String> unused = hotline
        .customers()
        .writes("whatsapp:+525512345678", hotline.line.sender().address(), "hello");

    Eventually.holds(
        "they are the known customer",
        () -> hotline.store.read(queries -> queries.activeConversation(known)).isPresent());
  }

  // What a medium lets through

  @ParameterizedTest
  @EnumSource
  void a_customer_who_opted_out_cannot_be_written_to_until_they_opt_in(Line line)
      throws IOException {
    open(line);
    hotline.answered(1, "hello");
    Optional<Instant> justNow = Optional.of(Instant.now());
    assertThat(hotline.channel().reachFor(hotline.address(1), justNow))
        .isInstanceOf(Reach.Open.class);

    hotline.customers().optOutTypeIs("STOP");
    hotline.says(1, "no more");
    Eventually.holds("it is shown", () -> shownName(1).endsWith("(STOP)"));
    assertThat(hotline.channel().reachFor(hotline.address(1), justNow))
        .isInstanceOfSatisfying(
            Reach.Closed.class, it -> assertThat(it.code()).isEqualTo(Reach.Code.REFUSED));

    hotline.customers().optOutTypeIs("START");
    hotline.says(1, "again");
    Eventually.holds("it is over", () -> !shownName(1).endsWith("(STOP)"));
    assertThat(hotline.channel().reachFor(hotline.address(1), justNow))
        .isInstanceOf(Reach.Open.class);
  }

  @ParameterizedTest
  @CsvSource({"SMS, 0, true", "WHATSAPP, 24, false", "MESSENGER, 24, false"})
  void a_customer_can_be_written_to_as_long_as_the_medium_accepts_free_text(
      Line line, long hours, boolean always) throws IOException {
    open(line);
    CustomerAddress stranger = hotline.address(5);
    Instant now = Instant.now();
    Instant longAgo = now.minus(Duration.ofHours(hours).plusSeconds(60));

    Reach early = hotline.channel().reachFor(stranger, Optional.of(now));
    Reach late = hotline.channel().reachFor(stranger, Optional.of(longAgo));
    Reach never = hotline.channel().reachFor(stranger, Optional.empty());

    if (always) {
      assertThat(List.of(early, late, never)).containsOnly(Reach.open());
    } else {
      assertThat(early).isEqualTo(new Reach.Open(Optional.of(now.plus(Duration.ofHours(hours)))));
      assertThat(((Reach.Closed) late).code()).isEqualTo(Reach.Code.WINDOW_OVER);
      assertThat(((Reach.Closed) late).since())
          .isEqualTo(Optional.of(longAgo.plus(Duration.ofHours(hours))));
      assertThat(((Reach.Closed) never).code()).isEqualTo(Reach.Code.WINDOW_OVER);
    }
  }

  // Names and numbers

  private static final String SCOPED = "whatsapp:US.13491208655302741918";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_number_and_a_business_scoped_id_in_one_conversation_are_one_customer(boolean numberFirst)
      throws IOException {
    open(Line.WHATSAPP);
    String number = hotline.line.customer(1);
    String first = numberFirst ? number : SCOPED;
    String second = numberFirst ? SCOPED : number;
    String sender = hotline.line.sender().address();
    Optional<String> unused = hotline.customers().writes(first, sender, "one");
    Eventually.holds("it is answered", () -> hotline.customers().shown(first).size() == 1);

    hotline.customers().writesAs(first, second, "two");
    Eventually.holds("it is answered", () -> hotline.customers().shown(first).size() == 2);

    hotline.stop();
    hotline.start();
    hotline.customers().closes(first, true);
    unused = hotline.customers().writes(second, sender, "three");
    Eventually.holds(
        "it is answered where they wrote",
        () -> hotline.customers().shown(second).size() == 1);
    assertThat(wordsAt(new CustomerAddress(hotline.channel().id(), first)))
        .containsExactly("one", "two", "three");
  }

  @Test
  void a_business_scoped_id_that_comes_after_a_restart_is_known_by_its_conversation()
      throws IOException {
    open(Line.WHATSAPP);
    hotline.answered(1, "one");
    hotline.stop();
    hotline.start();

    hotline.customers().writesAs(hotline.line.customer(1), SCOPED, "two");

    Eventually.holds("it is theirs", () -> hotline.received(1).contains("two"));
  }

  @Test
  void what_a_program_writes_in_the_senders_name_is_not_the_words_of_a_customer()
      throws IOException {
    open(Line.WHATSAPP);
    String sender = hotline.line.sender().address();
    Optional<String> unused = hotline.customers().writes(SCOPED, sender, "one");
    Eventually.holds("it is answered", () -> hotline.customers().shown(SCOPED).size() == 1);

    hotline.twilio.loseWebhooks(1);
    hotline.customers().interferes(SCOPED, sender, "a program's word");
    unused = hotline.customers().writes(SCOPED, sender, "two");

    CustomerAddress known = new CustomerAddress(hotline.channel().id(), SCOPED);
    Eventually.holds("the next is received", () -> wordsAt(known).contains("two"));
    assertThat(wordsAt(known)).containsExactly("one", "two");
  }

  /** Returns what the customer at an address wrote, oldest first. */
  private List<String> wordsAt(CustomerAddress address) {
    Conversation theirs =
        hotline.store.read(queries -> queries.activeConversation(address)).orElseThrow();
    return hotline.store.read(queries -> queries.latestEntries(theirs.id(), 50)).stream()
        .filter(it -> it.content() instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        .sorted(Comparator.comparing(it -> it.id().value()))
        .map(it -> ((EntryContent.Said) it.content()).body().text())
        .toList();
  }

  @Test
  void a_number_and_a_business_scoped_id_that_Twilio_never_shows_together_are_two_customers()
      throws IOException {
    open(Line.WHATSAPP);
    hotline.answered(1, "one");

    Optional<String> unused =
        hotline.customers().writes(SCOPED, hotline.line.sender().address(), "two");
    Eventually.holds("it is answered", () -> hotline.customers().shown(SCOPED).size() == 1);

    assertThat(hotline.received(1)).containsExactly("one");
  }

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
