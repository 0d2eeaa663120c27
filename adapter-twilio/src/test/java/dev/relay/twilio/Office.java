package dev.relay.twilio;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Settings;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookAnswer;
import dev.relay.twilio.account.WebhookObserver;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.studio.StudioTimes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A whole Relay with one channel, whose desk is in the fake Twilio's Flex. */
public final class Office implements AutoCloseable {
  private static final PortId CHANNEL = new PortId("chat");
  static final PortId OTHER_DESK = new PortId("other");

  public final FakeTwilio twilio;
  public final WebhookDoor door;
  final MemoryStore store = new MemoryStore();
  final Map<String, List<Outbound>> shown = new ConcurrentHashMap<>();
  public final List<WebhookObserver.Outcome> outcomes = new CopyOnWriteArrayList<>();
  private final AtomicInteger nextKey = new AtomicInteger();
  private TwilioSettings settings;
  private final StudioTimes times;
  /** The ways of the questions through the Studio flow. */
  final List<StudioObserver.Way> ways = new CopyOnWriteArrayList<>();
  /** The turns that the virtual agent was asked, by their ids. */
  final List<String> turns = new CopyOnWriteArrayList<>();

  /** The deliveries to the desk beside Flex. */
  final List<DeskOutbound> atOtherDesk = new CopyOnWriteArrayList<>();

  private Settings engine = TestSettings.impatient();
  private VirtualAgent virtualAgent;
  private Relay relay;
  private TwilioAccount account;
  private TwilioWebhooks webhooks;
  private CallbackChannel channel;

  public Office() throws IOException {
    this(Duration.ofHours(1));
  }

  public Office(Duration watchEvery) throws IOException {
    this(watchEvery, Optional.empty());
  }

  /** Starts an office whose customers' messages go through a Studio flow, which the set-up has published. */
  static Office withStudio(StudioTimes times) throws IOException {
    return new Office(Duration.ofHours(1), Optional.of(times));
  }

  /** Opens an office with another desk beside Flex, which takes over if Flex fails. */
  static Office withFallback() throws IOException {
    return withFallback(Duration.ofHours(1));
  }

  /** Opens the same, with a watch that looks that often for what was missed. */
  static Office withFallback(Duration watchEvery) throws IOException {
    Office office = new Office(watchEvery);
    office.engine = office.engine.toBuilder().fallbackDesk(OTHER_DESK).build();
    office.givesUpHandoffsAtTheSecondAttempt();
    return office;
  }

  /** Restarts Relay with an engine that treats a desk as unreachable after two attempts. */
  void givesUpHandoffsAtTheSecondAttempt() {
    stop();
    engine = engine.toBuilder()
        .handoffBackOff(new BackOff(List.of(Duration.ofMillis(20)), 0))
        .build();
    start();
  }

  private Office(Duration watchEvery, Optional<StudioTimes> studioTimes) throws IOException {
    twilio = new FakeTwilio();
    door = new WebhookDoor();
    times = studioTimes.orElse(StudioTimes.DEFAULT);
    settings = studioTimes.isPresent()
        ? published(twilio, door)
        : TestSettings.of(twilio.baseUrl(), door.publicUrl(), watchEvery);
    twilio.taskCallback(door.publicUrl() + WebhookRequest.FLEX);
    channel = channel();
    account = newAccount();
    virtualAgent = account.behindStudio(agent(), ways::add);
    webhooks = newWebhooks();
    relay = open();
  }

  /** Settings with the flow that the set-up has published. */
  static TwilioSettings published(FakeTwilio twilio, WebhookDoor door) {
    TwilioSettings before =
        TestSettings.studio(twilio.baseUrl(), door.publicUrl(), Optional.empty());
    var unused = TwilioAccount.setup(before, InstantSource.system()).apply();
    String flow = twilio.flows().get(0);
    twilio.forgetRequests();
    return TestSettings.studio(twilio.baseUrl(), door.publicUrl(), Optional.of(flow));
  }

  TwilioSettings settings() {
    return settings;
  }

  private TwilioAccount newAccount() {
    return new TwilioAccount(settings, InstantSource.system(), times);
  }

  private TwilioWebhooks newWebhooks() {
    TwilioWebhooks made = account.webhooks(outcomes::add);
    door.leadsTo(made);
    return made;
  }

  private CallbackChannel channel() {
    return CallbackChannel.named(CHANNEL.value())
        .capabilities(Capabilities.all(4_000))
        .delivering(this::show);
  }

  private DeliveryResult show(Delivery delivery) {
    List<Outbound> list =
        shown.computeIfAbsent(delivery.to().key(), unused -> new CopyOnWriteArrayList<>());
    list.add(delivery.what());
    return DeliveryResult.delivered("out-" + delivery.id());
  }

