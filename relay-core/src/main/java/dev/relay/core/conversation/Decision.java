package dev.relay.core.conversation;

import java.util.List;

/** What a conversation makes of an event. */
public sealed interface Decision {

  /**
   * It was applied (perhaps without any effect).
   *
   * @param next the conversation afterwards
   * @param effects what follows, in order
   */
  record Applied(Conversation next, List<Effect> effects) implements Decision {
    /** Copies the list, so that the decision cannot change. */
    public Applied {
      effects = List.copyOf(effects);
    }
  }

  /** It was refused, and nothing happened. */
  record Refused(Refusal refusal) implements Decision {}
}
