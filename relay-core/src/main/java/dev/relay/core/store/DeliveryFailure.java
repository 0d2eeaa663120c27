package dev.relay.core.store;

import java.time.Instant;

/**
 * A failure to deliver an entry of a lane, kept for those who investigate it. Waits that do not count as failed attempts are
 * not kept.
 *
 * @param sequence the place of the entry in its lane
 * @param number the number of the failure of that entry, from 1
 * @param at the time of the failure
 * @param outcome the consequence
 * @param reason the reason, for operators, without the customer's words; for {@link Outcome#REPLAYED} and {@link
 *     Outcome#SKIPPED} the id of whoever requested it
 */
public record DeliveryFailure(
    long sequence, int number, Instant at, Outcome outcome, String reason) {

  /** The consequence of a failure. */
  public enum Outcome {
    /** The entry was to be tried again. */
    RETRIED,
    /** The lane was parked. */
    PARKED,
    /** An operator made the parked lane due again. */
    REPLAYED,
    /** An operator skipped the entry. */
    SKIPPED
  }
}
