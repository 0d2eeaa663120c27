package dev.relay.core.memory;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Handling;
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
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A transaction that changes its own copy of the state. */
final class MemoryTransaction extends MemoryQueries implements Transaction {
  /** The notes that are moved at once. */
  private static final int MAX_NOTES = 100;

  private final Lanes lanes;

  MemoryTransaction(State state) {
    super(state);
    this.lanes = new Lanes(state);
  }

  @Override
  public ConversationId newConversationId() {
    return new ConversationId(++state.lastConversation);
  }

  @Override
  public CustomerId newCustomerId() {
    return new CustomerId(++state.lastCustomer);
  }

  @Override
  public CaseNumber newCaseNumber() {
    return new CaseNumber(++state.lastCase);
  }

  @Override
  public Conversation save(Conversation conversation) {
    Conversation before = state.conversations.get(conversation.id().value());
    checkVersion(
        "conversation " + conversation.id(),
        before == null ? 0 : before.version(),
        conversation.version());
    boolean open = conversation.state() != ConversationState.CLOSED;
    Long active = state.active.get(conversation.address());
    if (open && active != null && active != conversation.id().value()) {
      throw new StoreException.BadData("conversation " + conversation.id()
          + " cannot be open: conversation " + active + " at the same address is");
    }
    Conversation saved = conversation.withVersion(conversation.version() + 1);
    if (before != null) {
      forget(before);
    }
    remember(saved);
    return saved;
  }

  private void remember(Conversation saved) {
    long id = saved.id().value();
    state.conversations = state.conversations.put(id, saved);
    state.conversationsAt = state.conversationsAt.put(new Keys.AtAddress(saved.address(), id), id);
    state.conversationsOf =
        state.conversationsOf.put(new Keys.Owned(saved.customer().value(), id), id);
    state.conversationsIn = state.conversationsIn.put(new Keys.InState(saved.state(), id), id);
    count(saved.state(), 1);
    if (saved.state() != ConversationState.CLOSED) {
      state.active = state.active.put(saved.address(), id);
    }
    if (saved.handling() instanceof Handling.Waiting waiting) {
      state.waiting = state.waiting.put(placeInQueue(waiting, id), id);
      state.waitingByTime = state.waitingByTime.put(new Keys.Timed(waiting.turn(), id), id);
    }
    if (saved.wakeAt().isPresent()) {
      state.conversationTimers =
          state.conversationTimers.put(new Keys.Timed(saved.wakeAt().get(), id), id);
    }
  }

  private void forget(Conversation before) {
    long id = before.id().value();
    state.conversationsAt = state.conversationsAt.remove(new Keys.AtAddress(before.address(), id));
    state.conversationsOf =
        state.conversationsOf.remove(new Keys.Owned(before.customer().value(), id));
    state.conversationsIn = state.conversationsIn.remove(new Keys.InState(before.state(), id));
    count(before.state(), -1);
    if (before.state() != ConversationState.CLOSED) {
      state.active = state.active.remove(before.address());
    }
    if (before.handling() instanceof Handling.Waiting waiting) {
      state.waiting = state.waiting.remove(placeInQueue(waiting, id));
      state.waitingByTime = state.waitingByTime.remove(new Keys.Timed(waiting.turn(), id));
    }
    if (before.wakeAt().isPresent()) {
      state.conversationTimers =
          state.conversationTimers.remove(new Keys.Timed(before.wakeAt().get(), id));
    }
  }

  private static Keys.InQueue placeInQueue(Handling.Waiting waiting, long id) {
    return new Keys.InQueue(waiting.queue().value(), waiting.turn(), id);
  }

  private void count(ConversationState which, long change) {
    Long before = state.countIn.get(which);
    state.countIn = state.countIn.put(which, (before == null ? 0 : before) + change);
  }

  @Override
  public void save(Customer customer) {
    Keys.ExternalCustomer external =
        new Keys.ExternalCustomer(customer.channel(), customer.externalId());
    Long known = state.customersByExternalId.get(external);
    if (known != null && known != customer.id().value()) {
      throw new StoreException.BadData(
          "customer " + customer.id() + " is known to the channel already as customer " + known);
    }
    Customer before = state.customers.get(customer.id().value());
    if (before != null) {
      state.customersByExternalId = state.customersByExternalId.remove(
          new Keys.ExternalCustomer(before.channel(), before.externalId()));
      state.mergedCustomers = state.mergedCustomers.remove(merged(before));
    }
    if (customer.merge().isPresent()) {
      state.mergedCustomers =
          state.mergedCustomers.put(merged(customer), customer.id().value());
    }
    state.customersByExternalId =
        state.customersByExternalId.put(external, customer.id().value());
    state.customers = state.customers.put(customer.id().value(), customer);
  }

