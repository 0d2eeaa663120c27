package dev.relay.core.desk;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;

/**
 * A place where live agents work. Thread-safe. Rules: docs/agent-desk-contract.md.
 */
public interface AgentDesk {

  /** Returns the desk's id; always the same (D1.1). Makes no network calls. */
  PortId id();

  /**
   * Starts to listen and to submit live agents' events. MUST return soon, even if the desk cannot be reached (D1.2). The same message
   * MUST always have the same key (D1.15). An event that was submitted directly to {@link Inbox#intake} without success MUST be
   * resubmitted under its key (D1.16); the inbox does so automatically.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt to deliver and returns its result. Called outside any transaction, one delivery at a time per conversation, for
   * several conversations at once (D1.17); may block.
   *
   * <ul>
   *   <li>MUST NOT throw when the desk fails (D1.3).
   *   <li>MUST show a repeated delivery id at most once (D1.4).
   *   <li>MUST return {@link DeliveryResult.Unknown} if the desk may have acted (D1.5).
   *   <li>MUST pass on the wait that the desk requests (D1.7).
   *   <li>MUST return {@link DeliveryResult.Rejected} if the desk will never accept the delivery (D1.8).
   *   <li>MUST keep message texts out of reasons (D1.10).
   *   <li>MUST offer a handoff together with its transcript (D1.11) and nothing that was taken back before (D1.18), and stop offering it once it is withdrawn or the conversation has
   *       ended (D1.12).
   *   <li>MUST show long texts whole (D1.13) and handle any text (D1.14).
   * </ul>
   *
   * <p>A {@link DeskOutbound.Handoff} that is rejected, or that still fails after the settings' last attempt, goes to the fallback desk.
   * Without one, the customer is notified that no live agent is available. A rejected message parks the lane.
   */
  DeliveryResult deliver(DeskDelivery delivery);

  /**
   * Checks whether the desk already has a delivery. MUST NOT throw when the desk fails (D1.3); MUST return {@link LookUp.CannotTell} if
   * the answer is not known (D1.9). May block.
   */
  LookUp lookUp(DeskDelivery delivery);

  /**
   * Checks whether the live agents of this desk are the accounts of Relay's store: then Relay knows who is there, and conversations can
   * be passed and offered to one of them. Other desks choose their agents themselves. At most one desk of a Relay has them. Default:
   * false.
   */
  default boolean hasTeam() {
    return false;
  }

  /**
   * Shows the live agents of a conversation that its customer is typing, for some seconds. Best effort. MUST return at once and MUST NOT
   * throw. Default: nothing is shown.
   */
  default void customerTypes(ConversationId conversation) {}

  /** Reports this desk's health. Makes no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more is submitted (D1.6). May block for some seconds. Harmless if repeated. */
  void stop();
}
