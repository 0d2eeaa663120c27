package dev.relay.core.store;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.CustomerId;
import java.util.Optional;
import java.util.Set;

/**
 * Which conversations are wanted.
 *
 * @param states in one of these states; empty means any
 * @param agentId live with this agent
 * @param customer of this customer
 * @param newestFirst by descending id, else by ascending id
 */
public record ConversationFilter(
    Set<ConversationState> states,
    Optional<String> agentId,
    Optional<CustomerId> customer,
    boolean newestFirst) {

  /** Copies the states, so that the filter cannot change. */
  public ConversationFilter {
    states = Set.copyOf(states);
  }

  /** All in that state, oldest first. */
  public static ConversationFilter in(ConversationState state) {
    return new ConversationFilter(Set.of(state), Optional.empty(), Optional.empty(), false);
  }
}