  private static Keys.Owned merged(Customer customer) {
    return new Keys.Owned(customer.head().value(), customer.id().value());
  }

  @Override
  public SupportCase save(SupportCase supportCase) {
    long number = supportCase.number().value();
    SupportCase before = state.cases.get(number);
    checkVersion(
        "case " + supportCase.number(),
        before == null ? 0 : before.version(),
        supportCase.version());
    if (before != null) {
      state.casesOf = state.casesOf.remove(new Keys.Owned(before.customer().value(), number));
      if (before.wakeAt().isPresent()) {
        state.caseTimers =
            state.caseTimers.remove(new Keys.Timed(before.wakeAt().get(), number));
      }
    }
    SupportCase saved = supportCase.withVersion(supportCase.version() + 1);
    state.cases = state.cases.put(number, saved);
    state.casesOf = state.casesOf.put(new Keys.Owned(saved.customer().value(), number), number);
    if (saved.wakeAt().isPresent()) {
      state.caseTimers = state.caseTimers.put(new Keys.Timed(saved.wakeAt().get(), number), number);
    }
    return saved;
  }

  @Override
  public void save(Team.Queue queue) {
    state.queues = state.queues.put(queue.name().value(), queue);
  }

  @Override
  public void save(Team.Presence presence) {
    state.presences = state.presences.put(presence.agent(), presence);
  }

  @Override
  public void save(Team.Mention mention) {
    Team.Mention saved = mention.id() == 0 ? mention.withId(++state.lastMention) : mention;
    List<Team.Mention> all = new ArrayList<>(List.of(saved));
    mentions(mention.agent(), 0, Team.Mention.MOST).stream()
        .filter(it -> it.id() != saved.id())
        .forEach(all::add);
    all.sort(Comparator.comparingLong(Team.Mention::id).reversed());
    state.mentions = state.mentions.put(
        mention.agent(), List.copyOf(all.subList(0, Math.min(all.size(), Team.Mention.MOST))));
  }

  private static void checkVersion(String what, long stored, long given) {
    if (stored != given) {
      throw new StoreException(what + " has version " + stored + " in the store, not " + given);
    }
  }

  @Override
  public void addHistory(List<CaseHistoryEntry> history) {
    for (CaseHistoryEntry each : history) {
      state.history =
          state.history.put(new Keys.Owned(each.supportCase().value(), ++state.lastHistory), each);
    }
  }

  @Override
  public Scheduled save(Scheduled scheduled) {
    Scheduled saved = scheduled.id() == 0 ? scheduled.withId(++state.lastScheduled) : scheduled;
    Keys.Timed timer = new Keys.Timed(saved.at(), saved.id());
    state.scheduled = state.scheduled.put(saved.id(), saved);
    state.scheduledOf =
        state.scheduledOf.put(new Keys.Owned(saved.customer().value(), saved.id()), saved.id());
    state.scheduledTimers = saved.state() == Scheduled.State.WAITING
        ? state.scheduledTimers.put(timer, saved.id())
        : state.scheduledTimers.remove(timer);
    return saved;
  }

  @Override
  public Planned save(Planned planned) {
    Planned saved = planned.id() == 0 ? planned.withId(++state.lastPlanned) : planned;
    Keys.Timed timer = new Keys.Timed(saved.at(), saved.id());
    state.planned = state.planned.put(saved.id(), saved);
    state.plannedTimers = saved.state() == Planned.State.WAITING
        ? state.plannedTimers.put(timer, saved.id())
        : state.plannedTimers.remove(timer);
    return saved;
  }

  @Override
  public CaseNote addNote(CaseNumber number, Participant author, Instant at, String text) {
    CaseNote note = new CaseNote(++state.lastNote, number, author, at, text);
    state.notes = state.notes.put(new Keys.Owned(number.value(), note.id()), note);
    return note;
  }

