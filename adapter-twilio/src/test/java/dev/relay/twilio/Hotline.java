package dev.relay.twilio;

import dev.relay.core.Relay;
import dev.relay.core.channel.Channel;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.Customers;
import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A whole Relay to which customers write by one medium, whose desk is in the same fake Twilio's Flex. */
final class Hotline implements AutoCloseable {
  final FakeTwilio twilio;
  final WebhookDoor door;
  final Line line;
  final MemoryStore store = new MemoryStore();
  final List<WebhookObserver.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final Duration watchEvery;
  private final Duration requestTimeout;
  private final boolean showsNumbers;
  private final List<TwilioSender> senders;
  private TwilioAccount account;
  private TwilioWebhooks webhooks;
  private Relay relay;

  Hotline(Line line) throws IOException {
    this(line, Duration.ofHours(1));
  }

  Hotline(Line line, Duration watchEvery) throws IOException {
    this(line, watchEvery, true, List.of(line.sender()));
  }

  private Hotline(Line line, Duration watchEvery, boolean showsNumbers, List<TwilioSender> senders)
      throws IOException {
    this(line, watchEvery, showsNumbers, senders, Duration.ofSeconds(10));
  }

  private Hotline(
      Line line,
      Duration watchEvery,
      boolean showsNumbers,
      List<TwilioSender> senders,
      Duration requestTimeout)
      throws IOException {
    this.requestTimeout = requestTimeout;
    this.senders = senders;
    this.showsNumbers = showsNumbers;
    this.line = line;
    this.watchEvery = watchEvery;
    twilio = new FakeTwilio();
    twilio.hasSenders(
        List.of(Line.SMS.sender().address(), "12345"),
        List.of(Line.WHATSAPP.sender().address()));
    door = new WebhookDoor();
    var unused = TwilioAccount.setup(settings(), InstantSource.system()).apply();
    account = new TwilioAccount(settings(), InstantSource.system());
    webhooks = account.webhooks(outcomes::add);
    relay = open();
    twilio.forgetRequests();
  }

  /** Opens a hotline with several senders of one medium. */
  static Hotline withNumbers(Line line, List<String> addresses) throws IOException {
    return new Hotline(
        line,
        Duration.ofHours(1),
        true,
        addresses.stream()
            .map(it -> new TwilioSender(line.sender().medium(), it))
            .toList());
  }

  /** Opens a hotline whose calls wait longer for their answers than any test. */
  static Hotline patient(Line line) throws IOException {
    return new Hotline(
        line, Duration.ofHours(1), true, List.of(line.sender()), Duration.ofMinutes(2));
  }

  /** Opens a hotline that finds its senders in the account. */
  static Hotline auto(Line line) throws IOException {
    return new Hotline(line, Duration.ofHours(1), true, List.of());
  }

  /** Opens a hotline whose agents may not see the customers' numbers. */
  static Hotline hidingNumbers(Line line) throws IOException {
    return new Hotline(line, Duration.ofHours(1), false, List.of(line.sender()));
  }

  TwilioSettings settings() {
    TwilioSettings usual = TestSettings.of(
        twilio.baseUrl(), door.publicUrl(), watchEvery, List.of(line.sender()), line.language());
    return TestSettings.with(
        TestSettings.withTimeout(usual, requestTimeout),
        new TwilioSettings.Senders(senders.isEmpty(), senders, line.language(), showsNumbers));
  }

  private Relay open() {
    door.leadsTo(webhooks);
    Relay made = Relay.builder()
        .store(store)
        .channel(channel())
        .desk(account.desk())
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .settings(TestSettings.impatient())
        .build();
    made.start();
    if (!senders.isEmpty()) {
      Eventually.holds("it has looked for what was missed", this::hasLookedForStrangers);
    }
    return made;
  }

  /** Checks whether the channel has listed the open conversations of the service, which may be of other programs too. */
  boolean hasLookedForStrangers() {
    return twilio.requests().stream()
        .filter(it -> it.path().endsWith("/Conversations") && it.method().equals("GET"))
        .anyMatch(it -> it.query().containsKey("StartDate")
            && it.query().getOrDefault("State", List.of()).contains("inactive"));
  }

