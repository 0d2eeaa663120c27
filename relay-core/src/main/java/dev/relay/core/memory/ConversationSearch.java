package dev.relay.core.memory;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.ConversationFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The search for the conversations that match a filter, through the index that narrows it most. */
final class ConversationSearch {
  private final State state;
  private final ConversationFilter filter;
  /** The customers who match; all if it is empty. */
  private final Set<Long> customers;

  ConversationSearch(State state, ConversationFilter filter) {
    this.state = state;
    this.filter = filter;
    this.customers = filter.customer().<Set<Long>>map(state::sameCustomers).orElse(Set.of());
  }

  List<Conversation> page(Optional<ConversationId> after, int limit) {
    long first = after
        .map(id -> id.value() + (filter.newestFirst() ? -1 : 1))
        .orElse(filter.newestFirst() ? Long.MAX_VALUE : 0);
    if (customers.size() == 1) {
      long customer = customers.iterator().next();
      return page(
          part(state.conversationsOf, new Keys.Owned(customer, first)),
          key -> key.owner() == customer ? key.id() : -1,
          limit);
    }
    Optional<ConversationState> only = onlyState();
    if (only.isPresent()) {
      return page(
          part(state.conversationsIn, new Keys.InState(only.get(), first)),
          key -> key.state() == only.get() ? key.id() : -1,
          limit);
    }
    return page(part(state.conversations, first), key -> key, limit);
  }

  private Optional<ConversationState> onlyState() {
    if (filter.agentId().isPresent()) {
      return Optional.of(ConversationState.LIVE);
    }
    return filter.states().size() == 1
        ? Optional.of(filter.states().iterator().next())
        : Optional.empty();
  }

  private <K, V> Iterable<Map.Entry<K, V>> part(SortedTree<K, V> index, K first) {
    return filter.newestFirst() ? index.downFrom(first) : index.from(first);
  }

  private <K, V> List<Conversation> page(
      Iterable<Map.Entry<K, V>> rest, ConversationOf<K> conversationOf, int limit) {
    List<Conversation> found = new ArrayList<>();
    for (Map.Entry<K, V> each : rest) {
      long id = conversationOf.id(each.getKey());
      if (found.size() == limit || id < 0) {
        break;
      }
      Conversation conversation = MemoryQueries.present(state.conversations.get(id));
      if (fits(conversation)) {
        found.add(conversation);
      }
    }
    return found;
  }

  private boolean fits(Conversation conversation) {
    return (filter.states().isEmpty() || filter.states().contains(conversation.state()))
        && (customers.isEmpty() || customers.contains(conversation.customer().value()))
        && filter.scope().sees(conversation.queue(), agentOf(conversation))
        && filter.agentId().map(agent -> isWith(conversation, agent)).orElse(true);
  }

  static Optional<Participant> agentOf(Conversation conversation) {
    return conversation.handling() instanceof Handling.Live live
        ? Optional.of(live.agent())
        : Optional.empty();
  }

  private static boolean isWith(Conversation conversation, String agent) {
    return conversation.handling() instanceof Handling.Live live
        && live.agent().id().equals(agent);
  }

  /** Returns the conversation that a key of an index denotes; negative beyond the relevant part of the index. */
  private interface ConversationOf<K> {
    long id(K key);
  }
}
