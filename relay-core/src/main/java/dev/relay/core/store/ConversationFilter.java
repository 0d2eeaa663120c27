package dev.relay.core.store;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.CustomerId;
import dev.relay.core.team.Team;
import java.util.Optional;
import java.util.Set;

/**
 * A filter of conversations; each condition that is empty allows all.
 *
 * @param states the allowed states
 * @param agentId the id of the live agent who has the conversation
 * @param customer the customer, and all who are the same
 * @param scope what the reader may see
 * @param newestFirst by descending id, else by ascending id
 */
public record ConversationFilter(
    Set<ConversationState> states,
    Optional<String> agentId,
    Optional<CustomerId> customer,
    Team.Scope scope,
    boolean newestFirst) {

  /** Creates a filter of everything that anybody may see. */
  public ConversationFilter(
      Set<ConversationState> states,
      Optional<String> agentId,
      Optional<CustomerId> customer,
      boolean newestFirst) {
    this(states, agentId, customer, Team.Scope.ALL, newestFirst);
  }

  /** Copies the states, so that the filter cannot change. */
  public ConversationFilter {
    states = Set.copyOf(states);
  }

  /** Returns the filter for all conversations in a state, oldest first. */
  public static ConversationFilter in(ConversationState state) {
    return new ConversationFilter(Set.of(state), Optional.empty(), Optional.empty(), false);
  }
}
