package dev.relay.core.desk;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;

/**
 * A place where live agents work. Thread-safe. Rules: docs/agent-desk-contract.md.
 */
public interface AgentDesk {

  /** The desk's name, always the same (D1.1). Does no network calls. */
  PortId id();

  /**
   * Begins to submit what agents do. MUST return soon, even if the desk cannot be reached (D1.2). The same message MUST always have the
   * same key (D1.15). An event that is submitted directly to {@link Inbox#intake} and not taken MUST be submitted again under its key
   * (D1.16); the inbox does so itself.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the desk fails (D1.3); MUST show a repeated delivery id
   * at most once (D1.4); MUST answer {@link DeliveryResult.Unknown} where the desk may have acted (D1.5); MUST pass on how long the
   * desk asks to wait (D1.7); MUST answer {@link DeliveryResult.Rejected} where it will never take it (D1.8); MUST keep what people
   * wrote out of reasons (D1.10); MUST offer what is handed over with what was said so far (D1.11), and no more once it is withdrawn
   * or over (D1.12); MUST show long texts whole (D1.13) and bear any text (D1.14). A rejected {@link DeskOutbound.Handoff}, or one
   * that was tried in vain for as long as the settings say, goes to the fallback desk or tells the customer that nobody is there; a rejected
   * message parks the lane. Called outside any transaction, one at a time per
   * conversation, for several at once (D1.17); may block.
   */
  DeliveryResult deliver(DeskDelivery delivery);

  /**
   * Whether the desk has that delivery already. MUST NOT throw when the desk fails (D1.3); MUST say so where it cannot tell (D1.9).
   * May block.
   */
  LookUp lookUp(DeskDelivery delivery);

  /** How it is. Does no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more is submitted (D1.6). May block for some seconds. Harmless if repeated. */
  void stop();
}