  /** Stops in order. The deliveries under way end: the next Relay would have to wait for the end of their leases. */
  void stop() {
    relay.stop(Duration.ofSeconds(30));
  }

  /** Starts another Relay on the same store, which remembers nothing else. */
  void start() {
    twilio.forgetRequests();
    account = new TwilioAccount(settings(), InstantSource.system());
    webhooks = account.webhooks(outcomes::add);
    relay = open();
  }

  Channel channel() {
    return account.channels().stream()
        .filter(it -> it.id().value().equals(line.sender().medium().id()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns how many accepted messages did not reach the customer. */
  long undelivered() {
    return account.undelivered(channel().id());
  }

  Relay relay() {
    return relay;
  }

  Customers customers() {
    return twilio.customers();
  }

  // The customer

  void says(int customer, String text) {
    var unused = customers().writes(line.customer(customer), line.sender().address(), text);
  }

  List<String> shown(int customer) {
    return customers().shown(line.customer(customer));
  }

  CustomerAddress address(int customer) {
    return new CustomerAddress(new PortId(line.sender().medium().id()), line.customer(customer));
  }

  Conversation conversation(int customer) {
    return store.read(queries -> queries.activeConversation(address(customer))).orElseThrow();
  }

  boolean isKnown(int customer) {
    return store.read(queries -> queries.activeConversation(address(customer))).isPresent();
  }

  ConversationState state(long id) {
    return store
        .read(queries -> queries.conversation(new ConversationId(id)))
        .orElseThrow()
        .state();
  }

  /** Returns a customer's messages as Relay received them, in order. */
  List<String> received(int customer) {
    return bodies(customer).stream().map(MessageBody::text).toList();
  }

  List<MessageBody> bodies(int customer) {
    if (!isKnown(customer)) {
      return List.of();
    }
    return entries(customer)
        .filter(EntryContent.Said.class::isInstance)
        .map(EntryContent.Said.class::cast)
        .filter(it -> it.author().role() == Participant.Role.CUSTOMER)
        .map(EntryContent.Said::body)
        .toList();
  }

  /** Returns the notices of that kind in a customer's conversation, in order. */
  List<Notice> notices(int customer, NoticeKind kind) {
    return entries(customer)
        .filter(EntryContent.Notified.class::isInstance)
        .map(it -> ((EntryContent.Notified) it).notice())
        .filter(it -> it.kind() == kind)
        .toList();
  }

  private Stream<EntryContent> entries(int customer) {
    ConversationId id = conversation(customer).id();
    return store.read(queries -> queries.latestEntries(id, 200)).stream()
        .sorted(Comparator.comparingLong(it -> it.id().value()))
        .map(it -> it.content());
  }

  /** The customer has written, and Relay has answered all of it. */
  void answered(int customer, String text) {
    int before = shown(customer).size();
    says(customer, text);
    Eventually.holds(
        "it is answered",
        () -> received(customer).contains(text)
            && shown(customer).size() > before
            && isQuiet(customer));
  }

  /** Checks whether nothing waits to be shown to a customer. */
  private boolean isQuiet(int customer) {
    return store.read(queries -> queries.latestEntries(conversation(customer).id(), 200)).stream()
        .filter(it -> it.content() instanceof EntryContent.Said said
            && said.author().role() != Participant.Role.CUSTOMER)
        .allMatch(it -> it.externalId().isPresent());
  }

  // Webhooks

  /** Returns the status of the answer to a webhook with those fields, signed with that token. */
  int answerTo(String query, Map<String, String> fields, String token) {
    String path = WebhookRequest.CONVERSATIONS + "?" + query;
    String signature = FakeTwilio.signature(token, door.publicUrl() + path, fields);
    String body = fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return webhooks
        .receive(new WebhookRequest(path, Map.of("x-twilio-signature", List.of(signature)), body))
        .join()
        .status();
  }

  @Override
  public void close() {
    relay.stop(Duration.ofSeconds(1));
    door.close();
    twilio.close();
    if (!twilio.violations().isEmpty()) {
      throw new AssertionError("against Twilio's OpenAPI files: " + twilio.violations());
    }
  }
}