  private VirtualAgent agent() {
    VirtualAgent faq = new FaqAgent(new InMemoryKnowledgeBase(List.of()));
    return new VirtualAgent() {
      @Override
      public String displayName(Locale locale) {
        return faq.displayName(locale);
      }

      @Override
      public Answer answer(Turn turn) {
        turns.add(turn.id());
        return faq.answer(turn);
      }
    };
  }

  Health studioHealth() {
    return account.studioHealth().orElseThrow();
  }

  private Relay open() {
    Relay made = Relay.builder()
        .store(store)
        .channel(channel)
        .desk(account.desk())
        .virtualAgent(virtualAgent)
        .desk(CallbackDesk.named(OTHER_DESK.value()).delivering(delivery -> {
          atOtherDesk.add(delivery.what());
          return DeliveryResult.delivered();
        }))
        .settings(engine)
        .build();
    made.start();
    return made;
  }

  /** Stops Relay and starts another on the same store, which remembers nothing else. */
  public void restart() {
    stop();
    start();
  }

  /**
   * Stops Relay. Nothing is delivered by then even on a busy machine: the lanes of deliveries that are cut off belong to the stopped Relay
   * until their leases end, for two minutes.
   */
  void stop() {
    relay.stop(Eventually.PATIENCE);
    account.close();
  }

  /** Starts another Relay on the same store. */
  void start() {
    channel = channel();
    account = newAccount();
    virtualAgent = account.behindStudio(agent(), ways::add);
    webhooks = newWebhooks();
    relay = open();
  }

  /** Starts another Relay on the same store, which looks for what it missed all the time. */
  void startsWatching() {
    settings = TestSettings.of(twilio.baseUrl(), door.publicUrl(), Duration.ofMillis(100));
    start();
  }

  Health health() {
    return account.desk().health();
  }

  public TwilioWebhooks webhooks() {
    return webhooks;
  }

  /**
   * Returns the status of the answer to a webhook. One that is answered as late is sent again, which is harmless: on a busy machine each may
   * take longer than Relay waits, and Relay continues with it.
   */
  int answerTo(WebhookRequest webhook) {
    return Eventually.gives("an answer that is not late", () -> {
          WebhookAnswer answer = webhooks.receive(webhook).join();
          return answer.outcome() == WebhookObserver.Outcome.LATE ? null : answer;
        })
        .status();
  }

  /** Signs an event of a conversation's first Twilio conversation as Twilio does. */
  WebhookRequest signed(long id, Map<String, String> fields) {
    String path = WebhookRequest.CONVERSATIONS + "?conversation=relay-" + id + "-1";
    String signature =
        FakeTwilio.signature(FakeTwilio.Account.TEST.authToken(), door.publicUrl() + path, fields);
    String body = fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return new WebhookRequest(path, Map.of("x-twilio-signature", List.of(signature)), body);
  }

  /** Waits until Relay has handled that many more webhooks of a conversation than when {@link #received} returned that number. */
  void awaitHandled(long id, long before, int webhooksSince) {
    Eventually.holds("all have come", () -> received() >= before + webhooksSince);
    // Relay handles the events of a conversation in order, so this one, which changes nothing, is
    // the last.
    Map<String, String> event = new HashMap<>();
    event.put("AccountSid", FakeTwilio.Account.TEST.sid());
    event.put("ChatServiceSid", FakeTwilio.Account.TEST.chatService());
    event.put("ConversationSid", twilio.conversations(id).get(0).sid());
    event.put("EventType", "onMessageAdded");
    event.put("Source", "API");
    event.put("DateCreated", "2026-11-02T10:00:00.000Z");
    event.put("MessageSid", "IM" + "0".repeat(32));
    event.put("Index", "0");
    event.put("Author", Participant.RELAY.displayName());
    event.put("Body", "handled");
    event.put("Attributes", "{}");
    int status = answerTo(signed(id, event));
    if (status != WebhookObserver.Outcome.STORED.status()) {
      throw new AssertionError("the last event is answered " + status);
    }
  }

  /** Returns the number of webhooks that Relay has accepted, whether it has handled them or continues to try. */
  long received() {
    return outcomes.stream()
        .filter(it -> it == WebhookObserver.Outcome.STORED || it == WebhookObserver.Outcome.LATE)
        .count();
  }

  /** Checks whether everything is delivered that is to be delivered from a conversation. */
  boolean isAllDelivered(long id) {
    return store.read(queries -> queries.lanes(new ConversationId(id))).stream()
        .allMatch(it -> it.depth() == 0);
  }

  Relay relay() {
    return relay;
  }

  // The customer

  /** Lets a customer write; returns the message's id. */
  String says(String customer, String text) {
    return says(customer, MessageBody.text(text));
  }

  String says(String customer, MessageBody body) {
    String key = "m" + nextKey.incrementAndGet();
    var unused = relay
        .intake()
        .submit(new CustomerEvent.CustomerWrote(origin(customer, key), Optional.of(key), body))
        .join();
    return key;
  }

