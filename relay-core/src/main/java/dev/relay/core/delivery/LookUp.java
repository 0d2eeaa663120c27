package dev.relay.core.delivery;

import java.util.Optional;

/** What an adapter found when it looked whether the far side has a delivery already. */
public sealed interface LookUp {

  /**
   * The far side has it.
   *
   * @param externalId what the far side calls it; empty where it gave none
   */
  record Found(Optional<String> externalId) implements LookUp {}

  /** The far side does not have it: it is safe to send. */
  record NotFound() implements LookUp {}

  /**
   * Nobody can tell now.
   *
   * @param reason for the operator, without the customer's words
   */
  record CannotTell(String reason) implements LookUp {}
}
