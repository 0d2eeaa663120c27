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

  /** The desk's name, always the same (1.1). Does no network calls. */
  PortId id();

  /**
   * Begins to submit what agents do. MUST return soon, even if the desk cannot be reached (1.2). The same message MUST always have the
   * same key (1.15). An event that is submitted directly to {@link Inbox#intake} and not taken MUST be submitted again under its key
   * (1.16); the inbox does so itself.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the desk fails (1.3); MUST show a repeated delivery id
   * at most once (1.4); MUST answer {@link DeliveryResult.Unknown} where the desk may have acted (1.5); MUST pass on how long the
   * desk asks to wait (1.7); MUST answer {@link DeliveryResult.Rejected} where it will never take it (1.8); MUST keep what people
   * wrote out of reasons (1.10); MUST offer what is handed over with what was said so far (1.11), and no more once it is withdrawn
   * or over (1.12); MUST show long texts whole (1.13) and bear any text (1.14). A rejected {@link DeskOutbound.Handoff}, or one
   * that was tried in vain for as long as the settings say, goes to the fallback desk or tells the customer that nobody is there; a rejected
   * message parks the lane. Called outside any transaction, one at a time per
   * conversation, for several at once (1.17); may block.
   */
  DeliveryResult deliver(DeskDelivery delivery);

  /**
   * Whether the desk has that delivery already. MUST NOT throw when the desk fails (1.3); MUST say so where it cannot tell (1.9).
   * May block.
   */
  LookUp lookUp(DeskDelivery delivery);

  /** How it is. Does no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more is submitted (1.6). May block for some seconds. Harmless if repeated. */
  void stop();
}
