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
 * An observer of the events inside Relay, for logs, metrics and live views. Called on Relay's own threads: must be thread-safe and
 * quick, and must not throw. No call carries the text of a message. Every method does nothing by default.
 */
public interface RelayObserver {

  /**
   * Called when a group of work was committed.
   *
   * @param works the number of pieces of work in the group
   * @param took the duration of the commit
   * @param changed the conversations with new entries, states or delivery states
   */
  default void committed(int works, Duration took, Set<ConversationId> changed) {}

  /**
   * Called when a group of work failed. Its pieces are run again one by one, or fail if they may have been committed. A failure of the
   * store is part of an outage, too ({@link #storeDown}).
   */
  default void commitFailed(Throwable cause) {}

  /**
   * Called when the store begins to fail, and once a minute while it keeps failing, however often it does.
   *
   * @param cause the latest failure
   * @param lasts the time since the first failure, zero at the first
   * @param failures the number of failures so far
   */
  default void storeDown(Throwable cause, Duration lasts, long failures) {}

  /**
   * Called when the store works after {@link #storeDown}.
   *
   * @param lasted the time from the first failure to the last one
   * @param failures the number of failures in it
   */
  default void storeUp(Duration lasted, long failures) {}

  /** Called when a regular look at the store for due timers succeeded, about once a second. */
  default void checked() {}

  /**
   * Called when a regular look at the store for due timers or deliveries failed. Default: {@link #broken}.
   *
   * @param where what was looked for
   * @param cause the failure
   */
  default void checkFailed(String where, Throwable cause) {
    broken(where, cause);
  }

  /**
   * Called when an event was applied.
   *
   * @param eventType the event's simple class name
   * @param conversation the event's conversation
   * @param before the conversation's state before the event
   * @param after the conversation's state after the event
   */
  default void applied(
      String eventType,
      ConversationId conversation,
      ConversationState before,
      ConversationState after) {}

  /** Called when the resolution of a conversation by the virtual agent has changed to this one. */
  default void resolved(ConversationId conversation, Resolution resolution) {}

  /**
   * Called when a customer has rated a conversation, and again if they choose another score; a comment alone is no rating.
   *
   * @param channel the channel of the conversation
   * @param score 1 to 5
   */
  default void rated(PortId channel, int score) {}

  /**
   * Called when a desk cannot accept a conversation or has lost it, and the fallback desk is asked instead.
   *
   * @param conversation the conversation
   * @param from the desk that cannot handle it
   * @param to the fallback desk
   * @param reason names the desk and the cause, on one line
   */
  default void handoffMoved(ConversationId conversation, PortId from, PortId to, String reason) {}

  /** Called when an event had already been applied. */
  default void duplicate(String eventType) {}

  /** Called when an event was refused. */
  default void refused(String eventType, Refusal refusal) {}

  /** Called when an event was not accepted because too many are waiting. */
  default void overloaded() {}

  /** Called when an attempt to deliver has ended with that result, after that time. */
  default void attempted(PortId port, LaneKey lane, DeliveryResult result, Duration took) {}

  /** Called when a lane was parked: there is a new dead letter. */
  default void parked(PortId port, LaneKey lane, String reason) {}

  /**
   * Called when the deliveries of a port fail for everybody: its circuit breaker has opened.
   *
   * @param reason the reason of the failure that opened it
   */
  default void portDown(PortId port, String reason) {}

  /** Called when a delivery succeeded after {@link #portDown}. */
  default void portUp(PortId port) {}

  /** Called when an attempt has lost its lane, because another instance had claimed the lane or its entries were dropped. */
  default void fenced(LaneKey lane) {}

  /**
   * Called when the clock has jumped by more than {@link SteadyClock#LARGEST_SLEW}, because the machine slept or its clock was
   * wrong. Timers that fell due within the jump are postponed by its length.
   *
   * @param by the length of the jump, negative for a jump back
   */
  default void clockJumped(Duration by) {}

  /**
   * Called when a part of Relay or an adapter failed against its contract. Relay continues. If the cause is a failure of the store, an
   * outage is reported by {@link #storeDown} as soon as a write or a regular look fails; the default observer logs nothing here then.
   *
   * @param where the part that failed, for a log
   * @param cause the failure
   */
  default void broken(String where, Throwable cause) {}
}
