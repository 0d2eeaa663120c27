package dev.relay.core.delivery;

import java.util.Optional;

/** The result of looking up whether the far side already has a delivery. */
public sealed interface LookUp {

  /**
   * The far side has the delivery.
   *
   * @param externalId the far side's id of it; empty if it gave none
   */
  record Found(Optional<String> externalId) implements LookUp {}

  /** The far side does not have the delivery: sending is safe. */
  record NotFound() implements LookUp {}

  /**
   * It cannot be determined at the moment.
   *
   * @param reason the reason, for the operator, without the customer's words
   */
  record CannotTell(String reason) implements LookUp {}
}
