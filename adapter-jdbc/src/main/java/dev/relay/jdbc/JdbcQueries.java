package dev.relay.jdbc;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.LeftOut;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.Backlog;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.core.team.Team;
import dev.relay.jdbc.file.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Passes each query to its table. */
class JdbcQueries implements Queries {
  final Session session;
  final ConversationTable conversations;
  final CustomerTable customers;
  final CaseTable cases;
  final MessageTable messages;
  final LaneTable lanes;
  final LaneMoves laneMoves;
  final SeenTable seen;
  final ScheduledTable scheduled;
  final PlannedTable planned;
  final TeamTable teams;
  final MentionTable mentions;
  private final ReadableRows readable;

  JdbcQueries(Session session, ReadableRows readable) {
    this(session, readable, new Remembered());
  }

  JdbcQueries(Session session, ReadableRows readable, Remembered remembered) {
    this.session = session;
    this.readable = readable;
    this.conversations = new ConversationTable(session, readable, remembered);
    this.customers = new CustomerTable(session, readable, remembered);
    this.cases = new CaseTable(session, readable);
    this.messages = new MessageTable(session, remembered);
    this.lanes = new LaneTable(session, remembered);
    this.laneMoves = new LaneMoves(session, messages, remembered);
    this.seen = new SeenTable(session, remembered);
    this.scheduled = new ScheduledTable(session, readable);
    this.planned = new PlannedTable(session, readable);
    this.teams = new TeamTable(session);
    this.mentions = new MentionTable(session, readable);
  }

  @Override
  public Optional<Conversation> conversation(ConversationId id) {
    return conversations.find(id);
  }

  @Override
  public Optional<Conversation> activeConversation(CustomerAddress address) {
    return conversations.active(address);
  }

  @Override
  public Optional<Conversation> latestConversation(
      CustomerAddress address, Optional<ConversationId> before) {
    return conversations.latest(address, before);
  }

