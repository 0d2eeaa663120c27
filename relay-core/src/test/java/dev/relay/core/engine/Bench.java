package dev.relay.core.engine;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.engine.commit.Scheduling;
import dev.relay.core.engine.commit.StepScheduling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An engine among fakes, run step by step. */
final class Bench implements RelayObserver {
  static final PortId WEB = new PortId("web");
  static final PortId DESK = new PortId("relay");
  static final PortId OTHER_DESK = new PortId("other");
  static final PortId NEWS = new PortId("news");
  private static final String NOT_REACHED = "A message did not reach the other side: ";
  static final Participant BEA = Participant.agent("bea", "Bea");
  static final Participant CARL = Participant.agent("carl", "Carl");

  final StepScheduling time = new StepScheduling();
  final FakeSide customers = new FakeSide();
  final FakeSide desk = new FakeSide();
  final FakeSide otherDesk = new FakeSide();
  final FakeSide news = new FakeSide();
  final List<String> seen = new ArrayList<>();
  /** The changes of published cards: the id of the card, its title, and the status that it shows with the case that remains. */
  final List<String> cards = new ArrayList<>();

  final MemoryStore memory = new MemoryStore();
  Store store = memory;
  Settings settings = Settings.defaults();
  Function<Optional<Instant>, Reach> reach = lastWrote -> Reach.open();
  Capabilities capabilities = Capabilities.all(2_000);
  Set<Topic> topics = Set.of(Topic.NEWS, Topic.BUG);
  Function<Turn, Answer> robot = turn -> new Answer.Replied(
      List.of(MessageBody.text("robot says " + turn.text())), Answer.Outcome.ANSWERED, 0.9);
  /** The scores that were reported, each with the channel. */
  final List<String> scores = new ArrayList<>();
  /** What channels and desks have shown of typing. */
  final List<String> typing = new ArrayList<>();
  /** What the channel does when it shows that somebody is typing. */
  Runnable showTyping = () -> {};
  /** The pieces of work that were committed. */
  int works;

  private int keys;
  private Optional<Engine> engine = Optional.empty();

  Engine engine() {
    if (engine.isEmpty()) {
      Engine made = newEngine("one");
      made.start();
      engine = Optional.of(made);
    }
    return engine.get();
  }

  /** Creates another engine on the same store, not started. */
  Engine newEngine(String name) {
    return newEngine(name, time);
  }

  /** Creates another engine with its own scheduling and the same clock. */
  Engine newEngine(String name, Scheduling where) {
    return new Engine(new EngineParts(
        store,
        new Ports(
            List.of(new FakeChannel()),
            List.of(new FakeDesk(DESK, desk, typing), new FakeDesk(OTHER_DESK, otherDesk, typing)),
            new FakeRobot(),
            Optional.of(new FakeAnnouncer())),
        settings,
        NoticeTexts.shipped(),
        List.of(this),
        new Machine(time, new Random(1), Optional.of(where), name)));
  }

  // Events

  CompletableFuture<IntakeResult> submit(Event event) {
    return engine().services().intake().submit(event);
  }

  IntakeResult submitted(Event event) {
    CompletableFuture<IntakeResult> answer = submit(event);
    time.settle();
    return answer.join();
  }

  Event wrote(String customer, String text) {
    return new CustomerEvent.CustomerWrote(
        origin(customer), Optional.of("m" + keys), MessageBody.text(text));
  }

  Event asksForPerson(String customer) {
    return new CustomerEvent.CustomerPressed(origin(customer), Button.TALK_TO_PERSON);
  }

  Origin origin(String customer) {
    return Origin.of(
        new EventKey("web", "key-" + ++keys),
        new CustomerAddress(WEB, customer),
        new CustomerProfile(customer, customer, Locale.ENGLISH, Set.of()));
  }

  DeskEvent joined(long conversation, Participant agent) {
    return joined(conversation, DESK, agent);
  }

  DeskEvent joined(long conversation, PortId at, Participant agent) {
    return new DeskEvent.AgentJoined(new ConversationId(conversation), Optional.empty(), at, agent);
  }

  DeskEvent declined(long conversation, PortId by, String reason) {
    return new DeskEvent.DeskDeclined(
        new ConversationId(conversation), Optional.empty(), by, reason);
  }

  DeskEvent says(long conversation, Participant agent, String text) {
    return new DeskEvent.AgentWrote(
        new ConversationId(conversation),
        Optional.of(new EventKey("relay", "key-" + ++keys)),
        agent,
        Optional.empty(),
        MessageBody.text(text));
  }

  // Observations

  Conversation conversation(long id) {
    return memory.read(queries -> queries.conversation(new ConversationId(id))).orElseThrow();
  }

  Lane lane(long conversation, Destination destination) {
    LaneKey key = new LaneKey(new ConversationId(conversation), destination);
    return memory.read(queries -> queries.lane(key)).orElseThrow();
  }

  List<Lane> parkedLanes() {
    return memory.read(queries -> queries.parkedLanes(Optional.empty(), 10));
  }

  List<DeliveryFailure> failures(LaneKey lane) {
    return memory.read(queries -> queries.failures(lane, 20));
  }

  /** Returns the far side's id of the entry at that position in that lane. */
  Optional<String> externalId(LaneKey lane, long sequence) {
    return memory
        .read(queries -> queries.laneEntry(lane, sequence))
        .orElseThrow()
        .externalId();
  }

