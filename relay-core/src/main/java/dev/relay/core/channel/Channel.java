package dev.relay.core.channel;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A medium through which customers are reached. Thread-safe. Rules: docs/channel-contract.md.
 */
public interface Channel {

  /** Returns the channel's id; always the same (C1.1). Makes no network calls. */
  PortId id();

  /** Returns this channel's abilities; always the same (C1.1). Makes no network calls. */
  Capabilities capabilities();

  /**
   * Starts to listen and to submit customers' events. MUST return soon, even if the medium cannot be reached (C1.2); SHOULD read the
   * messages missed since {@link Intake#positions} (C1.6). The same message MUST always have the same key (C1.15). An event that was
   * submitted directly to {@link Inbox#intake} without success MUST be resubmitted under its key (C1.16); the inbox does so automatically.
   *
   * @param inbox receives the events; the engine closes it after {@link #stop}
   */
  void start(Inbox inbox);

  /**
   * Makes one attempt to deliver and returns its result. Called outside any transaction, one delivery at a time per conversation, for
   * several conversations at once (C1.17); may block.
   *
   * <ul>
   *   <li>MUST NOT throw when the medium fails (C1.3).
   *   <li>MUST show a repeated delivery id at most once (C1.4).
   *   <li>MUST return {@link DeliveryResult.Unknown} and not {@link DeliveryResult.RetryLater} if the far side may have acted (C1.5).
   *   <li>MUST pass on the wait that the far side requests (C1.8).
   *   <li>MUST return {@link DeliveryResult.Rejected} if the far side will never accept the delivery (C1.9).
   *   <li>MUST keep message texts out of reasons (C1.11).
   *   <li>MUST show long texts whole (C1.12) and handle any text (C1.13).
   *   <li>MUST change and delete delivered messages if the capabilities include it (C1.14).
   * </ul>
   */
  DeliveryResult deliver(Delivery delivery);

  /**
   * Checks whether the far side already has a delivery. MUST NOT throw when the medium fails (C1.3); MUST return
   * {@link LookUp.CannotTell} if the answer is not known (C1.10). May block.
   */
  LookUp lookUp(Delivery delivery);

  /**
   * Returns whether a live agent can write to a customer who is not waiting for an answer: after the end of their conversation, or at a
   * later time. Asked before such a message is stored, so that a refusal is shown while the agent can still choose another way. What the
   * medium refuses only when the message is sent is shown at the message.
   *
   * <p>MUST answer from what the channel knows already: without network calls, without waiting, without throwing; MUST be {@link
   * Reach.Open} for a customer who has just written, unless the medium has refused a delivery to them since (C1.21). A channel that
   * knows of no restriction need not override it.
   *
   * @param address the customer's address
   * @param lastWrote when the customer last wrote at that address; empty if they never did, or so long ago that Relay does not look
   */
  default Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
    return Reach.open();
  }

  /**
   * Returns the sign by which customers of this channel see that a live agent is typing; empty if the medium has none. Always the same.
   * A channel that learns that customers are typing calls {@link Intake#typing}. Default: empty.
   */
  default Optional<TypingIndicator> typingIndicator() {
    return Optional.empty();
  }

  /** Reports this channel's health. Makes no network calls. */
  Health health();

  /**
   * Stops listening. Afterwards nothing more is submitted (C1.7), but deliveries still work until the engine has drained. May block for
   * some seconds. Harmless if repeated.
   */
  void stop();

  /** The sign of a medium that somebody is typing. Thread-safe. */
  interface TypingIndicator {
    /**
     * Shows a customer that a live agent is typing, until the next message or for as long as the medium does. Best effort: it is not
     * repeated and has no result. MUST return at once, whatever the medium does; MUST NOT throw, show a message, or open a place to write
     * to (C1.22). Called on a thread of its own, one call at a time.
     *
     * @param to the customer's address
     */
    void show(CustomerAddress to);

    /** Returns how long Relay waits before it shows the sign at an address again: less than the time for which the medium shows it. */
    Duration pause();
  }
}
