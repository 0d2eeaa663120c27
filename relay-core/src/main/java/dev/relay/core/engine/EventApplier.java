package dev.relay.core.engine;

import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Decision;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Effect;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.Receipt;
import dev.relay.core.message.Button;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.Situation;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies one event within a transaction: dedupe, load, decide, save, append. Thread-safe: has no state of its own. */
final class EventApplier {
  private final Surroundings surroundings;
  private final RelayObserver observer;
  private final CaseCards caseCards;

  EventApplier(Surroundings surroundings, RelayObserver observer) {
    this.surroundings = surroundings;
    this.caseCards = new CaseCards(surroundings.announcer());
    this.observer = observer;
  }

  Instant now() {
    return surroundings.clock().instant();
  }

  IntakeResult apply(Event event, Transaction transaction, Changes changes) {
    Optional<EventKey> key = keyOf(event);
    Optional<Receipt> first = key.flatMap(transaction::seen);
    if (first.isPresent()) {
      changes.afterCommit(() -> observer.duplicate(nameOf(event)));
      return new IntakeResult.Duplicate(first.get());
    }
    Instant now = surroundings.clock().instant();
    if (event instanceof CustomerEvent fromCustomer) {
      return applyCustomerEvent(fromCustomer, transaction, changes, now);
    }
    ConversationId id = event instanceof DeskEvent fromDesk
        ? fromDesk.conversation()
        : ((EngineEvent) event).conversation();
    Optional<Conversation> conversation = transaction.conversation(id);
    Optional<Customer> customer = conversation.flatMap(it -> transaction.customer(it.customer()));
    if (conversation.isEmpty() || customer.isEmpty()) {
      return refused(
          event, changes, Refusal.Code.UNKNOWN_CONVERSATION, "there is no conversation " + id);
    }
    return decide(event, conversation.get(), customer.get(), transaction, changes, now);
  }

  private IntakeResult applyCustomerEvent(
      CustomerEvent event, Transaction transaction, Changes changes, Instant now) {
    if (event instanceof CustomerEvent.CustomerRated rated) {
      return applyRating(rated, transaction, changes, now);
    }
    Origin origin = event.origin();
    CustomerProfile profile = origin.profile();
    Optional<Customer> known =
        transaction.customer(origin.address().channel(), profile.externalId());
    Customer customer = known
        // Of somebody who did nothing the medium says nothing new.
        .map(it -> event instanceof CustomerEvent.CustomerNotReached ? it : it.withProfile(profile))
        .orElseGet(() -> newCustomer(origin, transaction, now));
    Optional<Conversation> active = transaction.activeConversation(origin.address());
    if (active.isEmpty() && !opensConversation(event)) {
      return refused(
          event,
          changes,
          Refusal.Code.NO_CONVERSATION,
          "the customer has no conversation at the moment");
    }
    Conversation conversation = active.orElseGet(() -> Conversation.begin(
        transaction.newConversationId(),
        customer.id(),
        origin.address(),
        profile.locale(),
        route(event, now),
        now));
    IntakeResult result = decide(event, conversation, customer, transaction, changes, now);
    if (result instanceof IntakeResult.Accepted) {
      if (!known.equals(Optional.of(customer))) {
        transaction.save(customer);
      }
      origin
          .position()
          .ifPresent(position -> transaction.savePosition(origin.address(), position, now));
    }
    if (result instanceof IntakeResult.Refused && known.isPresent()) {
      // Else it would be read again after the next restart, and perhaps be taken then.
      origin
          .position()
          .ifPresent(position -> transaction.savePosition(origin.address(), position, now));
    }
    return result;
  }

  /** Is about a conversation that is over, which the address no longer leads to. */
  private IntakeResult applyRating(
      CustomerEvent.CustomerRated event, Transaction transaction, Changes changes, Instant now) {
    Optional<Conversation> rated = transaction
        .conversation(event.conversation())
        .filter(it -> it.address().equals(event.origin().address()));
    Optional<Customer> customer = rated.flatMap(it -> transaction.customer(it.customer()));
    if (rated.isEmpty() || customer.isEmpty()) {
      return refused(
          event,
          changes,
          Refusal.Code.UNKNOWN_CONVERSATION,
          "the customer has no conversation " + event.conversation());
    }
    return decide(event, rated.get(), customer.get(), transaction, changes, now);
  }

