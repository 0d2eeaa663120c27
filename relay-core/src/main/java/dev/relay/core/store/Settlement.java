package dev.relay.core.store;

import java.time.Instant;
import java.util.Optional;

/** The end of an attempt at the head of a lane. */
public sealed interface Settlement {

  /**
   * The head is done. If more entries wait, the owner keeps the lane until the lease ends.
   *
   * @param externalId the far side's id of the entry
   * @param leaseEnd the end of the lease for the next entry
   */
  record Done(Optional<String> externalId, Instant leaseEnd) implements Settlement {}

  /**
   * The head is tried again later; the lane is given back.
   *
   * @param at the time of the next attempt
   * @param reason the reason
   * @param counted whether it counts as a failed attempt
   * @param inDoubt whether the far side may have the entry
   */
  record Again(Instant at, String reason, boolean counted, boolean inDoubt) implements Settlement {}

  /**
   * The head cannot be delivered: the lane is parked until an operator retries or skips it.
   *
   * @param reason the reason
   * @param inDoubt whether the far side may have the entry nevertheless: a retry then looks it up before it sends
   */
  record Park(String reason, boolean inDoubt) implements Settlement {}

  /** The attempt was not made; the lane is given back and due at once. */
  record Return() implements Settlement {}
}
