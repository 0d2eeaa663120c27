package dev.relay.testkit.simulation;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.CaseNote;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.ChannelPosition;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Backlog;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Claim;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.DeliveryFailure;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Settled;
import dev.relay.core.store.Settlement;
import dev.relay.core.store.Transaction;
import dev.relay.core.store.WaitingPlace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transaction that hands everything on to another one, for those that change a little of it. Used by one thread. */
class ForwardingTransaction implements Transaction {
  private final Transaction target;

  ForwardingTransaction(Transaction target) {
    this.target = target;
  }

  @Override
  public Optional<Conversation> conversation(ConversationId id) {
    return target.conversation(id);
  }

  @Override
  public Optional<Conversation> activeConversation(CustomerAddress address) {
    return target.activeConversation(address);
  }

  @Override
  public List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit) {
    return target.conversations(filter, after, limit);
  }

  @Override
  public List<Conversation> waiting(Optional<WaitingPlace> after, int limit) {
    return target.waiting(after, limit);
  }

  @Override
  public Map<ConversationState, Long> openConversations() {
    return target.openConversations();
  }

  @Override
  public Map<String, Long> liveByAgent() {
    return target.liveByAgent();
  }

  @Override
  public int waitingIn(QueueName queue, ConversationId except) {
    return target.waitingIn(queue, except);
  }

  @Override
  public Optional<Integer> queuePosition(ConversationId waiting) {
    return target.queuePosition(waiting);
  }

  @Override
  public List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit) {
    return target.transcript(id, after, limit);
  }

  @Override
  public List<TranscriptEntry> latestEntries(ConversationId id, int limit) {
    return target.latestEntries(id, limit);
  }

  @Override
  public List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit) {
    return target.transcriptAt(address, after, limit);
  }

  @Override
  public Optional<TranscriptEntry> entry(EntryId id) {
    return target.entry(id);
  }

  @Override
  public Optional<TranscriptEntry> entryBySource(
      ConversationId conversation, Side side, String sourceId) {
    return target.entryBySource(conversation, side, sourceId);
  }

  @Override
  public List<TranscriptEntry> announcements(EntryId after, int limit) {
    return target.announcements(after, limit);
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return target.customer(id);
  }

  @Override
  public Optional<Customer> customer(PortId channel, String externalId) {
    return target.customer(channel, externalId);
  }

  @Override
  public Optional<SupportCase> supportCase(CaseNumber number) {
    return target.supportCase(number);
  }

  @Override
  public List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit) {
    return target.cases(filter, after, limit);
  }

  @Override
  public Optional<SupportCase> latestCase(CustomerId customer) {
    return target.latestCase(customer);
  }

  @Override
  public List<CaseNote> notes(CaseNumber number, int limit) {
    return target.notes(number, limit);
  }

  @Override
  public List<CaseHistoryEntry> history(CaseNumber number, int limit) {
    return target.history(number, limit);
  }

  @Override
  public Optional<Receipt> seen(EventKey key) {
    return target.seen(key);
  }

  @Override
  public Optional<Lane> lane(LaneKey key) {
    return target.lane(key);
  }

  @Override
  public List<Lane> lanes(ConversationId conversation) {
    return target.lanes(conversation);
  }

  @Override
  public List<Lane> parkedLanes(Optional<LaneKey> after, int limit) {
    return target.parkedLanes(after, limit);
  }

  @Override
  public Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence) {
    return target.laneEntry(lane, sequence);
  }

  @Override
  public List<DeliveryFailure> failures(LaneKey lane, int limit) {
    return target.failures(lane, limit);
  }

  @Override
  public List<Backlog> backlogs() {
    return target.backlogs();
  }

  @Override
  public Optional<Instant> nextLaneDue(PortId port) {
    return target.nextLaneDue(port);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return target.positions(channel);
  }

  @Override
  public List<ConversationId> conversationsDue(Instant now, int limit) {
    return target.conversationsDue(now, limit);
  }

  @Override
  public List<CaseNumber> casesDue(Instant now, int limit) {
    return target.casesDue(now, limit);
  }

  @Override
  public Optional<Instant> nextTimer() {
    return target.nextTimer();
  }

  @Override
  public ConversationId newConversationId() {
    return target.newConversationId();
  }

  @Override
  public CustomerId newCustomerId() {
    return target.newCustomerId();
  }

  @Override
  public CaseNumber newCaseNumber() {
    return target.newCaseNumber();
  }

  @Override
  public Conversation save(Conversation conversation) {
    return target.save(conversation);
  }

  @Override
  public void save(Customer customer) {
    target.save(customer);
  }

  @Override
  public SupportCase save(SupportCase supportCase) {
    return target.save(supportCase);
  }

  @Override
  public void addHistory(List<CaseHistoryEntry> history) {
    target.addHistory(history);
  }

  @Override
  public CaseNote addNote(CaseNumber number, Participant author, Instant at, String text) {
    return target.addNote(number, author, at, text);
  }

  @Override
  public boolean markSeen(EventKey key, Receipt receipt, Instant at) {
    return target.markSeen(key, receipt, at);
  }

  @Override
  public int forgetSeen(Instant before, int limit) {
    return target.forgetSeen(before, limit);
  }

  @Override
  public void savePosition(CustomerAddress address, String position, Instant at) {
    target.savePosition(address, position, at);
  }

  @Override
  public boolean takeLease(String name, String owner, Instant now, Instant until) {
    return target.takeLease(name, owner, now, until);
  }

  @Override
  public void giveUpLease(String name, String owner) {
    target.giveUpLease(name, owner);
  }

  @Override
  public TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at) {
    return target.append(conversation, destination, port, content, sourceId, at);
  }

  @Override
  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    return target.claim(port, now, leaseEnd, owner, limit);
  }

  @Override
  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    return target.settle(lane, epoch, sequence, settlement, now);
  }

  @Override
  public boolean retry(LaneKey lane, Participant actor, Instant now) {
    return target.retry(lane, actor, now);
  }

  @Override
  public boolean skip(LaneKey lane, Participant actor, Instant now) {
    return target.skip(lane, actor, now);
  }

  @Override
  public void drop(LaneKey lane) {
    target.drop(lane);
  }
}