  private IntakeResult decide(
      Event event,
      Conversation conversation,
      Customer customer,
      Transaction transaction,
      Changes changes,
      Instant now) {
    TransactionContext context =
        new TransactionContext(transaction, surroundings, conversation, customer, now);
    Decision decision = conversation.decide(event, context);
    if (decision instanceof Decision.Refused refused) {
      changes.afterCommit(() -> observer.refused(nameOf(event), refused.refusal()));
      return new IntakeResult.Refused(refused.refusal());
    }
    Decision.Applied applied = (Decision.Applied) decision;
    if (!applied.next().equals(conversation) || conversation.isNew()) {
      transaction.save(applied.next());
    }
    Receipt receipt = carryOut(applied, transaction, changes, now);
    if (event instanceof CustomerEvent.CaseFiled) {
      receipt
          .supportCase()
          .flatMap(transaction::supportCase)
          .ifPresent(
              filed -> caseCards.show(filed, customer.asParticipant(), transaction, changes, now));
    }
    keyOf(event).ifPresent(key -> transaction.markSeen(key, receipt, now));
    changes.touched(conversation.id());
    ConversationState before = conversation.state();
    changes.afterCommit(() -> observer.applied(
        nameOf(event), conversation.id(), before, applied.next().state()));
    if (applied.next().resolution() != conversation.resolution()) {
      changes.afterCommit(
          () -> observer.resolved(conversation.id(), applied.next().resolution()));
    }
    return new IntakeResult.Accepted(receipt);
  }

  private Receipt carryOut(
      Decision.Applied applied, Transaction transaction, Changes changes, Instant now) {
    ConversationId id = applied.next().id();
    Optional<EntryId> firstEntry = Optional.empty();
    Map<CaseNumber, SupportCase> cases = new LinkedHashMap<>();
    List<CaseHistoryEntry> history = new ArrayList<>();
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.Append append) {
        TranscriptEntry entry = transaction.append(
            id, append.destination(), append.port(), append.content(), append.sourceId(), now);
        append.port().ifPresent(changes::due);
        firstEntry = firstEntry.or(() -> Optional.of(entry.id()));
      } else if (effect instanceof Effect.SaveCase save) {
        cases.put(save.supportCase().number(), save.supportCase());
        history.addAll(save.history());
      } else if (effect instanceof Effect.Drop drop) {
        transaction.drop(new LaneKey(id, drop.destination()));
      } else if (effect instanceof Effect.HandoffMoved moved) {
        changes.afterCommit(
            () -> observer.handoffMoved(id, moved.from(), moved.to(), moved.reason()));
      }
    }
    cases.values().forEach(transaction::save);
    if (!history.isEmpty()) {
      transaction.addHistory(history);
    }
    Optional<CaseNumber> opened = cases.values().stream()
        .filter(it -> it.version() == 0)
        .map(SupportCase::number)
        .findFirst();
    return new Receipt(id, firstEntry, opened.or(() -> applied.next().supportCase()));
  }

  private Route route(CustomerEvent event, Instant now) {
    Origin origin = event.origin();
    String text =
        event instanceof CustomerEvent.CustomerWrote wrote ? wrote.body().text() : "";
    return surroundings
        .settings()
        .ruleBook()
        .route(new Situation(
            origin.address().channel(),
            origin.guild(),
            origin.command(),
            origin.profile().locale(),
            origin.profile().roles(),
            text,
            event instanceof CustomerEvent.CaseFiled filed
                ? Optional.of(filed.kind())
                : Optional.empty(),
            now));
  }

  private static Customer newCustomer(Origin origin, Transaction transaction, Instant now) {
    CustomerProfile profile = origin.profile();
    return new Customer(
        transaction.newCustomerId(),
        origin.address().channel(),
        profile.externalId(),
        profile.displayName(),
        profile.locale(),
        profile.roles(),
        Optional.empty(),
        now);
  }

  private static boolean opensConversation(CustomerEvent event) {
    return event instanceof CustomerEvent.CustomerWrote
        || event instanceof CustomerEvent.CaseFiled
        || (event instanceof CustomerEvent.CustomerPressed pressed
            && pressed.button() == Button.TALK_TO_PERSON);
  }

  private IntakeResult refused(Event event, Changes changes, Refusal.Code code, String message) {
    Refusal refusal = new Refusal(code, message);
    changes.afterCommit(() -> observer.refused(nameOf(event), refusal));
    return new IntakeResult.Refused(refusal);
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