  void edits(String customer, String message, String text) {
    String key = "e" + nextKey.incrementAndGet();
    var unused = relay
        .intake()
        .submit(new CustomerEvent.CustomerEdited(origin(customer, key), message, text))
        .join();
  }

  void deletes(String customer, String message) {
    String key = "d" + nextKey.incrementAndGet();
    var unused = relay
        .intake()
        .submit(new CustomerEvent.CustomerDeleted(origin(customer, key), message))
        .join();
  }

  void ends(String customer) {
    String key = "x" + nextKey.incrementAndGet();
    var unused = relay
        .intake()
        .submit(new CustomerEvent.CustomerEnded(origin(customer, key)))
        .join();
  }

  void asksForAgent(String customer) {
    var unused = channel
        .pressed(
            new CustomerProfile(customer, "Ada " + customer, Locale.ENGLISH, Set.of()),
            "p" + nextKey.incrementAndGet(),
            Button.TALK_TO_PERSON)
        .join();
  }

  private static Origin origin(String customer, String key) {
    return Origin.of(
        new EventKey(CHANNEL.value(), key),
        new CustomerAddress(CHANNEL, customer),
        new CustomerProfile(customer, "Ada " + customer, Locale.ENGLISH, Set.of()));
  }

  /** Lets the customer write, ask for a live agent and wait; returns Relay's id of the conversation. */
  long waiting(String customer) {
    says(customer, "my sword is gone");
    asksForAgent(customer);
    long id = conversation(customer).id().value();
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    return id;
  }

  /** Does the same, and an agent accepts. */
  public long served(String customer, String agent) {
    long id = waiting(customer);
    twilio.agents().accept(id, agent);
    Eventually.holds("the agent is in", () -> state(id) == ConversationState.LIVE);
    return id;
  }

  Conversation conversation(String customer) {
    return store
        .read(queries -> queries.activeConversation(new CustomerAddress(CHANNEL, customer)))
        .orElseThrow();
  }

  ConversationState state(long id) {
    return store
        .read(queries -> queries.conversation(new ConversationId(id)))
        .orElseThrow()
        .state();
  }

  /** Returns the identity at Twilio of a conversation's assigned agent; empty if there is none. */
  String agent(long id) {
    return relay
        .intake()
        .agentAt(account.desk().id(), new ConversationId(id))
        .map(Participant::id)
        .orElse("");
  }

  /** Checks whether Relay has recorded that a message was delivered to the desk. */
  boolean isDelivered(long id, String text) {
    return store.read(queries -> queries.latestEntries(new ConversationId(id), 200)).stream()
        .filter(it ->
            it.content() instanceof EntryContent.Said said && said.body().text().equals(text))
        .anyMatch(it -> it.externalId().isPresent());
  }

  /** Returns the agents' messages to the customer, in order. */
  public List<String> fromAgents(String customer) {
    return messages(customer, Participant.Role.AGENT);
  }

  /** Returns Relay's own notices to the customer, in order. */
  List<String> notices(String customer) {
    return messages(customer, Participant.Role.SYSTEM);
  }

  /** Checks whether a notice with those words is shown to the customer, also one that brings an earlier one up to date. */
  boolean reads(String customer, String words) {
    return notices(customer).stream().anyMatch(it -> it.contains(words))
        || outbound(customer).stream()
            .anyMatch(it -> it instanceof Outbound.Edit edit && edit.text().contains(words));
  }

  /** Returns the virtual agent's messages to the customer, in order. */
  List<String> fromVirtualAgent(String customer) {
    return messages(customer, Participant.Role.VIRTUAL_AGENT);
  }

  private List<String> messages(String customer, Participant.Role role) {
    return outbound(customer).stream()
        .filter(it -> it instanceof Outbound.Message message && message.author().role() == role)
        .map(it -> ((Outbound.Message) it).body().text())
        .toList();
  }

  List<Outbound> outbound(String customer) {
    return shown.getOrDefault(customer, List.of());
  }

  /** Lets an agent of the desk beside Flex accept a conversation. */
  void joinsElsewhere(long id, String agent) {
    var unused = relay
        .intake()
        .submit(new DeskEvent.AgentJoined(
            new ConversationId(id),
            Optional.empty(),
            OTHER_DESK,
            Participant.agent("agent-" + agent, agent)))
        .join();
  }

  // Flex

  /** Returns all texts that agents see, in all Twilio conversations of one of Relay's. */
  List<String> texts(long id) {
    return twilio.conversations(id).stream().flatMap(it -> it.texts().stream()).toList();
  }

  @Override
  public void close() {
    relay.stop(Duration.ofSeconds(1));
    account.close();
    door.close();
    twilio.close();
    if (!twilio.violations().isEmpty()) {
      throw new AssertionError("against Twilio's OpenAPI files: " + twilio.violations());
    }
  }
}
