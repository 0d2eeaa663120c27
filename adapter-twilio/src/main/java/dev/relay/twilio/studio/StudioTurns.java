package dev.relay.twilio.studio;

import dev.relay.core.id.ConversationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The newest question of each conversation, answered or not. Thread-safe; makes no calls. */
final class StudioTurns {
  /** How many are remembered, so that a flow that asks twice is answered alike. */
  private static final int REMEMBERED = 1_000;

  private final Map<ConversationId, StudioTurn> turns = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<ConversationId, StudioTurn> eldest) {
      return size() > REMEMBERED && eldest.getValue().answer().isDone();
    }
  };

  /** Begins a question, or joins the same one that is under way. */
  synchronized StudioTurn begin(ConversationId conversation, StudioTurn turn) {
    StudioTurn before = turns.get(conversation);
    if (before != null && before.id().equals(turn.id()) && !before.answer().isDone()) {
      return before;
    }
    turns.remove(conversation);
    turns.put(conversation, turn);
    return turn;
  }

  synchronized Optional<StudioTurn> find(ConversationId conversation) {
    return Optional.ofNullable(turns.get(conversation));
  }
}
