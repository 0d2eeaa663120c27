package dev.relay.core.store;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first transaction of an erasure, after which nothing finds the customer any longer. */
final class ErasureBeginning {
  private static final int PAGE = 500;
  /** The most conversations that are named as reasons of a refusal. */
  private static final int MOST_NAMED = 10;

  private static final String CARD = "card-";
  private static final Set<ConversationState> OPEN =
      EnumSet.complementOf(EnumSet.of(ConversationState.CLOSED));

  private final Transaction transaction;
  private final List<Customer> same;
  private final Participant actor;
  private final Instant now;

  ErasureBeginning(Transaction transaction, List<Customer> same, Participant actor, Instant now) {
    this.transaction = transaction;
    this.same = same;
    this.actor = actor;
    this.now = now;
  }

  List<ConversationId> begin() {
    CustomerId any = same.get(0).id();
    List<ConversationId> open = transaction
        .conversations(
            new ConversationFilter(OPEN, Optional.empty(), Optional.of(any), false),
            Optional.empty(),
            MOST_NAMED)
        .stream()
        .map(Conversation::id)
        .toList();
    if (!open.isEmpty()) {
      return open;
    }
    cases(any).forEach(this::clear);
    conversations(any).forEach(this::clear);
    same.stream()
        .filter(it -> !it.erased().equals(it))
        .map(Customer::erased)
        .forEach(transaction::save);
    return List.of();
  }

  private List<SupportCase> cases(CustomerId customer) {
    List<SupportCase> all = new ArrayList<>();
    Optional<CaseNumber> after = Optional.empty();
    List<SupportCase> page;
    do {
      page = transaction.cases(CaseFilter.of(customer), after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).number());
    } while (page.size() == PAGE);
    return all;
  }

  private List<Conversation> conversations(CustomerId customer) {
    ConversationFilter filter =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(customer), false);
    List<Conversation> all = new ArrayList<>();
    Optional<ConversationId> after = Optional.empty();
    List<Conversation> page;
    do {
      page = transaction.conversations(filter, after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).id());
    } while (page.size() == PAGE);
    return all;
  }

  private void clear(SupportCase supportCase) {
    SupportCase.CaseDecision.Changed erased = supportCase.erased(actor, now);
    if (!erased.next().equals(supportCase)) {
      transaction.save(erased.next());
      transaction.addHistory(erased.history());
      followOnCards(supportCase.number());
    }
  }

  /** The card of a case is shown to the community from the case itself. */
  private void followOnCards(CaseNumber number) {
    for (Topic topic : Topic.values()) {
      LaneKey key = topic.lane();
      Optional<TranscriptEntry> card =
          transaction.entryBySource(key.conversation(), Side.CUSTOMER, CARD + number.value());
      Optional<Lane> lane = transaction.lane(key);
      if (card.isPresent() && card.get().destination() == key.destination() && lane.isPresent()) {
        var unused = transaction.append(
            key.conversation(),
            key.destination(),
            Optional.of(lane.get().port()),
            new EntryContent.CardChanged(number, card.get().id()),
            Optional.empty(),
            now);
      }
    }
  }

  private void clear(Conversation conversation) {
    Conversation erased = conversation.erased();
    if (!erased.equals(conversation)) {
      for (Destination each :
          List.of(Destination.CUSTOMER, Destination.DESK, Destination.VIRTUAL_AGENT)) {
        transaction.drop(new LaneKey(conversation.id(), each));
      }
      transaction.save(erased);
    }
  }
}
