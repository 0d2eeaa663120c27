package dev.relay.jdbc;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import dev.relay.jdbc.file.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes each change to its table. */
final class JdbcTransaction extends JdbcQueries implements Transaction {
  private static final String NEXT =
      "update counter set value = value + 1 where name = ? returning value";

  private final LeaseTable leases;
  private final Remembered remembered;

  JdbcTransaction(Session session, ReadableRows readable) {
    this(session, readable, new Remembered());
  }

  private JdbcTransaction(Session session, ReadableRows readable, Remembered remembered) {
    super(session, readable, remembered);
    this.remembered = remembered;
    this.leases = new LeaseTable(session);
  }

  /** Begins the next transaction of the session, which has begun in the database. */
  JdbcTransaction begun() {
    remembered.begin(session);
    return this;
  }

  @Override
  public void prefetch(Needs needs) {
    seen.prefetch(needs.events());
    conversations.prefetch(needs.addresses(), needs.conversations());
    customers.prefetch(
        needs.people(),
        needs.conversations().stream()
            .flatMap(id -> remembered.conversation(id).stream())
            .map(Conversation::customer)
            .toList());
  }

  @Override
  public void flush() {
    session.flush();
  }

  @Override
  public ConversationId newConversationId() {
    return new ConversationId(next("conversation"));
  }

  @Override
  public CustomerId newCustomerId() {
    return new CustomerId(next("customer"));
  }

  @Override
  public CaseNumber newCaseNumber() {
    return new CaseNumber(next("case"));
  }

  private long next(String counter) {
    return session
        .first(NEXT, row -> row.getLong(1), counter)
        .orElseThrow(() -> new StoreException("the database has no counter " + counter));
  }

  @Override
  public Conversation save(Conversation conversation) {
    return conversations.save(conversation);
  }

  @Override
  public void save(Customer customer) {
    customers.save(customer);
  }

  @Override
  public SupportCase save(SupportCase supportCase) {
    return cases.save(supportCase);
  }

  @Override
  public void save(Team.Queue queue) {
    teams.save(queue);
  }

  @Override
  public void save(Team.Presence presence) {
    teams.save(presence);
  }

  @Override
  public void save(Team.Mention mention) {
    mentions.save(mention);
  }

  @Override
  public void addHistory(List<CaseHistoryEntry> history) {
    cases.addHistory(history);
  }

  @Override
  public Scheduled save(Scheduled wanted) {
    return scheduled.save(wanted);
  }

  @Override
  public Planned save(Planned wanted) {
    return planned.save(wanted);
  }

  @Override
  public CaseNote addNote(CaseNumber number, Participant author, Instant at, String text) {
    CaseNote note = new CaseNote(next("note"), number, author, at, text);
    cases.addNote(note);
    return note;
  }

  @Override
  public void moveNotes(CaseNumber from, CaseNumber to) {
    cases.moveNotes(from, to);
  }

  @Override
  public boolean markSeen(EventKey key, Receipt receipt, Instant at) {
    return seen.mark(key, receipt, at);
  }

  @Override
  public int forgetSeen(Instant before, int limit) {
    return seen.forget(before, limit);
  }

  @Override
  public void savePosition(CustomerAddress address, String position, Instant at) {
    conversations.savePosition(address, position, at);
  }

  @Override
  public TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at) {
    if (port.isPresent() == (destination == Destination.RECORD)) {
      throw new IllegalArgumentException(
          "an entry has a port, save for the record: " + destination + " came with " + port);
    }
    long sequence =
        port.isPresent() ? lanes.append(new LaneKey(conversation, destination), port.get(), at) : 0;
    TranscriptEntry entry =
        messages.insert(conversation, destination, sequence, at, content, sourceId);
    if (content instanceof EntryContent.Said said) {
      for (AttachmentRef ref : said.body().attachments()) {
        JdbcAttachments.reference(session, ref.id());
        messages.attach(ref.id(), entry.id());
      }
    }
    return entry;
  }

  @Override
  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    return lanes.claim(port, now, leaseEnd, owner, Sql.bounded(limit));
  }

  @Override
  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    return laneMoves.settle(lane, epoch, sequence, settlement, now);
  }

  @Override
  public boolean retry(LaneKey lane, Participant actor, Instant now) {
    return laneMoves.retry(lane, actor, now);
  }

  @Override
  public boolean skip(LaneKey lane, Participant actor, Instant now) {
    return laneMoves.skip(lane, actor, now);
  }

  @Override
  public boolean takeLease(String name, String owner, Instant now, Instant until) {
    return leases.take(name, owner, now, until);
  }

  @Override
  public void giveUpLease(String name, String owner) {
    leases.giveUp(name, owner);
  }

  @Override
  public boolean makeDue(LaneKey lane, PortId port, Instant at) {
    return laneMoves.makeDue(lane, port, at);
  }

  @Override
  public int makeDue(PortId port, Instant now, Duration spread, int limit) {
    return laneMoves.makeDue(port, now, spread, Sql.bounded(limit));
  }

  @Override
  public void drop(LaneKey lane) {
    laneMoves.drop(lane);
  }
}
