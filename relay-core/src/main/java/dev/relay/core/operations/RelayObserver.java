package dev.relay.core.operations;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import java.time.Duration;
import java.util.Set;

/**
 * Told what happens inside Relay: for logs, metrics and live views. Called from Relay's own threads: must be thread-safe, quick,
 * and must not throw. No call carries what people wrote.
 */
public interface RelayObserver {

  /** A group of work was committed in that time, and these conversations have new entries, states or delivery states. */
  default void committed(int works, Duration took, Set<ConversationId> changed) {}

  /** A group of work failed: it is done again one by one, or reported as failed where it may have been committed. */
  default void commitFailed(Throwable cause) {}

  /** An event was applied. The type is its simple class name; the conversation went from one state to the other. */
  default void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {}

  /** What became of a conversation from the virtual agent's point of view has changed to this. */
  default void resolved(ConversationId conversation, Resolution resolution) {}

  /**
   * A desk cannot take a conversation or has lost it, and the fallback desk is asked instead. The reason says which desk and why, on one
   * line.
   */
  default void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {}

  /** An event was one that had been applied before. */
  default void duplicate(String eventType) {}

  /** An event was refused. */
  default void refused(String eventType, Refusal refusal) {}

  /** An event was turned away because too much was waiting. */
  default void overloaded() {}

  /** An attempt to deliver came to that result after that time. */
  default void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {}

  /** A lane was parked: there is a new dead letter. */
  default void parked(PortId port, LaneKey lane, String reason) {}

  /** An attempt came to an end after its lane had been taken over by somebody else. */
  default void fenced(LaneKey lane) {}

  /** Something inside Relay or an adapter broke a promise; the work goes on. */
  default void broken(String where, Throwable cause) {}
}
