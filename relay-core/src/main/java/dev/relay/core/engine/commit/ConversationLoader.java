package dev.relay.core.engine.commit;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.RuleBook.FirstWords;
import dev.relay.core.routing.RuleBook.Situation;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * The search for the conversation that an event concerns: by its id if the event names one, else by the customer's address, at
 * which a new conversation may begin. Thread-safe: has no state of its own.
 */
final class ConversationLoader {
  private final Surroundings surroundings;

  ConversationLoader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The result of looking for a conversation. */
  sealed interface Loaded {}

  /**
   * The conversation, which may be a new one.
   *
   * @param stored the customer as stored; empty for a new customer
   * @param customer the customer, updated from the event
   */
  record Found(Conversation conversation, Optional<Customer> stored, Customer customer)
      implements Loaded {}

  /** There is no conversation that the event can concern. */
  record Missing(Refusal refusal) implements Loaded {}

  Loaded load(Event event, FirstWords words, Transaction transaction, Instant now) {
    if (event instanceof CustomerEvent.CustomerRated rated) {
      return ofCustomer(rated.conversation(), transaction);
    }
    if (event instanceof CustomerEvent.RatingCommented commented) {
      return ofCustomer(commented.conversation(), transaction);
    }
    if (event instanceof CustomerEvent fromCustomer) {
      return byAddress(fromCustomer, words, transaction, now);
    }
    if (event instanceof DeskEvent.AgentWroteFirst first) {
      return atAddressOf(first.conversation(), transaction, now);
    }
    if (event instanceof EngineEvent.CaseStatusChanged changed) {
      return openAtAddressOf(changed.conversation(), transaction);
    }
    ConversationId id = event instanceof DeskEvent fromDesk
        ? fromDesk.conversation()
        : ((EngineEvent) event).conversation();
    return byId(id, "there is no conversation " + id, transaction);
  }

  private static Loaded ofCustomer(ConversationId id, Transaction transaction) {
    return byId(id, "the customer has no conversation " + id, transaction);
  }

  private static Loaded byId(ConversationId id, String ifMissing, Transaction transaction) {
    Optional<Conversation> conversation = transaction.conversation(id);
    Optional<Customer> customer = conversation.flatMap(it -> transaction.customer(it.customer()));
    return customer.isPresent()
        ? new Found(conversation.get(), customer, customer.get())
        : missing(Refusal.Code.UNKNOWN_CONVERSATION, ifMissing);
  }

  /** Returns the conversation that is open at the address of another one, else that one. */
  private static Loaded openAtAddressOf(ConversationId id, Transaction transaction) {
    Loaded named = byId(id, "there is no conversation " + id, transaction);
    if (!(named instanceof Found found)) {
      return named;
    }
    Optional<Conversation> active =
        transaction.activeConversation(found.conversation().address());
    return active.isPresent()
        ? byId(active.get().id(), "there is no conversation " + active.get().id(), transaction)
        : named;
  }

  /** Returns the conversation that is open at the address of another one, else one that begins there. */
  private static Loaded atAddressOf(ConversationId id, Transaction transaction, Instant now) {
    Loaded named = byId(id, "there is no conversation " + id, transaction);
    if (!(named instanceof Found found)
        || found.conversation().state() != ConversationState.CLOSED) {
      return named;
    }
    Conversation earlier = found.conversation();
    Optional<Conversation> active = transaction.activeConversation(earlier.address());
    if (active.isPresent()) {
      return byId(active.get().id(), "there is no conversation " + active.get().id(), transaction);
    }
    Conversation next = Conversation.begin(
        transaction.newConversationId(),
        earlier.customer(),
        earlier.address(),
        found.customer().locale(),
        earlier.route(),
        now);
    return new Found(next, found.stored(), found.customer());
  }

  private Loaded byAddress(
      CustomerEvent event, FirstWords words, Transaction transaction, Instant now) {
    Origin origin = event.origin();
    CustomerProfile profile = origin.profile();
    Optional<Customer> stored =
        transaction.customer(origin.address().channel(), profile.externalId());
    Optional<Conversation> active =
        transaction.activeConversation(origin.address()).or(() -> ended(event, transaction, now));
    if (active.isEmpty() && !opensConversation(event)) {
      return missing(
          Refusal.Code.NO_CONVERSATION, "the customer has no conversation at the moment");
    }
    Customer customer =
        stored.map(it -> updated(it, event)).orElseGet(() -> newCustomer(origin, transaction, now));
    Conversation conversation = active.orElseGet(() -> Conversation.begin(
        transaction.newConversationId(),
        customer.id(),
        origin.address(),
        customer.locale(),
        route(event, customer, words, now),
        now));
    return new Found(conversation, stored, customer);
  }

  /** Returns the last conversation, which has ended, if the event is about it: a wish about notices, or a rating in words. */
  private static Optional<Conversation> ended(
      CustomerEvent event, Transaction transaction, Instant now) {
    if (wishAboutNotices(event).isPresent()) {
      return transaction.latestConversation(event.origin().address(), Optional.empty());
    }
    return event instanceof CustomerEvent.CustomerWrote wrote && Conversation.mayRate(wrote)
        ? transaction
            .latestConversation(event.origin().address(), Optional.empty())
            .filter(it -> it.isRatedBy(
                wrote, transaction.latestEntries(it.id(), TransactionContext.RECENT), now))
        : Optional.empty();
  }

  private static Missing missing(Refusal.Code code, String message) {
    return new Missing(new Refusal(code, message));
  }

  /**
   * Updates a customer from the event's profile, unless the event reports a failed delivery: such an event does not come from
   * the customer, so its profile holds nothing new.
   */
  private static Customer updated(Customer stored, CustomerEvent event) {
    if (event instanceof CustomerEvent.CustomerNotReached) {
      return stored;
    }
    Customer current = stored.withProfile(event.origin().profile());
    return wishAboutNotices(event).map(current::toldOfCases).orElse(current);
  }

  /** Returns whether the customer wants to be told of their cases, if the event says so. */
  private static Optional<Boolean> wishAboutNotices(CustomerEvent event) {
    if (!(event instanceof CustomerEvent.CustomerPressed pressed)) {
      return Optional.empty();
    }
    return switch (pressed.button()) {
      case STOP_CASE_NOTICES -> Optional.of(false);
      case RESUME_CASE_NOTICES -> Optional.of(true);
      default -> Optional.empty();
    };
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

  private Route route(CustomerEvent event, Customer customer, FirstWords words, Instant now) {
    Origin origin = event.origin();
    return surroundings
        .settings()
        .ruleBook()
        .route(new Situation(
            origin.address().channel(),
            origin.guild(),
            origin.command(),
            customer.locale(),
            customer.roles(),
            words,
            event instanceof CustomerEvent.CaseFiled filed
                ? Optional.of(filed.kind())
                : Optional.empty(),
            now));
  }

  private static boolean opensConversation(CustomerEvent event) {
    return event instanceof CustomerEvent.CustomerWrote
        || event instanceof CustomerEvent.CustomerNoted
        || event instanceof CustomerEvent.CaseFiled
        || (event instanceof CustomerEvent.CustomerPressed pressed
            && (pressed.button() == Button.TALK_TO_PERSON
                || pressed.button() == Button.STILL_NEED_HELP));
  }
}
