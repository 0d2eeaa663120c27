package dev.relay.core.store;

import java.time.Instant;

/**
 * What went wrong with an entry of a lane. Kept for those who look into it; waits that are not counted as failed attempts are
 * not kept.
 *
 * @param sequence the place of the entry in its lane
 * @param number counts the failures of that entry, from 1
 * @param at when
 * @param outcome what followed
 * @param reason why, for operators, without the customer's words; for {@link Outcome#REPLAYED} and {@link Outcome#SKIPPED} the id
 *     of the one who wanted it
 */
public record DeliveryFailure(
    long sequence, int number, Instant at, Outcome outcome, String reason) {

  /** What followed from a failure. */
  public enum Outcome {
    /** It was to be tried again. */
    RETRIED,
    /** The lane was parked. */
    PARKED,
    /** Somebody made the parked lane due again. */
    REPLAYED,
    /** Somebody left the entry out. */
    SKIPPED
  }
}
