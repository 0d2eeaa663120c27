package dev.relay.core.conversation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.Route;
import dev.relay.core.team.Team;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A small world for tests of decisions: one customer, two live agents, and the changes of each test. */
final class Situations implements Context {
  static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
  static final PortId WEB = new PortId("web");
  static final PortId DESK = new PortId("relay");
  static final CustomerAddress ADDRESS = new CustomerAddress(WEB, "session-1");
  static final CustomerProfile PROFILE =
      new CustomerProfile("session-1", "Ada", Locale.ENGLISH, Set.of());
  static final PortId ANNOUNCER = new PortId("news");
  static final PortId FALLBACK = new PortId("other");
  static final Participant BEA = Participant.agent("bea", "Bea");
  static final Participant CARL = Participant.agent("carl", "Carl");
  static final ConversationId ID = new ConversationId(17);
  static final CaseNumber CASE = new CaseNumber(1042);

  Instant now = START;
  Customer customer = new Customer(
      new CustomerId(5),
      WEB,
      "session-1",
      "Ada",
      Locale.ENGLISH,
      Set.of(),
      Optional.empty(),
      START);
  Optional<SupportCase> supportCase = Optional.empty();
  Optional<SupportCase> latestCase = Optional.empty();
  Optional<PortId> fallbackDesk = Optional.empty();
  Set<Topic> topics = Set.of();
  boolean staffed = true;
  Team team = Team.NONE;
  Set<QueueName> queues = Set.of(QueueName.DEFAULT, new QueueName("vip"));
  int othersWaiting;
  Set<NoticeKind> caseNotices = Settings.CASE_NOTICES;
  Optional<Scheduled> scheduled = Optional.empty();
  final List<TranscriptEntry> earlier = new ArrayList<>();
  final List<TranscriptEntry> entries = new ArrayList<>();
  private long nextCase = CASE.value();
  private int nextKey;

  // Conversations

  static Conversation fresh() {
    return Conversation.begin(
        ID, new CustomerId(5), ADDRESS, Locale.ENGLISH, Route.FALLBACK, START);
  }

  static Conversation fresh(Route route) {
    return Conversation.begin(ID, new CustomerId(5), ADDRESS, Locale.ENGLISH, route, START);
  }

  static Conversation bot() {
    return fresh().withVersion(1);
  }

  Conversation waiting() {
    return next(bot(), pressed(dev.relay.core.message.Button.TALK_TO_PERSON));
  }

  Conversation live() {
    return next(waiting(), joined(BEA));
  }

  Conversation closed() {
    return next(live(), ended(BEA, CaseStatus.SOLVED));
  }

  /** Decides, keeps the saved case, and returns the next conversation. */
  Conversation next(Conversation conversation, Event event) {
    Decision.Applied applied = apply(conversation, event);
    return applied.next().withVersion(conversation.version() + 1);
  }

