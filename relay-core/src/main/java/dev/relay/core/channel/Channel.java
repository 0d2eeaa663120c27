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

  /** The channel's name, always the same (1.1). Does no network calls. */
  PortId id();

  /** What it can show, always the same (1.1). Does no network calls. */
  Capabilities capabilities();

  /**
   * Begins to submit what customers write. MUST return soon, even if the medium cannot be reached (1.2); SHOULD read what it missed
   * since {@link Intake#positions} (1.6). The same message MUST always have the same key (1.15). An event that is submitted directly to
   * {@link Inbox#intake} and not taken MUST be submitted again under its key (1.16); the inbox does so itself.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt and says what became of it. MUST NOT throw when the medium fails (1.3); MUST show a repeated delivery
   * id at most once (1.4); MUST answer {@link DeliveryResult.Unknown} and not {@link DeliveryResult.RetryLater} where the
   * far side may have acted (1.5); MUST pass on how long the far side asks to wait (1.8); MUST answer
   * {@link DeliveryResult.Rejected} where it will never take it (1.9); MUST keep what people wrote out of reasons (1.11); MUST
   * show long texts whole (1.12) and bear any text (1.13); MUST change and take back what it delivered where the capabilities
   * say so (1.14). Called outside any transaction, one at a time per conversation, for several at once (1.17); may block.
   */
  DeliveryResult deliver(Delivery delivery);

  /**
   * Whether the far side has that delivery already. MUST NOT throw when the medium fails (1.3); MUST say so where it cannot tell
   * (1.10). May block.
   */
  LookUp lookUp(Delivery delivery);

  /** How it is. Does no network calls. */
  Health health();

  /** Stops listening; afterwards nothing more is submitted (1.7), while deliveries still work until the engine has drained. May block for some seconds. Harmless if repeated. */
  void stop();
}
