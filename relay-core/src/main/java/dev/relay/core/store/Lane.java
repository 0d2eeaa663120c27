package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * The status of a lane.
 *
 * @param key the lane
 * @param port the port that delivers it
 * @param lastSequence the place of its newest entry
 * @param doneSequence the place of the last entry that was delivered or skipped
 * @param readyAt when it is due; empty if nothing waits or it is parked; during a delivery, the end of the lease
 * @param epoch grows with every claim; attempts of an older epoch are ignored
 * @param attempts the failed attempts at its head
 * @param lastError the reason of the last failure
 * @param parkedAt when it was parked
 */
public record Lane(
    LaneKey key,
    PortId port,
    long lastSequence,
    long doneSequence,
    Optional<Instant> readyAt,
    long epoch,
    int attempts,
    Optional<String> lastError,
    Optional<Instant> parkedAt) {

  /** Returns the number of entries that wait. */
  public long depth() {
    return lastSequence - doneSequence;
  }

  /**
   * A lane that was claimed for delivery.
   *
   * @param lane the lane
   * @param epoch the epoch of the claim
   * @param head the entry to deliver
   * @param attempts the failed attempts at it so far
   * @param inDoubt whether an earlier attempt may have reached the far side, because its owner vanished or its result was
   *     unknown; the adapter must look it up before it sends
   */
  public record Claim(
      LaneKey lane, long epoch, TranscriptEntry head, int attempts, boolean inDoubt) {}

  /** The result of settling an attempt. */
  public sealed interface Settled {

    /** The lane belongs to another owner by now, or the entry is already settled: nothing was changed. */
    record Fenced() implements Settled {}

    /** The lane was given back: empty, waiting or parked. */
    record Released() implements Settled {}

    /** The head is done and the owner still has the lane for the next entry. */
    record Next(TranscriptEntry head) implements Settled {}
  }

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
    record Again(Instant at, String reason, boolean counted, boolean inDoubt)
        implements Settlement {}

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
}