  Decision.Applied apply(Conversation conversation, Event event) {
    Decision decision = conversation.decide(event, this);
    if (!(decision instanceof Decision.Applied applied)) {
      throw new AssertionError("refused: " + decision);
    }
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.SaveScheduled save) {
        scheduled = Optional.of(save.scheduled().withId(7));
      }
      if (effect instanceof Effect.SaveCase save) {
        supportCase = Optional.of(save.supportCase());
        latestCase = supportCase;
      }
    }
    return applied;
  }

  void remember(EntryId id, Participant author, String sourceId) {
    entries.add(new TranscriptEntry(
        id,
        ID,
        Destination.RECORD,
        0,
        now,
        new EntryContent.Said(author, MessageBody.text("earlier words")),
        Optional.of(sourceId),
        Optional.empty()));
  }

  void later(Duration duration) {
    now = now.plus(duration);
  }

  SupportCase aCase(CaseStatus status) {
    boolean solved = status == CaseStatus.SOLVED || status == CaseStatus.CLOSED;
    return new SupportCase(
        new CaseNumber(1007),
        CaseKind.SUPPORT,
        status,
        CasePriority.NORMAL,
        "An earlier matter",
        "",
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.empty(),
        customer.id(),
        List.of(new ConversationId(3)),
        Optional.empty(),
        START.minus(Duration.ofDays(1)),
        START.minus(Duration.ofHours(2)),
        solved ? Optional.of(START.minus(Duration.ofHours(2))) : Optional.empty(),
        Optional.empty(),
        4);
  }

  // Events

  Origin origin() {
    nextKey++;
    return Origin.of(new EventKey("web", "key-" + nextKey), ADDRESS, PROFILE);
  }

  CustomerEvent wrote(String text) {
    return new CustomerEvent.CustomerWrote(
        origin(), Optional.of("m" + nextKey), MessageBody.text(text));
  }

  CustomerEvent pressed(dev.relay.core.message.Button button) {
    return new CustomerEvent.CustomerPressed(origin(), button);
  }

  CustomerEvent edited(String sourceId, String text) {
    return new CustomerEvent.CustomerEdited(origin(), sourceId, text);
  }

  CustomerEvent deleted(String sourceId) {
    return new CustomerEvent.CustomerDeleted(origin(), sourceId);
  }

  CustomerEvent notReached(String reason) {
    return new CustomerEvent.CustomerNotReached(origin(), reason);
  }

  CustomerEvent noted(String text) {
    return new CustomerEvent.CustomerNoted(origin(), MessageBody.text(text));
  }

  CustomerEvent customerEnds() {
    return new CustomerEvent.CustomerEnded(origin());
  }

  CustomerEvent rated(int score) {
    return new CustomerEvent.CustomerRated(origin(), ID, score);
  }

  CustomerEvent filed(CaseKind kind, String subject, String description) {
    return new CustomerEvent.CaseFiled(
        origin(), kind, subject, description, Map.of("platform", "PC"));
  }

  static DeskEvent joined(Participant agent) {
    return joinedAt(DESK, agent);
  }

  static DeskEvent joinedAt(PortId desk, Participant agent) {
    return new DeskEvent.AgentJoined(ID, Optional.empty(), desk, agent);
  }

  static DeskEvent agentWrote(Participant agent, String text) {
    return new DeskEvent.AgentWrote(
        ID, Optional.empty(), agent, Optional.empty(), MessageBody.text(text));
  }

  static DeskEvent.AgentWroteFirst wroteFirst(
      Participant agent, Optional<CaseNumber> about, String text) {
    return new DeskEvent.AgentWroteFirst(
        ID, Optional.empty(), DESK, agent, about, Optional.empty(), MessageBody.text(text));
  }

  static DeskEvent left(Participant agent) {
    return new DeskEvent.AgentLeft(ID, Optional.empty(), agent);
  }

  static DeskEvent whispered(Participant agent, String text) {
    return new DeskEvent.AgentWhispered(ID, Optional.empty(), agent, text);
  }

  static DeskEvent colleagueJoined(Participant agent) {
    return new DeskEvent.ColleagueJoined(ID, Optional.empty(), agent);
  }

  static DeskEvent colleagueLeft(Participant agent) {
    return new DeskEvent.ColleagueLeft(ID, Optional.empty(), agent);
  }

  static DeskEvent toQueue(Participant by, String queue) {
    return toQueue(by, false, queue, "");
  }

  static DeskEvent toQueue(Participant by, boolean supervises, String queue, String note) {
    return new DeskEvent.AgentTransferred(
        ID,
        Optional.empty(),
        by,
        supervises,
        new DeskEvent.AgentTransferred.ToQueue(new QueueName(queue)),
        note);
  }

  static DeskEvent toAgent(Participant by, String agent) {
    return new DeskEvent.AgentTransferred(
        ID, Optional.empty(), by, false, new DeskEvent.AgentTransferred.ToAgent(agent), "");
  }

  static DeskEvent ended(Participant agent, CaseStatus caseStatus) {
    return new DeskEvent.AgentEnded(ID, Optional.empty(), agent, caseStatus);
  }

  static DeskEvent replacedBy(PortId desk, Participant agent) {
    return new DeskEvent.AgentReplaced(ID, Optional.empty(), desk, agent);
  }

  static DeskEvent said(PortId desk, String text) {
    return new DeskEvent.DeskSaid(ID, Optional.empty(), desk, MessageBody.text(text));
  }

  static DeskEvent declined() {
    return declinedBy(DESK);
  }

  static DeskEvent declinedBy(PortId desk) {
    return declinedBy(desk, "no agents");
  }

  static DeskEvent declinedBy(PortId desk, String reason) {
    return new DeskEvent.DeskDeclined(ID, Optional.empty(), desk, reason);
  }

  static EngineEvent answered(Answer answer) {
    return new EngineEvent.VirtualAgentAnswered(ID, new EntryId(1), answer);
  }

  static EngineEvent down(PortId desk) {
    return new EngineEvent.DeskDown(ID, desk, "401: token refused");
  }

  static EngineEvent handoffFailed() {
    return new EngineEvent.HandoffFailed(ID, "the desk did not answer");
  }

  static EngineEvent timer() {
    return new EngineEvent.TimerDue(ID);
  }

  static EngineEvent reminder(SupportCase supportCase) {
    return new EngineEvent.CaseReminderDue(ID, supportCase);
  }

  // Parts of a decision

  static List<NoticeKind> noticesToCustomer(Decision.Applied applied) {
    return contentsTo(Destination.CUSTOMER, applied).stream()
        .filter(EntryContent.Notified.class::isInstance)
        .map(content -> ((EntryContent.Notified) content).notice().kind())
        .toList();
  }

  static List<EntryContent> contentsTo(Destination destination, Decision.Applied applied) {
    return applied.effects().stream()
        .filter(
            effect -> effect instanceof Effect.Append append && append.destination() == destination)
        .map(effect -> ((Effect.Append) effect).content())
        .toList();
  }

  // The context

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ConversationPolicy policy() {
    return ConversationPolicy.DEFAULT;
  }

  @Override
  public CasePolicy casePolicy() {
    return CasePolicy.DEFAULT;
  }

  @Override
  public Customer customer() {
    return customer;
  }

  @Override
  public Optional<SupportCase> supportCase() {
    return supportCase;
  }

  @Override
  public Optional<Scheduled> scheduled(long id) {
    return scheduled.filter(it -> it.id() == id);
  }

  @Override
  public Set<NoticeKind> caseNotices() {
    return caseNotices;
  }

  @Override
  public List<TranscriptEntry> earlierEntries() {
    return earlier;
  }

  @Override
  public boolean isSameCustomer(CustomerId other) {
    return other.equals(customer.id());
  }

  @Override
  public Optional<SupportCase> supportCase(CaseNumber number) {
    return Stream.of(supportCase, latestCase)
        .flatMap(Optional::stream)
        .filter(it -> it.number().equals(number))
        .findFirst();
  }

  @Override
  public List<SupportCase> recentCases() {
    return latestCase.stream().filter(it -> it.status() != CaseStatus.CLOSED).toList();
  }

  @Override
  public Optional<Integer> queuePosition() {
    return Optional.of(othersWaiting + 1);
  }

  @Override
  public CaseNumber newCaseNumber() {
    return new CaseNumber(nextCase++);
  }

  @Override
  public int waitingBefore(QueueName queue, Instant turn) {
    return othersWaiting;
  }

  @Override
  public PortId deskFor(QueueName queue) {
    return DESK;
  }

  @Override
  public Optional<PortId> fallbackDesk() {
    return fallbackDesk;
  }

  @Override
  public boolean isStaffed(QueueName queue) {
    return staffed;
  }

  @Override
  public Team team() {
    return team;
  }

  @Override
  public Optional<PortId> teamDesk() {
    return Optional.of(DESK);
  }

  @Override
  public Set<QueueName> queues() {
    return queues;
  }

  @Override
  public NoticeTexts texts() {
    return NoticeTexts.shipped();
  }

  @Override
  public Participant virtualAgent() {
    return new Participant(Participant.Role.VIRTUAL_AGENT, "virtual-agent", "Assistant");
  }

  @Override
  public PortId virtualAgentPort() {
    return new PortId("virtual-agent");
  }

  @Override
  public Optional<PortId> announcerOf(Topic topic) {
    return topics.contains(topic) ? Optional.of(ANNOUNCER) : Optional.empty();
  }

  @Override
  public Optional<TranscriptEntry> find(EntryRef ref, Side side) {
    return entries.stream()
        .filter(entry -> Side.ofEntryFor(entry.destination()) == side)
        .filter(entry -> ref instanceof EntryRef.ById byId
            ? entry.id().equals(byId.id())
            : entry.sourceId().equals(Optional.of(((EntryRef.BySource) ref).sourceId())))
        .findFirst();
  }

  @Override
  public List<TranscriptEntry> recentEntries() {
    return entries;
  }
}