  @Override
  public List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit) {
    return conversations.search(filter, after, limit);
  }

  @Override
  public List<Conversation> waitingWithin(
      Team.Scope scope, Optional<WaitingPlace> after, int limit) {
    return conversations.waiting(scope, after, limit);
  }

  @Override
  public Map<QueueName, Map<ConversationState, Long>> openByQueue() {
    return conversations.countByQueue();
  }

  @Override
  public List<Team.Queue> queues() {
    return teams.queues();
  }

  @Override
  public List<Team.Member> members() {
    return teams.members(conversations.countLoad());
  }

  @Override
  public List<Team.Member> unsettledMembers() {
    return teams.isAnyoneUnsettled()
        ? members().stream().filter(Team.Member::isUnsettled).toList()
        : List.of();
  }

  @Override
  public List<Conversation> offered(int limit) {
    return conversations.offered(limit);
  }

  @Override
  public List<Conversation> unoffered(Set<QueueName> queues, int limit) {
    return conversations.unoffered(queues, limit);
  }

  @Override
  public List<Team.Mention> mentions(String agent, long after, int limit) {
    return mentions.of(agent, after, limit);
  }

  @Override
  public Map<ConversationState, Long> openConversations() {
    return conversations.countOpen();
  }

  @Override
  public Map<String, Long> liveByAgent() {
    return conversations.countLive();
  }

  @Override
  public int waitingIn(QueueName queue, ConversationId except) {
    return conversations.countWaiting(queue, except);
  }

  @Override
  public int waitingBefore(QueueName queue, Instant turn, ConversationId waiting) {
    return conversations.countWaitingBefore(queue, turn, waiting);
  }

  @Override
  public Optional<Integer> queuePosition(ConversationId waiting) {
    return conversations.queuePosition(waiting);
  }

  @Override
  public List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit) {
    return messages.after(id, after, limit);
  }

  @Override
  public List<TranscriptEntry> latestEntries(ConversationId id, EntryId upTo, int limit) {
    return messages.latest(id, upTo, limit);
  }

  @Override
  public List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit) {
    return messages.atAddress(address, after, limit);
  }

  @Override
  public boolean isShown(String attachment, CustomerAddress address) {
    return messages.isShown(attachment, address);
  }

  @Override
  public Optional<TranscriptEntry> entry(EntryId id) {
    return messages.find(id);
  }

  @Override
  public Optional<TranscriptEntry> entryBySource(
      ConversationId conversation, Side side, String sourceId) {
    return messages.bySource(conversation, side, sourceId);
  }

  @Override
  public List<TranscriptEntry> announcements(EntryId after, int limit) {
    return messages.after(LaneKey.ANNOUNCEMENTS.conversation(), after, limit);
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return customers.find(id);
  }

  @Override
  public List<Customer> sameCustomers(CustomerId id) {
    return customers.findSame(id);
  }

  @Override
  public Optional<Customer> customer(PortId channel, String externalId) {
    return customers.find(channel, externalId);
  }

  @Override
  public Optional<SupportCase> supportCase(CaseNumber number) {
    return cases.find(number);
  }

  @Override
  public List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit) {
    return cases.search(filter, after, limit);
  }

  @Override
  public Search.Found search(Search search) {
    return new WordSearch(session, readable, search).found();
  }

  @Override
  public Optional<SupportCase> latestCase(CustomerId customer) {
    return cases.latest(customer);
  }

  @Override
  public List<CaseNote> notes(CaseNumber number, int limit) {
    return cases.notes(number, limit);
  }

  @Override
  public List<CaseHistoryEntry> history(CaseNumber number, int limit) {
    return cases.history(number, limit);
  }

  @Override
  public Optional<Receipt> seen(EventKey key) {
    return seen.find(key);
  }

  @Override
  public Optional<Lane> lane(LaneKey key) {
    return lanes.find(key);
  }

  @Override
  public List<Lane> lanes(ConversationId conversation) {
    return lanes.of(conversation);
  }

  @Override
  public List<Lane> parkedLanes(Optional<LaneKey> after, int limit) {
    return lanes.parked(after, limit);
  }

  @Override
  public List<Lane> parkedLanes(PortId port, String reason, Optional<LaneKey> after, int limit) {
    return lanes.parked(port, reason, after, limit);
  }

  @Override
  public List<Lane> parkedLanesAt(CustomerAddress address, int limit) {
    return lanes.parkedAt(address, limit);
  }

  @Override
  public List<LeftOut> leftOut(ConversationId conversation, int limit) {
    return laneMoves.leftOut(conversation, limit);
  }

  @Override
  public Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence) {
    return messages.inLane(lane, sequence);
  }

  @Override
  public List<DeliveryFailure> failures(LaneKey lane, int limit) {
    return laneMoves.failures(lane, limit);
  }

  @Override
  public List<Backlog> backlogs() {
    return lanes.backlogs();
  }

  @Override
  public Optional<Instant> nextLaneDue(PortId port, Instant now) {
    return lanes.nextDue(port, now);
  }

  @Override
  public long parkedCount() {
    return lanes.countParked();
  }

  @Override
  public Optional<String> position(CustomerAddress address) {
    return conversations.position(address);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return conversations.positions(channel);
  }

  @Override
  public List<ConversationId> conversationsDue(Instant now, int limit) {
    return conversations.due(now, limit);
  }

  @Override
  public List<CaseNumber> casesDue(Instant now, int limit) {
    return cases.due(now, limit);
  }

  @Override
  public Optional<Scheduled> scheduled(long id) {
    return scheduled.find(id);
  }

  @Override
  public List<Scheduled> scheduledFor(CustomerId customer, int limit) {
    return scheduled.ofCustomer(customer, limit);
  }

  @Override
  public List<Long> scheduledDue(Instant now, int limit) {
    return scheduled.due(now, limit);
  }

  @Override
  public Optional<Planned> plannedAnnouncement(long id) {
    return planned.find(id);
  }

  @Override
  public List<Planned> plannedAnnouncements(int limit) {
    return planned.latest(limit);
  }

  @Override
  public List<Long> announcementsDue(Instant now, int limit) {
    return planned.due(now, limit);
  }

  @Override
  public List<ConversationId> conversationsAhead(Instant after, int limit) {
    return conversations.ahead(after, limit);
  }

  @Override
  public List<CaseNumber> casesAhead(Instant after, int limit) {
    return cases.ahead(after, limit);
  }

  @Override
  public Optional<Instant> nextTimer() {
    return Stream.of(
            conversations.nextTimer(),
            cases.nextTimer(),
            scheduled.nextTimer(),
            planned.nextTimer())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
