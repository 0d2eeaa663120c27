package dev.relay.core.delivery;

import java.time.Duration;
import java.util.Optional;

/** The result of one attempt to deliver. */
public sealed interface DeliveryResult {

  /**
   * The far side has accepted the delivery.
   *
   * @param externalId the far side's id of it, for later edits; empty if it gave none
   */
  record Delivered(Optional<String> externalId) implements DeliveryResult {}

  /**
   * The far side certainly does not have the delivery; trying again may help.
   *
   * @param reason the reason, for the operator, without the customer's words
   * @param after the wait that the far side requests; such a wait does not count as a failed attempt
   */
  record RetryLater(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * The far side certainly does not have the delivery, for a reason that concerns every delivery of the port: the far side is
   * down, the account or its token is refused, or the whole port is throttled. Such an attempt never counts against its entry.
   *
   * @param reason the reason, for the operator, without the customer's words
   * @param after the wait that the far side requests; empty to let the engine choose
   */
  record PortDown(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * The far side will never accept the delivery as it is.
   *
   * @param scope what the refusal concerns
   * @param reason the reason, for the operator, without the customer's words
   */
  record Rejected(Scope scope, String reason) implements DeliveryResult {

    /** What a refusal concerns, which decides how the lane goes on. */
    public enum Scope {
      /** This entry alone: the next one may well be accepted. */
      ENTRY,
      /** The customer, who cannot be reached until something on their side changes. */
      CUSTOMER
    }

    /** Creates a refusal of this entry alone. */
    public Rejected(String reason) {
      this(Scope.ENTRY, reason);
    }
  }

  /**
   * It is unknown whether the far side has the delivery: the call timed out after sending, or the connection broke. The adapter
   * is asked to look it up before it sends again.
   *
   * @param reason the reason, for the operator, without the customer's words
   */
  record Unknown(String reason) implements DeliveryResult {}

  /** Returns a success without an id of the far side. */
  static DeliveryResult delivered() {
    return new Delivered(Optional.empty());
  }

  /** Returns a success with the far side's id. */
  static DeliveryResult delivered(String externalId) {
    return new Delivered(Optional.of(externalId));
  }

  /** Returns a temporary failure; the engine chooses the delay. */
  static DeliveryResult retryLater(String reason) {
    return new RetryLater(reason, Optional.empty());
  }
}
