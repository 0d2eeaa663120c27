package dev.relay.core.delivery;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to deliver. */
public sealed interface DeliveryResult {

  /**
   * The far side has it.
   *
   * @param externalId what the far side calls it, for later edits; empty where it gave none
   */
  record Delivered(Optional<String> externalId) implements DeliveryResult {}

  /**
   * The far side certainly does not have it; trying again may help.
   *
   * @param reason for the operator, without the customer's words
   * @param after how long the far side asks to wait; such a wait is not counted as a failed attempt
   */
  record RetryLater(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * The far side will never take it. Parks the lane: a dead letter that people see.
   *
   * @param reason for the operator, without the customer's words
   */
  record Rejected(String reason) implements DeliveryResult {}

  /**
   * Nobody knows whether the far side has it: it timed out after sending, or the connection broke. The adapter is asked to
   * look before it sends again.
   *
   * @param reason for the operator, without the customer's words
   */
  record Unknown(String reason) implements DeliveryResult {}

  /** Delivered, without an id of the far side. */
  static DeliveryResult delivered() {
    return new Delivered(Optional.empty());
  }

  /** Delivered under that id of the far side. */
  static DeliveryResult delivered(String externalId) {
    return new Delivered(Optional.of(externalId));
  }

  /** Try again, when the engine thinks fit. */
  static DeliveryResult retryLater(String reason) {
    return new RetryLater(reason, Optional.empty());
  }
}
