package dev.relay.core.store;

import java.time.Instant;
import java.util.Optional;

/** How an attempt at the head of a lane ends. */
public sealed interface Settlement {

  /**
   * The head is done. Where more waits, the owner keeps the lane until the lease ends.
   *
   * @param externalId what the far side calls the entry
   * @param leaseEnd until when the owner has the lane for the next entry
   */
  record Done(Optional<String> externalId, Instant leaseEnd) implements Settlement {}

  /**
   * Try the head again later; the lane is given back.
   *
   * @param at when
   * @param reason why
   * @param counted whether it counts as a failed attempt
   * @param inDoubt whether the far side may have it
   */
  record Again(Instant at, String reason, boolean counted, boolean inDoubt) implements Settlement {}

  /**
   * The head cannot be delivered: the lane stands still until somebody looks.
   *
   * @param reason why
   * @param inDoubt whether the far side may have the head all the same: then a replay looks before it sends
   */
  record Park(String reason, boolean inDoubt) implements Settlement {}

  /** The attempt was not made; the lane is given back and due at once. */
  record Return() implements Settlement {}
}
