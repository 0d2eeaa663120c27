package dev.relay.core.engine.commit;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Decision;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Origin;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.routing.RuleBook.FirstWords;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Transaction;
import dev.relay.core.store.Transaction.Needs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application of one event within a transaction: deduplicates, loads, decides, saves, carries out the effects. The domain
 * decides everything; nothing here depends on the kind of event. Thread-safe: has no state of its own.
 */
public final class EventApplier {
  /** The number of parked lanes that one event of a customer retries. */
  private static final int MOST_UNPARKED = 20;

  private final Surroundings surroundings;
  private final RelayObserver observer;
  private final ConversationLoader loader;

  public EventApplier(Surroundings surroundings, RelayObserver observer) {
    this.surroundings = surroundings;
    this.observer = observer;
    this.loader = new ConversationLoader(surroundings);
  }

  public Instant now() {
    return surroundings.clock().instant();
  }

  /** Returns what applying the event will surely ask for. */
  public static Needs needsOf(Event event) {
    Set<EventKey> key = keyOf(event).map(Set::of).orElse(Set.of());
    if (event instanceof CustomerEvent fromCustomer) {
      Origin origin = fromCustomer.origin();
      return new Needs(
          key,
          Set.of(origin.address()),
          Set.of(new Needs.Person(origin.address().channel(), origin.profile().externalId())),
          Set.of());
    }
    ConversationId conversation = event instanceof DeskEvent fromDesk
        ? fromDesk.conversation()
        : ((EngineEvent) event).conversation();
    return new Needs(key, Set.of(), Set.of(), Set.of(conversation));
  }

  /** Applies an event that begins no conversation. */
  public IntakeResult apply(Event event, Transaction transaction, Changes changes) {
    return apply(event, FirstWords.NONE, transaction, changes);
  }

  /**
   * Applies an event.
   *
   * @param words the words by which a conversation is routed that the event begins, prepared outside the transaction
   */
  public IntakeResult apply(
      Event event, FirstWords words, Transaction transaction, Changes changes) {
    Optional<Receipt> first = keyOf(event).flatMap(transaction::seen);
    if (first.isPresent()) {
      changes.afterCommit(() -> observer.duplicate(nameOf(event)));
      return new IntakeResult.Duplicate(first.get());
    }
    Instant now = now();
    ConversationLoader.Loaded loaded = loader.load(event, words, transaction, now);
    if (loaded instanceof ConversationLoader.Missing missing) {
      return refused(event, missing.refusal(), changes);
    }
    ConversationLoader.Found found = (ConversationLoader.Found) loaded;
    IntakeResult result = decide(event, found, transaction, changes, now);
    if (result instanceof IntakeResult.Accepted
        && !found.stored().equals(Optional.of(found.customer()))) {
      transaction.save(found.customer());
    }
    if (result instanceof IntakeResult.Accepted || found.stored().isPresent()) {
      // A refused event counts as read too: otherwise it would be read again after a restart, and
      // perhaps be accepted then.
      savePosition(event, transaction, now);
    }
    return result;
  }

  /** Applies the timer of a case: the case decides what happens, and its conversation how the customer is reminded. */
  public boolean applyCaseTimer(
      CaseNumber number, ClockJumps jumps, Transaction transaction, Changes changes) {
    Optional<SupportCase> found = transaction.supportCase(number);
    if (found.isEmpty()) {
      return false;
    }
    Optional<Instant> postponed =
        found.get().wakeAt().flatMap(at -> jumps.over(at).map(at::plus));
    if (postponed.isPresent()) {
      transaction.save(found.get().postponedTo(postponed.get()));
      return true;
    }
    CasePolicy policy = surroundings.settings().cases();
    CaseDecision decision = isDiscussed(found.get(), transaction)
        ? found.get().timerDueWhileDiscussed(policy, now())
        : found.get().timerDue(policy, now());
    if (decision instanceof CaseDecision.Changed changed && !changed.next().equals(found.get())) {
      var unused = CaseSaves.save(changed.next(), surroundings, transaction, changes, now());
      if (!changed.history().isEmpty()) {
        transaction.addHistory(changed.history());
        found.get().conversations().forEach(changes::touched);
      }
    } else if (decision instanceof CaseDecision.Reminded reminded) {
      Event due = new EngineEvent.CaseReminderDue(reminded.conversation(), reminded.next());
      apply(due, transaction, changes);
      transaction.save(reminded.next());
    }
    return true;
  }

  /** Checks whether a live agent and the customer are still talking about the case. */
  private static boolean isDiscussed(SupportCase supportCase, Queries queries) {
    return supportCase.conversations().stream()
        .flatMap(id -> queries.conversation(id).stream())
        .anyMatch(it -> it.state() == ConversationState.LIVE
            && it.supportCase().equals(Optional.of(supportCase.number())));
  }

  /**
   * Writes a message whose time has come, once; if it is refused, it has failed, and the case says so to its agents.
   *
   * @param obstacle the reason why the customer cannot be written to, if there is one
   */
  public boolean applyScheduled(
      long id, Optional<Refusal> obstacle, Transaction transaction, Changes changes) {
    Optional<Scheduled> found = transaction.scheduled(id).filter(it -> it.isDue(now()));
    if (found.isEmpty()) {
      return false;
    }
    Scheduled due = found.get();
    IntakeResult result = obstacle.isPresent()
        ? new IntakeResult.Refused(obstacle.get())
        : apply(due.event(), transaction, changes);
    if (result instanceof IntakeResult.Refused refused) {
      transaction.save(due.in(Scheduled.State.FAILED, Optional.of(refused.refusal())));
      due.message()
          .supportCase()
          .flatMap(transaction::remainingCase)
          .ifPresent(it -> noteFailure(it.number(), due, refused.refusal(), transaction));
      changes.touched(due.message().conversation());
    } else {
      transaction.save(due.in(Scheduled.State.SENT, Optional.empty()));
    }
    return true;
  }