  @Override
  public void moveNotes(CaseNumber from, CaseNumber to) {
    List<CaseNote> next = notes(from, MAX_NOTES);
    while (!next.isEmpty()) {
      for (CaseNote each : next) {
        CaseNote moved = new CaseNote(each.id(), to, each.author(), each.at(), each.text());
        state.notes = state
            .notes
            .remove(new Keys.Owned(from.value(), each.id()))
            .put(new Keys.Owned(to.value(), each.id()), moved);
      }
      next = notes(from, MAX_NOTES);
    }
  }

  @Override
  public boolean markSeen(EventKey key, Receipt receipt, Instant at) {
    if (state.seen.contains(key)) {
      return false;
    }
    state.seen = state.seen.put(key, new State.Seen(receipt, at));
    state.seenByTime = state.seenByTime.put(new Keys.SeenAt(at, key), 0L);
    return true;
  }

  @Override
  public int forgetSeen(Instant before, int limit) {
    List<Keys.SeenAt> old =
        keys(state.seenByTime.ascending(), key -> key.at().isBefore(before), limit);
    for (Keys.SeenAt each : old) {
      state.seenByTime = state.seenByTime.remove(each);
      state.seen = state.seen.remove(each.key());
    }
    return old.size();
  }

  @Override
  public void savePosition(CustomerAddress address, String position, Instant at) {
    state.positions = state.positions.put(address, new State.Position(position, at));
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
    long id = ++state.lastEntry;
    long sequence = 0;
    if (port.isPresent()) {
      LaneKey lane = new LaneKey(conversation, destination);
      sequence = lanes.append(lane, port.get(), at);
      state.laneEntries = state.laneEntries.put(new Keys.Place(lane, sequence, 0), id);
    }
    TranscriptEntry entry = new TranscriptEntry(
        new EntryId(id),
        conversation,
        destination,
        sequence,
        at,
        content,
        sourceId,
        Optional.empty());
    state.entries = state.entries.put(id, entry);
    state.entriesOf = state.entriesOf.put(new Keys.Owned(conversation.value(), id), id);
    Side side = Side.ofEntryFor(destination);
    sourceId.ifPresent(
        source -> indexSource(new Keys.Named(conversation.value(), side, source), id));
    if (content instanceof EntryContent.Said said) {
      said.body().attachments().forEach(ref -> indexAttachment(ref.id(), id));
    }
    return entry;
  }

  private void indexAttachment(String attachment, long entry) {
    state.referenced = state.referenced.put(attachment, entry);
  }

  private void indexSource(Keys.Named source, long id) {
    @Nullable Long first = state.entriesBySource.get(source);
    if (first == null) {
      state.entriesBySource = state.entriesBySource.put(source, id);
    }
  }

  @Override
  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    return lanes.claim(port, now, leaseEnd, bounded(limit));
  }

  @Override
  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    return lanes.settle(lane, epoch, sequence, settlement, now);
  }

  @Override
  public boolean retry(LaneKey lane, Participant actor, Instant now) {
    return lanes.retry(lane, actor, now);
  }

  @Override
  public boolean skip(LaneKey lane, Participant actor, Instant now) {
    return lanes.skip(lane, actor, now);
  }

  @Override
  public boolean takeLease(String name, String owner, Instant now, Instant until) {
    State.@Nullable Lease held = state.leases.get(name);
    if (held != null
        && !held.owner().equals(owner)
        && now.isBefore(held.until())
        && !held.until().isAfter(until.plus(Duration.between(now, until)))) {
      return false;
    }
    state.leases = state.leases.put(name, new State.Lease(owner, until));
    return true;
  }

  @Override
  public void giveUpLease(String name, String owner) {
    State.@Nullable Lease held = state.leases.get(name);
    if (held != null && held.owner().equals(owner)) {
      state.leases = state.leases.remove(name);
    }
  }

  @Override
  public boolean makeDue(LaneKey lane, PortId port, Instant at) {
    return lanes.makeDue(lane, port, at);
  }

  @Override
  public int makeDue(PortId port, Instant now, Duration spread, int limit) {
    return lanes.makeDue(port, now, spread, bounded(limit));
  }

  @Override
  public void drop(LaneKey lane) {
    lanes.drop(lane);
  }
}
