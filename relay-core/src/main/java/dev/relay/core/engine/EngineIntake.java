package dev.relay.core.engine;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EngineCore;
import dev.relay.core.engine.commit.EventApplier;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.routing.RuleBook.FirstWords;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The intake in front of the committer: bounded, and closed before the engine stops. */
final class EngineIntake implements Intake {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private static final int MAX_POSITION = 200;

  private static final int PAGE = 500;

  private static final int MOST_SHOWN = 200;

  private final Store store;
  private final Committer committer;
  private final EventApplier applier;
  private final RelayObserver observer;
  private final int limit;
  private final Set<PortId> desks;
  private final Reachability reachability;
  private final TypingSignals typing;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  EngineIntake(EngineCore core, Ports ports, TypingSignals typing) {
    this.store = core.store();
    this.committer = core.committer();
    this.applier = core.applier();
    this.observer = core.observer();
    this.limit = core.settings().intakeLimit();
    this.desks = ports.desks().stream().map(AgentDesk::id).collect(Collectors.toSet());
    this.typing = typing;
    this.reachability = new Reachability(store, ports.channels(), observer);
  }

  @Override
  public CompletableFuture<IntakeResult> submit(Event event) {
    if (closed) {
      return CompletableFuture.completedFuture(new IntakeResult.Overloaded(RETRY_AFTER));
    }
    Optional<IntakeResult> refused = unknownDesk(event).or(() -> outOfReach(event));
    if (refused.isPresent()) {
      return CompletableFuture.completedFuture(refused.get());
    }
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      observer.overloaded();
      return CompletableFuture.completedFuture(new IntakeResult.Overloaded(RETRY_AFTER));
    }
    // Strangers choose the words, and everybody waits for the committer: they are prepared here.
    FirstWords words = FirstWords.of(
        event instanceof CustomerEvent.CustomerWrote wrote ? wrote.body().text() : "");
    return committer
        .submit(
            EventApplier.needsOf(event),
            (transaction, changes) -> applier.apply(event, words, transaction, changes))
        .handle((result, failure) -> {
          waiting.decrementAndGet();
          return failure == null ? result : afterFailure(failure);
        });
  }

  /** Refuses an event that names an unregistered desk: the customer's messages to that desk would never be delivered. */
  private Optional<IntakeResult> unknownDesk(Event event) {
    Optional<PortId> named = Optional.empty();
    if (event instanceof DeskEvent.AgentJoined joined) {
      named = Optional.of(joined.desk());
    } else if (event instanceof DeskEvent.AgentWroteFirst first) {
      named = Optional.of(first.desk());
    } else if (event instanceof DeskEvent.AgentReplaced replaced) {
      named = Optional.of(replaced.desk());
    } else if (event instanceof DeskEvent.DeskSaid said) {
      named = Optional.of(said.desk());
    } else if (event instanceof DeskEvent.AgentTookOver tookOver) {
      named = Optional.of(tookOver.desk());
    } else if (event instanceof DeskEvent.DeskDeclined declined) {
      named = Optional.of(declined.desk());
    }
    return named.filter(desk -> !desks.contains(desk)).map(desk -> {
      Refusal refusal = new Refusal(
          Refusal.Code.INVALID,
          "desk \"" + desk + "\" is not registered (registered: " + new TreeSet<>(names()) + ")");
      observer.refused(event.getClass().getSimpleName(), refusal);
      return new IntakeResult.Refused(refusal);
    });
  }

  /** Refuses a message to a customer whom the channel cannot show anything, unless it is the repeat of an accepted one. */
  private Optional<IntakeResult> outOfReach(Event event) {
    if (!(event instanceof DeskEvent.AgentWroteFirst first)) {
      return Optional.empty();
    }
    try {
      Optional<EventKey> key = first.key();
      if (key.isPresent() && store.read(queries -> queries.seen(key.get())).isPresent()) {
        return Optional.empty();
      }
      return reachability.obstacle(first.conversation()).map(refusal -> {
        observer.refused(event.getClass().getSimpleName(), refusal);
        return new IntakeResult.Refused(refusal);
      });
    } catch (StoreException e) {
      return Optional.of(afterFailure(e));
    }
  }

  @Override
  public CustomerAddress.Reach reach(ConversationId conversation) {
    return reachability.of(conversation);
  }

  @Override
  public void typing(Typing signal) {
    if (!closed) {
      typing.take(signal);
    }
  }

  private List<String> names() {
    return desks.stream().map(PortId::value).toList();
  }

  @Override
  public List<ChannelPosition> positions(PortId channel) {
    return store.read(queries -> queries.positions(channel));
  }

  @Override
  public Optional<String> position(CustomerAddress address) {
    return store.read(queries -> queries.position(address));
  }

  @Override
  public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
    if (closed || position.length() > MAX_POSITION) {
      return CompletableFuture.completedFuture(false);
    }
    return committer
        .submit((transaction, changes) -> {
          transaction.savePosition(address, position, applier.now());
          return true;
        })
        .exceptionally(failure -> false);
  }

  @Override
  public boolean isAt(PortId desk, ConversationId conversation) {
    return store
        .read(queries -> queries.conversation(conversation))
        .filter(it -> isWith(desk, it.handling()))
        .isPresent();
  }

  @Override
  public List<String> shownIds(ConversationId conversation, EntryId upTo) {
    return store.read(queries -> queries.latestEntries(conversation, upTo, MOST_SHOWN)).stream()
        .filter(entry -> entry.destination() == Destination.CUSTOMER)
        .flatMap(entry -> entry.externalId().stream())
        .toList();
  }

  @Override
  public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
    return store
        .read(queries -> queries.conversation(conversation))
        .map(Conversation::handling)
        .filter(it -> it instanceof Handling.Live && isWith(desk, it))
        .map(it -> ((Handling.Live) it).agent());
  }

  @Override
  public List<Conversation> conversationsAt(PortId desk) {
    ConversationFilter open = new ConversationFilter(
        Set.of(ConversationState.WAITING, ConversationState.LIVE),
        Optional.empty(),
        Optional.empty(),
        false);
    List<Conversation> all = new ArrayList<>();
    Optional<ConversationId> after = Optional.empty();
    List<Conversation> page;
    do {
      Optional<ConversationId> last = after;
      page = store.read(queries -> queries.conversations(open, last, PAGE));
      page.stream().filter(it -> isWith(desk, it.handling())).forEach(all::add);
      if (!page.isEmpty()) {
        after = Optional.of(page.get(page.size() - 1).id());
      }
    } while (page.size() == PAGE);
    return all;
  }

  @Override
  public Attachments attachments() {
    return store.attachments();
  }

  private static boolean isWith(PortId desk, Handling handling) {
    return (handling instanceof Handling.Waiting waiting && waiting.desk().equals(desk))
        || (handling instanceof Handling.Live live && live.desk().equals(desk));
  }

  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns the result after a failure. A defect would fail again at each attempt and is refused; a store may work the next time. */
  private static IntakeResult afterFailure(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return failure instanceof StoreException
        ? new IntakeResult.Unavailable("the store failed: " + name)
        : new IntakeResult.Refused(new Refusal(
            Refusal.Code.INVALID,
            "this event cannot be applied; see Relay's log for the cause: " + name));
  }
}
