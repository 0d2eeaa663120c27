package dev.relay.core.channel;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;

/**
 * A medium through which customers are reached. Thread-safe. Rules: docs/channel-contract.md.
 */
public interface Channel {

  /** The channel's name, always the same (C1.1). Does no network calls. */
  PortId id();

  /** What it can show, always the same (C1.1). Does no network calls. */
  Capabilities capabilities();

  /**
   * Begins to submit what customers write. MUST return soon, even if the medium cannot be reached (C1.2); SHOULD read what it missed
   * since {@link Intake#positions} (C1.6). The same message MUST always have the same key (C1.15). An event that is submitted directly to
   * {@link Inbox#intake} and not taken MUST be submitted again under its key (C1.16); the inbox does so itself.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the medium fails (C1.3); MUST show a repeated delivery
   * id at most once (C1.4); MUST answer {@link DeliveryResult.Unknown} and not {@link DeliveryResult.RetryLater} where the
   * far side may have acted (C1.5); MUST pass on how long the far side asks to wait (C1.8); MUST answer
   * {@link DeliveryResult.Rejected} where it will never take it (C1.9); MUST keep what people wrote out of reasons (C1.11); MUST
   * show long texts whole (C1.12) and bear any text (C1.13); MUST change and take back what it delivered where the capabilities
   * say so (C1.14). Called outside any transaction, one at a time per conversation, for several at once (C1.17); may block.
   */
  DeliveryResult deliver(Delivery delivery);

  /**
   * Whether the far side has that delivery already. MUST NOT throw when the medium fails (C1.3); MUST say so where it cannot tell
   * (C1.10). May block.
   */
  LookUp lookUp(Delivery delivery);

  /** How it is. Does no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more is submitted (C1.7), while deliveries still work until the engine has drained. May block for some seconds. Harmless if repeated. */
  void stop();
}