  /**
   * Publishes a planned announcement whose time has come, in the transaction that records it.
   *
   * @return whether it was due
   */
  public boolean applyPlanned(long id, Transaction transaction, Changes changes) {
    Optional<Planned> found = transaction.plannedAnnouncement(id).filter(it -> it.isDue(now()));
    if (found.isEmpty()) {
      return false;
    }
    Planned due = found.get();
    Optional<PortId> announcer = surroundings.announcerOf(due.announcement().topic());
    announcer.ifPresent(through -> {
      var unused =
          AnnouncementLane.append(due.announcement(), through, transaction, changes, now());
    });
    transaction.save(
        due.in(announcer.isPresent() ? Planned.State.PUBLISHED : Planned.State.FAILED));
    return true;
  }

  private void noteFailure(
      CaseNumber number, Scheduled due, Refusal refusal, Transaction transaction) {
    String text = "The message of " + due.message().agent().nameForColleagues() + " planned for "
        + due.at() + " was not sent: " + refusal.message();
    CaseNote note = transaction.addNote(number, Participant.RELAY, now(), text);
    transaction.addHistory(List.of(note.asHistory()));
  }

  private IntakeResult decide(
      Event event,
      ConversationLoader.Found found,
      Transaction transaction,
      Changes changes,
      Instant now) {
    Conversation conversation = found.conversation();
    Decision decision = conversation.decide(
        event,
        new TransactionContext(transaction, surroundings, conversation, found.customer(), now));
    if (decision instanceof Decision.Refused refused) {
      return refused(event, refused.refusal(), changes);
    }
    Decision.Applied applied = (Decision.Applied) decision;
    Conversation next = applied.next();
    if (!next.equals(conversation) || conversation.isNew()) {
      transaction.save(next);
    }
    lifeSign(event, next, found.customer())
        .ifPresent(by -> unpark(by, conversation, transaction, changes, now));
    Effects effects = new Effects(observer, surroundings, transaction, changes, now);
    Receipt receipt = effects.carryOut(applied);
    effects
        .moved()
        .forEach(it -> moveOtherConversations(it, conversation.id(), transaction, changes));
    keyOf(event).ifPresent(key -> transaction.markSeen(key, receipt, now));
    changes.touched(conversation.id());
    ConversationState before = conversation.state();
    changes.afterCommit(
        () -> observer.applied(nameOf(event), conversation.id(), before, next.state()));
    if (next.resolution() != conversation.resolution()) {
      changes.afterCommit(() -> observer.resolved(conversation.id(), next.resolution()));
    }
    return new IntakeResult.Accepted(receipt);
  }

  /**
   * Moves other conversations about a case that was solved, or got another queue or priority, in this one: a customer can have several
   * addresses.
   */
  private void moveOtherConversations(
      SupportCase moved, ConversationId here, Transaction transaction, Changes changes) {
    moved.conversations().stream()
        .filter(id -> !id.equals(here))
        .flatMap(id -> transaction.conversation(id).stream())
        .filter(
            it -> it.state() == ConversationState.WAITING || it.state() == ConversationState.LIVE)
        .forEach(it -> apply(new EngineEvent.CaseChanged(it.id(), moved), transaction, changes));
  }

  /** Returns the customer or the live agent whose event shows that they may be within reach again. */
  private static Optional<Participant> lifeSign(Event event, Conversation next, Customer customer) {
    if (event instanceof CustomerEvent) {
      return event instanceof CustomerEvent.CustomerNotReached
          ? Optional.empty()
          : Optional.of(customer.asParticipant());
    }
    return event instanceof DeskEvent && next.handling() instanceof Handling.Live live
        ? Optional.of(live.agent())
        : Optional.empty();
  }

  /**
   * Retries parked lanes: to the desk of this conversation and, after an event of the customer, to the customer, in older
   * conversations at the same address too. An older conversation's entries are delivered first, as the order of claims demands.
   */
  private static void unpark(
      Participant by,
      Conversation conversation,
      Transaction transaction,
      Changes changes,
      Instant now) {
    for (Lane lane : transaction.parkedLanesAt(conversation.address(), MOST_UNPARKED)) {
      boolean concerned = lane.key().destination() == Destination.CUSTOMER
          ? by.role() == Participant.Role.CUSTOMER
          : lane.key().conversation().equals(conversation.id());
      if (concerned && transaction.retry(lane.key(), by, now)) {
        changes.due(lane.port());
        changes.touched(lane.key().conversation());
      }
    }
  }

  private IntakeResult refused(Event event, Refusal refusal, Changes changes) {
    changes.afterCommit(() -> observer.refused(nameOf(event), refusal));
    return new IntakeResult.Refused(refusal);
  }

  private static void savePosition(Event event, Transaction transaction, Instant now) {
    if (event instanceof CustomerEvent fromCustomer) {
      Origin origin = fromCustomer.origin();
      origin
          .position()
          .ifPresent(position -> transaction.savePosition(origin.address(), position, now));
    }
  }

  private static Optional<EventKey> keyOf(Event event) {
    if (event instanceof CustomerEvent fromCustomer) {
      return Optional.of(fromCustomer.origin().key());
    }
    return event instanceof DeskEvent fromDesk ? fromDesk.key() : Optional.empty();
  }

  private static String nameOf(Event event) {
    return event.getClass().getSimpleName();
  }
}
