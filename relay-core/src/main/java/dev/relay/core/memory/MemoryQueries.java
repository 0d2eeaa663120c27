package dev.relay.core.memory;

import dev.relay.core.cases.CaseStatus;
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
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The queries on one state of the store. */
class MemoryQueries implements Queries {
  private static final int MAX_LIST = 1_000;

  final State state;

  MemoryQueries(State state) {
    this.state = state;
  }

  @Override
  public Optional<Conversation> conversation(ConversationId id) {
    return Optional.ofNullable(state.conversations.get(id.value()));
  }

  @Override
  public Optional<Conversation> activeConversation(CustomerAddress address) {
    return Optional.ofNullable(state.active.get(address)).map(this::conversationOf);
  }

  @Override
  public Optional<Conversation> latestConversation(
      CustomerAddress address, Optional<ConversationId> before) {
    long below = before.map(ConversationId::value).orElse(Long.MAX_VALUE);
    return keys(
            state.conversationsAt.downFrom(new Keys.AtAddress(address, below - 1)),
            key -> key.address().equals(address),
            1)
        .stream()
        .map(place -> conversationOf(place.id()))
        .findFirst();
  }

  @Override
  public List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit) {
    return new ConversationSearch(state, filter).page(after, bounded(limit));
  }

  @Override
  public List<Conversation> waitingWithin(
      Team.Scope scope, Optional<WaitingPlace> after, int limit) {
    Iterable<Map.Entry<Keys.Timed, Long>> rest = after
        .map(place -> new Keys.Timed(place.turn(), place.conversation().value() + 1))
        .map(state.waitingByTime::from)
        .orElseGet(state.waitingByTime::ascending);
    List<Conversation> found = new ArrayList<>();
    for (Map.Entry<Keys.Timed, Long> each : rest) {
      if (found.size() == bounded(limit)) {
        break;
      }
      Conversation conversation = conversationOf(each.getKey().id());
      if (scope.sees(conversation.queue())) {
        found.add(conversation);
      }
    }
    return found;
  }

  @Override
  public Map<QueueName, Map<ConversationState, Long>> openByQueue() {
    Map<QueueName, Map<ConversationState, Long>> counts = new HashMap<>();
    for (Map.Entry<CustomerAddress, Long> each : state.active.ascending()) {
      Conversation open = conversationOf(each.getValue());
      counts
          .computeIfAbsent(open.queue(), queue -> new EnumMap<>(ConversationState.class))
          .merge(open.state(), 1L, Long::sum);
    }
    return counts;
  }

  @Override
  public List<Team.Queue> queues() {
    List<Team.Queue> all = new ArrayList<>();
    for (Map.Entry<String, Team.Queue> each : state.queues.ascending()) {
      all.add(each.getValue());
    }
    return all;
  }

  @Override
  public List<Team.Member> members() {
    Map<String, Long> load = liveByAgent();
    waitingConversations(waiting -> waiting.offering().current().isPresent(), Integer.MAX_VALUE)
        .forEach(it -> ((Handling.Waiting) it.handling())
            .offering()
            .current()
            .ifPresent(offer -> load.merge(offer.agent(), 1L, Long::sum)));
    return MemoryAccounts.all(state).stream()
        .map(account -> new Team.Member(
            account.asParticipant(),
            account.takesPart(),
            account.capacity(),
            load.getOrDefault(account.username(), 0L),
            Optional.ofNullable(state.presences.get(account.username()))
                .orElseGet(() -> Team.Presence.unknown(account.username()))))
        .toList();
  }

  @Override
  public List<Team.Mention> mentions(String agent, long after, int limit) {
    return Optional.ofNullable(state.mentions.get(agent)).orElse(List.of()).stream()
        .filter(mention -> mention.id() > after)
        .limit(bounded(limit))
        .toList();
  }

  @Override
  public List<Team.Member> unsettledMembers() {
    return members().stream().filter(Team.Member::isUnsettled).toList();
  }

  @Override
  public List<Conversation> offered(int limit) {
    return waitingConversations(
            waiting -> waiting.offering().current().isPresent(), Integer.MAX_VALUE)
        .stream()
        .sorted(Comparator.comparing(conversation -> conversation.id().value()))
        .limit(bounded(limit))
        .toList();
  }

  @Override
  public List<Conversation> unoffered(Set<QueueName> queues, int limit) {
    return waitingConversations(
        waiting ->
            queues.contains(waiting.queue()) && waiting.offering().current().isEmpty(),
        bounded(limit));
  }

  private List<Conversation> waitingConversations(Predicate<Handling.Waiting> which, int limit) {
    List<Conversation> found = new ArrayList<>();
    for (Map.Entry<Keys.Timed, Long> each : state.waitingByTime.ascending()) {
      if (found.size() == limit) {
        break;
      }
      Conversation conversation = conversationOf(each.getKey().id());
      if (conversation.handling() instanceof Handling.Waiting waiting && which.test(waiting)) {
        found.add(conversation);
      }
    }
    return found;
  }

  @Override
  public Map<ConversationState, Long> openConversations() {
    Map<ConversationState, Long> counts = new EnumMap<>(ConversationState.class);
    for (ConversationState each : ConversationState.values()) {
      if (each != ConversationState.CLOSED) {
        Long count = state.countIn.get(each);
        counts.put(each, count == null ? 0 : count);
      }
    }
    return counts;
  }

  @Override
  public Map<String, Long> liveByAgent() {
    Map<String, Long> counts = new TreeMap<>();
    for (Keys.InState place : keys(
        state.conversationsIn.from(new Keys.InState(ConversationState.LIVE, 0)),
        key -> key.state() == ConversationState.LIVE,
        Integer.MAX_VALUE)) {
      if (conversationOf(place.id()).handling() instanceof Handling.Live live) {
        counts.merge(live.agent().id(), 1L, Long::sum);
      }
    }
    return counts;
  }

  @Override
  public int waitingBefore(QueueName queue, Instant turn, ConversationId waiting) {
    int count = 0;
    for (Keys.InQueue place : waitingIn(queue.value())) {
      if (place.since().isAfter(turn)) {
        break;
      }
      boolean before = place.since().isBefore(turn) || place.id() < waiting.value();
      if (before && place.id() != waiting.value()) {
        count++;
      }
    }
    return count;
  }

  @Override
  public int waitingIn(QueueName queue, ConversationId except) {
    int count = 0;
    for (Keys.InQueue place : waitingIn(queue.value())) {
      count += place.id() == except.value() ? 0 : 1;
    }
    return count;
  }

  @Override
  public Optional<Integer> queuePosition(ConversationId waiting) {
    Conversation conversation = state.conversations.get(waiting.value());
    if (conversation == null || !(conversation.handling() instanceof Handling.Waiting handling)) {
      return Optional.empty();
    }
    int position = 1;
    for (Keys.InQueue place : waitingIn(handling.queue().value())) {
      if (place.id() == waiting.value()) {
        break;
      }
      position++;
    }
    return Optional.of(position);
  }

  private List<Keys.InQueue> waitingIn(String queue) {
    return keys(
        state.waiting.from(new Keys.InQueue(queue, Instant.MIN, 0)),
        key -> key.queue().equals(queue),
        Integer.MAX_VALUE);
  }

  @Override
  public List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit) {
    return entries(keys(
        state.entriesOf.from(new Keys.Owned(id.value(), after.value() + 1)),
        key -> key.owner() == id.value(),
        bounded(limit)));
  }

  @Override
  public List<TranscriptEntry> latestEntries(ConversationId id, EntryId upTo, int limit) {
    List<Keys.Owned> newestFirst = keys(
        state.entriesOf.downFrom(new Keys.Owned(id.value(), upTo.value())),
        key -> key.owner() == id.value(),
        bounded(limit));
    List<Keys.Owned> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return entries(oldestFirst);
  }

  @Override
  public List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit) {
    List<TranscriptEntry> all = new ArrayList<>();
    for (Keys.AtAddress place : keys(
        state.conversationsAt.from(new Keys.AtAddress(address, 0)),
        key -> key.address().equals(address),
        Integer.MAX_VALUE)) {
      all.addAll(transcript(new ConversationId(place.id()), after, limit));
    }
    all.sort(Comparator.comparingLong(entry -> entry.id().value()));
    return List.copyOf(all.subList(0, Math.min(all.size(), bounded(limit))));
  }

  @Override
  public boolean isShown(String attachment, CustomerAddress address) {
    Set<EntryId> holders = new HashSet<>();
    for (Keys.AtAddress place : keys(
        state.conversationsAt.from(new Keys.AtAddress(address, 0)),
        key -> key.address().equals(address),
        Integer.MAX_VALUE)) {
      List<Keys.Owned> all = keys(
          state.entriesOf.from(new Keys.Owned(place.id(), 0)),
          key -> key.owner() == place.id(),
          Integer.MAX_VALUE);
      for (TranscriptEntry entry : entries(all)) {
        if (entry.content() instanceof EntryContent.Said said
            && said.body().attachments().stream().anyMatch(ref -> ref.id().equals(attachment))) {
          holders.add(entry.id());
        } else if (entry.content() instanceof EntryContent.Deleted deleted) {
          holders.remove(deleted.target());
        }
      }
    }
    return !holders.isEmpty();
  }

  @Override
  public Optional<TranscriptEntry> entry(EntryId id) {
    return Optional.ofNullable(state.entries.get(id.value()));
  }

  @Override
  public Optional<TranscriptEntry> entryBySource(
      ConversationId conversation, Side side, String sourceId) {
    return Optional.ofNullable(
            state.entriesBySource.get(new Keys.Named(conversation.value(), side, sourceId)))
        .map(this::entryOf);
  }

  @Override
  public List<TranscriptEntry> announcements(EntryId after, int limit) {
    return transcript(LaneKey.ANNOUNCEMENTS.conversation(), after, limit);
  }

  @Override
  public Optional<Customer> customer(CustomerId id) {
    return Optional.ofNullable(state.customers.get(id.value()));
  }

  @Override
  public List<Customer> sameCustomers(CustomerId id) {
    return state.sameCustomers(id).stream()
        .flatMap(each -> Optional.ofNullable(state.customers.get(each)).stream())
        .toList();
  }

  @Override
  public Optional<Customer> customer(PortId channel, String externalId) {
    return Optional.ofNullable(
            state.customersByExternalId.get(new Keys.ExternalCustomer(channel, externalId)))
        .map(id -> present(state.customers.get(id)));
  }

  @Override
  public Optional<SupportCase> supportCase(CaseNumber number) {
    return Optional.ofNullable(state.cases.get(number.value()));
  }

  @Override
  public List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit) {
    return new CaseSearch(state, filter).page(after, bounded(limit));
  }

  @Override
  public Search.Found search(Search search) {
    return new WordSearch(state, search).found();
  }

  @Override
  public Optional<SupportCase> latestCase(CustomerId customer) {
    return new CaseSearch(state, CaseFilter.of(customer)).latest();
  }

  @Override
  public List<CaseNote> notes(CaseNumber number, int limit) {
    return values(
        state.notes.from(new Keys.Owned(number.value(), 0)),
        key -> key.owner() == number.value(),
        bounded(limit));
  }

  @Override
  public List<CaseHistoryEntry> history(CaseNumber number, int limit) {
    return values(
        state.history.from(new Keys.Owned(number.value(), 0)),
        key -> key.owner() == number.value(),
        bounded(limit));
  }

  @Override
  public Optional<Receipt> seen(EventKey key) {
    return Optional.ofNullable(state.seen.get(key)).map(State.Seen::receipt);
  }

  @Override
  public Optional<Lane> lane(LaneKey key) {
    return Optional.ofNullable(state.lanes.get(key)).map(HeldLane::lane);
  }

  @Override
  public List<Lane> lanes(ConversationId conversation) {
    List<HeldLane> found = values(
        state.lanes.from(new LaneKey(conversation, Destination.RECORD)),
        key -> key.conversation().equals(conversation),
        MAX_LIST);
    return mapped(found, HeldLane::lane);
  }

  @Override
  public List<Lane> parkedLanes(Optional<LaneKey> after, int limit) {
    Iterable<Map.Entry<LaneKey, Long>> rest =
        after.map(state.parked::from).orElseGet(state.parked::ascending);
    List<LaneKey> found = new ArrayList<>();
    for (Map.Entry<LaneKey, Long> each : rest) {
      if (found.size() == bounded(limit)) {
        break;
      }
      if (!after.equals(Optional.of(each.getKey()))) {
        found.add(each.getKey());
      }
    }
    return mapped(found, key -> present(state.lanes.get(key)).lane());
  }

  @Override
  public List<Lane> parkedLanes(PortId port, String reason, Optional<LaneKey> after, int limit) {
    List<Lane> found = new ArrayList<>();
    for (Map.Entry<LaneKey, Long> each :
        after.map(state.parked::from).orElseGet(state.parked::ascending)) {
      Lane lane = present(state.lanes.get(each.getKey())).lane();
      if (found.size() == bounded(limit)) {
        break;
      }
      if (!after.equals(Optional.of(lane.key()))
          && lane.port().equals(port)
          && lane.lastError().orElse("").contains(reason)) {
        found.add(lane);
      }
    }
    return found;
  }

  @Override
  public List<Lane> parkedLanesAt(CustomerAddress address, int limit) {
    List<Lane> found = new ArrayList<>();
    for (Map.Entry<LaneKey, Long> each : state.parked.ascending()) {
      Conversation conversation =
          state.conversations.get(each.getKey().conversation().value());
      if (conversation != null && conversation.address().equals(address)) {
        found.add(present(state.lanes.get(each.getKey())).lane());
      }
    }
    return found.stream()
        .sorted(Comparator.comparing((Lane lane) -> lane.key().conversation().value())
            .reversed()
            .thenComparing(lane -> lane.key().destination()))
        .limit(bounded(limit))
        .toList();
  }

  @Override
  public List<LeftOut> leftOut(ConversationId conversation, int limit) {
    List<LeftOut> found = new ArrayList<>();
    for (Map.Entry<Keys.Place, DeliveryFailure> each :
        state.failures.from(new Keys.Place(new LaneKey(conversation, Destination.RECORD), 0, 0))) {
      LaneKey lane = each.getKey().lane();
      DeliveryFailure failure = each.getValue();
      if (!lane.conversation().equals(conversation) || found.size() == bounded(limit)) {
        break;
      }
      if (failure.outcome() == DeliveryFailure.Outcome.FAILED
          || failure.outcome() == DeliveryFailure.Outcome.SKIPPED) {
        found.add(new LeftOut(lane, failure.sequence(), failure.outcome(), failure.reason()));
      }
    }
    return found;
  }

  @Override
  public Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence) {
    return Optional.ofNullable(state.laneEntries.get(new Keys.Place(lane, sequence, 0)))
        .map(this::entryOf);
  }

  @Override
  public List<DeliveryFailure> failures(LaneKey lane, int limit) {
    return values(
        state.failures.downFrom(new Keys.Place(lane, Long.MAX_VALUE, 0)),
        key -> key.lane().equals(lane),
        bounded(limit));
  }

  @Override
  public List<Backlog> backlogs() {
    return new BacklogCount(state).all();
  }

  @Override
  public Optional<Instant> nextLaneDue(PortId port, Instant now) {
    return new DueLanes(state, port).next(now);
  }

  @Override
  public long parkedCount() {
    long count = 0;
    for (Map.Entry<LaneKey, Long> unused : state.parked.ascending()) {
      count++;
    }
    return count;
  }

  @Override
  public Optional<String> position(CustomerAddress address) {
    return Optional.ofNullable(state.positions.get(address)).map(State.Position::value);
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    List<ChannelPosition> found = new ArrayList<>();
    List<Map.Entry<CustomerAddress, State.Position>> others = new ArrayList<>();
    for (Map.Entry<CustomerAddress, State.Position> each : state.positions.ascending()) {
      if (!each.getKey().channel().equals(channel)) {
        continue;
      }
      if (state.active.contains(each.getKey())) {
        found.add(new ChannelPosition(each.getKey(), each.getValue().value()));
      } else {
        others.add(each);
      }
    }
    others.sort(Comparator.comparing(
        (Map.Entry<CustomerAddress, State.Position> it) -> it.getValue().at(),
        Comparator.reverseOrder()));
    others.stream()
        .limit(RECENT_POSITIONS)
        .map(it -> new ChannelPosition(it.getKey(), it.getValue().value()))
        .forEach(found::add);
    return found;
  }

  @Override
  public List<ConversationId> conversationsDue(Instant now, int limit) {
    return mapped(
        keys(state.conversationTimers.ascending(), key -> !key.at().isAfter(now), bounded(limit)),
        key -> new ConversationId(key.id()));
  }

  @Override
  public List<CaseNumber> casesDue(Instant now, int limit) {
    return mapped(
        keys(state.caseTimers.ascending(), key -> !key.at().isAfter(now), bounded(limit)),
        key -> new CaseNumber(key.id()));
  }

  @Override
  public Optional<Scheduled> scheduled(long id) {
    return Optional.ofNullable(state.scheduled.get(id));
  }

  @Override
  public List<Scheduled> scheduledFor(CustomerId customer, int limit) {
    return state.sameCustomers(customer).stream()
        .flatMap(each -> values(
            state.scheduledOf.downFrom(new Keys.Owned(each, Long.MAX_VALUE)),
            key -> key.owner() == each,
            bounded(limit))
            .stream())
        .map(id -> present(state.scheduled.get(id)))
        .sorted(Comparator.comparingLong(Scheduled::id).reversed())
        .limit(bounded(limit))
        .toList();
  }

  @Override
  public List<Long> scheduledDue(Instant now, int limit) {
    return mapped(
        keys(state.scheduledTimers.ascending(), key -> !key.at().isAfter(now), bounded(limit)),
        Keys.Timed::id);
  }

  @Override
  public Optional<Planned> plannedAnnouncement(long id) {
    return Optional.ofNullable(state.planned.get(id));
  }

  @Override
  public List<Planned> plannedAnnouncements(int limit) {
    return mapped(
        keys(state.planned.descending(), key -> true, bounded(limit)),
        key -> present(state.planned.get(key)));
  }

  @Override
  public List<Long> announcementsDue(Instant now, int limit) {
    return mapped(
        keys(state.plannedTimers.ascending(), key -> !key.at().isAfter(now), bounded(limit)),
        Keys.Timed::id);
  }

  @Override
  public List<ConversationId> conversationsAhead(Instant after, int limit) {
    return mapped(
        keys(state.conversationTimers.descending(), key -> key.at().isAfter(after), bounded(limit)),
        key -> new ConversationId(key.id()));
  }

  @Override
  public List<CaseNumber> casesAhead(Instant after, int limit) {
    return keys(state.caseTimers.descending(), key -> key.at().isAfter(after), Integer.MAX_VALUE)
        .stream()
        .map(key -> present(state.cases.get(key.id())))
        .filter(it -> it.status() == CaseStatus.SOLVED || it.status() == CaseStatus.PENDING)
        .limit(bounded(limit))
        .map(SupportCase::number)
        .toList();
  }

  @Override
  public Optional<Instant> nextTimer() {
    List<Keys.Timed> next = new ArrayList<>();
    next.addAll(keys(state.conversationTimers.ascending(), key -> true, 1));
    next.addAll(keys(state.caseTimers.ascending(), key -> true, 1));
    next.addAll(keys(state.scheduledTimers.ascending(), key -> true, 1));
    next.addAll(keys(state.plannedTimers.ascending(), key -> true, 1));
    return next.stream().map(Keys.Timed::at).min(Comparator.naturalOrder());
  }

  Conversation conversationOf(long id) {
    return present(state.conversations.get(id));
  }

  TranscriptEntry entryOf(long id) {
    return present(state.entries.get(id));
  }

  private List<TranscriptEntry> entries(List<Keys.Owned> keys) {
    return mapped(keys, key -> entryOf(key.id()));
  }

  static int bounded(int limit) {
    return Math.max(0, Math.min(limit, MAX_LIST));
  }

  static <K, V> List<K> keys(Iterable<Map.Entry<K, V>> rest, Predicate<K> inRange, int limit) {
    return walked(rest, inRange, limit, Map.Entry::getKey);
  }

  static <K, V> List<V> values(Iterable<Map.Entry<K, V>> rest, Predicate<K> inRange, int limit) {
    return walked(rest, inRange, limit, Map.Entry::getValue);
  }

  private static <K, V, T> List<T> walked(
      Iterable<Map.Entry<K, V>> rest,
      Predicate<K> inRange,
      int limit,
      Function<Map.Entry<K, V>, T> part) {
    List<T> found = new ArrayList<>();
    for (Map.Entry<K, V> each : rest) {
      if (found.size() == limit || !inRange.test(each.getKey())) {
        break;
      }
      found.add(part.apply(each));
    }
    return found;
  }

  static <A, B> List<B> mapped(List<A> from, Function<A, B> how) {
    List<B> to = new ArrayList<>(from.size());
    for (A each : from) {
      to.add(how.apply(each));
    }
    return to;
  }

  /** Returns a value that an index points to, which must exist. */
  static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value, "an index points at nothing");
  }
}
