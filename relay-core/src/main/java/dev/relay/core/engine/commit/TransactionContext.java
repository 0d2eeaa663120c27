package dev.relay.core.engine.commit;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Context;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.EntryRef;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The context of one decision, read from the transaction in which it is made. */
final class TransactionContext implements Context {
  static final int RECENT = 50;
  private static final int RECENT_CASES = 10;
  private static final Set<CaseStatus> NOT_CLOSED =
      Set.of(CaseStatus.NEW, CaseStatus.OPEN, CaseStatus.PENDING, CaseStatus.SOLVED);

  private final Transaction transaction;
  private final Surroundings surroundings;
  private final Conversation conversation;
  private final Customer customer;
  private final Instant now;

  TransactionContext(
      Transaction transaction,
      Surroundings surroundings,
      Conversation conversation,
      Customer customer,
      Instant now) {
    this.transaction = transaction;
    this.surroundings = surroundings;
    this.conversation = conversation;
    this.customer = customer;
    this.now = now;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ConversationPolicy policy() {
    return surroundings.settings().conversations();
  }

  @Override
  public CasePolicy casePolicy() {
    return surroundings.settings().cases();
  }

  @Override
  public Customer customer() {
    return customer;
  }

  @Override
  public boolean isSameCustomer(CustomerId other) {
    return other.equals(customer.id())
        || transaction
            .customer(other)
            .filter(it -> it.head().equals(customer.head()))
            .isPresent();
  }

  @Override
  public Optional<SupportCase> supportCase() {
    return conversation.supportCase().flatMap(transaction::remainingCase);
  }

  @Override
  public Optional<Scheduled> scheduled(long id) {
    return transaction.scheduled(id);
  }

  @Override
  public Set<NoticeKind> caseNotices() {
    return surroundings.settings().caseNotices();
  }

  @Override
  public Optional<SupportCase> supportCase(CaseNumber number) {
    return transaction.remainingCase(number);
  }

  @Override
  public List<SupportCase> recentCases() {
    CaseFilter filter = new CaseFilter(
        NOT_CLOSED,
        Optional.of(CaseKind.SUPPORT),
        Optional.of(customer.id()),
        Optional.empty(),
        Optional.empty());
    return transaction.cases(filter, Optional.empty(), RECENT_CASES);
  }

  @Override
  public Optional<Integer> queuePosition() {
    return transaction.queuePosition(conversation.id());
  }

  @Override
  public CaseNumber newCaseNumber() {
    return transaction.newCaseNumber();
  }

  @Override
  public int waitingBefore(QueueName queue, Instant turn) {
    return transaction.waitingBefore(queue, turn, conversation.id());
  }

  @Override
  public PortId deskFor(QueueName queue) {
    return surroundings.deskFor(queue);
  }

  @Override
  public Optional<PortId> fallbackDesk() {
    return surroundings.settings().fallbackDesk();
  }

  @Override
  public boolean isStaffed(QueueName queue) {
    return surroundings.settings().isStaffed(queue, now);
  }

  @Override
  public Team team() {
    return transaction.team();
  }

  @Override
  public Optional<PortId> teamDesk() {
    return surroundings.teamDesk();
  }

  @Override
  public Set<QueueName> queues() {
    return surroundings.queues(transaction);
  }

  @Override
  public NoticeTexts texts() {
    return surroundings.notices();
  }

  @Override
  public Participant virtualAgent() {
    return surroundings.virtualAgentIn(conversation.locale());
  }

  @Override
  public PortId virtualAgentPort() {
    return Surroundings.VIRTUAL_AGENT;
  }

  @Override
  public Optional<PortId> announcerOf(Topic topic) {
    return surroundings.announcerOf(topic);
  }

  @Override
  public Optional<TranscriptEntry> find(EntryRef ref, Side side) {
    if (conversation.isNew()) {
      return Optional.empty();
    }
    if (ref instanceof EntryRef.ById byId) {
      return transaction
          .entry(byId.id())
          .filter(entry -> entry.conversation().equals(conversation.id()))
          .filter(entry -> Side.ofEntryFor(entry.destination()) == side);
    }
    return transaction.entryBySource(conversation.id(), side, ((EntryRef.BySource) ref).sourceId());
  }

  @Override
  public List<TranscriptEntry> recentEntries() {
    return conversation.isNew() ? List.of() : transaction.latestEntries(conversation.id(), RECENT);
  }

  @Override
  public List<TranscriptEntry> earlierEntries() {
    return transaction
        .latestConversation(
            conversation.address(),
            conversation.isNew() ? Optional.empty() : Optional.of(conversation.id()))
        .map(earlier -> transaction.latestEntries(earlier.id(), RECENT))
        .orElse(List.of());
  }
}
