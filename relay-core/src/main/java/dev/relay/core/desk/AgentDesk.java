package dev.relay.core.desk;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.delivery.PortId;
import dev.relay.core.engine.Health;
import dev.relay.core.engine.Intake;

/**
 * A place where live agents work. Thread-safe. Rules: docs/agent-desk-contract.md.
 */
public interface AgentDesk {

  /** The desk's name, always the same (1.1). Does no network calls. */
  PortId id();

  /** Begins to hand what agents do to the intake. MUST return soon, even where the desk cannot be reached (1.2). */
  void start(Intake intake);

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the desk fails (1.3); MUST show a repeated delivery id
   * at most once (1.4); MUST answer {@link DeliveryResult.Unknown} where the desk may have acted (1.5). A rejected
   * {@link DeskOutbound.Handoff} tells the customer that nobody is there; a rejected message parks the lane. Called outside
   * any transaction, one at a time per conversation; may block.
   */
  DeliveryResult deliver(DeskDelivery delivery);

  /** Whether the desk has that delivery already. MUST NOT throw when the desk fails (1.3). May block. */
  LookUp lookUp(DeskDelivery delivery);

  /** How it is. Does no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more reaches the intake (1.6). May block for some seconds. Harmless if repeated. */
  void stop();
}