  List<Conversation> conversationsIn(ConversationState state) {
    return memory.read(
        queries -> queries.conversations(ConversationFilter.in(state), Optional.empty(), 10));
  }

  /** Returns the texts shown to customers, oldest first. */
  List<String> textsToCustomers() {
    return customers.shown().stream()
        .filter(Outbound.Message.class::isInstance)
        .map(what -> ((Outbound.Message) what).body().text())
        .toList();
  }

  /** Returns the names of those whose messages were shown to customers, oldest message first. */
  List<String> authorsToCustomers() {
    return customers.shown().stream()
        .filter(Outbound.Message.class::isInstance)
        .map(what -> ((Outbound.Message) what).author().displayName())
        .toList();
  }

  /** Returns the texts of the changes of earlier messages that customers have seen. */
  List<String> editsToCustomers() {
    return customers.shown().stream()
        .filter(Outbound.Edit.class::isInstance)
        .map(what -> ((Outbound.Edit) what).text())
        .toList();
  }

  @Override
  public void committed(int group, Duration took, Set<ConversationId> changed) {
    works += group;
  }

  /** Returns the reasons in the reports of failed deliveries that were shown at the desk. */
  List<String> notices() {
    return desk.shown().stream()
        .filter(DeskOutbound.Message.class::isInstance)
        .map(what -> ((DeskOutbound.Message) what).body().text())
        .filter(text -> text.startsWith(NOT_REACHED))
        .map(text -> text.substring(NOT_REACHED.length()))
        .toList();
  }

  @Override
  public void portDown(PortId port, String reason) {
    seen.add("down " + port + ": " + reason);
  }

  @Override
  public void portUp(PortId port) {
    seen.add("up " + port);
  }

  @Override
  public void parked(PortId port, LaneKey lane, String reason) {
    seen.add("parked " + lane + ": " + reason);
  }

  @Override
  public void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {
    seen.add("moved " + conversation + " from " + from + " to " + to + ": " + reason);
  }

  @Override
  public void fenced(LaneKey lane) {
    seen.add("fenced " + lane);
  }

  @Override
  public void overloaded() {
    seen.add("overloaded");
  }

  @Override
  public void refused(String eventType, Refusal refusal) {
    seen.add("refused " + refusal.code());
  }

  @Override
  public void rated(PortId channel, int score) {
    scores.add(channel + ": " + score);
  }

  @Override
  public void clockJumped(Duration by) {
    seen.add("clock jumped");
  }

  @Override
  public void broken(String where, Throwable cause) {
    seen.add("broken " + where);
  }

  private final class FakeChannel implements Channel {
    @Override
    public PortId id() {
      return WEB;
    }

    @Override
    public Capabilities capabilities() {
      return capabilities;
    }

    @Override
    public void start(Inbox inbox) {
      // The test submits events itself.
    }

    @Override
    public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
      return reach.apply(lastWrote);
    }

    @Override
    public Optional<TypingIndicator> typingIndicator() {
      return Optional.of(new TypingIndicator() {
        @Override
        public void show(CustomerAddress to) {
          showTyping.run();
          typing.add("to " + to.key());
        }

        @Override
        public Duration pause() {
          return Duration.ofSeconds(8);
        }
      });
    }

    @Override
    public DeliveryResult deliver(Delivery delivery) {
      return customers.deliver(delivery.id(), delivery.what());
    }

    @Override
    public LookUp lookUp(Delivery delivery) {
      return customers.lookUp(delivery.id());
    }

    @Override
    public Health health() {
      return Health.up();
    }

    @Override
    public void stop() {
      // Nothing to stop.
    }
  }

  private record FakeDesk(PortId id, FakeSide side, List<String> typing) implements AgentDesk {
    @Override
    public void customerTypes(ConversationId conversation) {
      typing.add("at " + id + " in " + conversation);
    }

    @Override
    public void start(Inbox inbox) {
      // The test submits events itself.
    }

    @Override
    public DeliveryResult deliver(DeskDelivery delivery) {
      return side.deliver(delivery.id(), delivery.what());
    }

    @Override
    public LookUp lookUp(DeskDelivery delivery) {
      return side.lookUp(delivery.id());
    }

    @Override
    public boolean hasTeam() {
      return id.equals(DESK);
    }

    @Override
    public Health health() {
      return Health.up();
    }

    @Override
    public void stop() {
      // Nothing to stop.
    }
  }

  private final class FakeAnnouncer implements Announcer {
    @Override
    public PortId id() {
      return NEWS;
    }

    @Override
    public Set<Topic> topics() {
      return topics;
    }

    @Override
    public DeliveryResult publish(Announcement announcement) {
      return news.deliver(announcement.id(), announcement.title());
    }

    @Override
    public LookUp lookUp(Announcement announcement) {
      return news.lookUp(announcement.id());
    }

    @Override
    public DeliveryResult update(Announcement card, String externalId) {
      SupportCase shown = card.supportCase().orElseThrow();
      cards.add(externalId + " " + card.title() + " " + shown.status()
          + shown.merge().map(merge -> " into " + merge.into()).orElse(""));
      return DeliveryResult.delivered();
    }
  }

  private final class FakeRobot implements VirtualAgent {
    @Override
    public String displayName(Locale locale) {
      return "Robot";
    }

    @Override
    public Answer answer(Turn turn) {
      return robot.apply(turn);
    }
  }
}
