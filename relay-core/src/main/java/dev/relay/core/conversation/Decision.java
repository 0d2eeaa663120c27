package dev.relay.core.conversation;

import java.util.List;

/** The decision of a conversation about an event. */
public sealed interface Decision {

  /**
   * The event was applied, perhaps without any effect.
   *
   * @param next the conversation afterwards
   * @param effects the effects, in order
   */
  record Applied(Conversation next, List<Effect> effects) implements Decision {
    /** Copies the list, so that the decision cannot change. */
    public Applied {
      effects = List.copyOf(effects);
    }
  }

  /** The event was refused, and nothing happened. */
  record Refused(Refusal refusal) implements Decision {}
}
