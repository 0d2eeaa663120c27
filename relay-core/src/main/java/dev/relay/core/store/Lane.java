package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.TranscriptEntry;
import java.time.Duration;
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

  /**
   * The longest time that a lane waits for its next attempt. A lane that seems to wait for longer was given that time while the clock was
   * ahead, and counts as due. It is the longest default back-off, ten hours and a fifth, rounded up.
   */
  public static final Duration LONGEST_WAIT = Duration.ofHours(13);

  /** Returns the number of entries that wait. */
  public long depth() {
    return lastSequence - doneSequence;
  }

  /** Returns the status of the entry at that place. Entries that were left out count as delivered here: see {@link LeftOut}. */
  public EntryStatus statusOf(long sequence) {
    if (sequence <= doneSequence) {
      return EntryStatus.DELIVERED;
    }
    if (parkedAt.isEmpty()) {
      return EntryStatus.WAITING;
    }
    return sequence == doneSequence + 1 ? EntryStatus.PARKED : EntryStatus.HELD;
  }

  /** The status of an entry in its lane. */
  public enum EntryStatus {
    /** It was delivered. */
    DELIVERED,
    /** It waits for its delivery, which is retried without anybody's help. */
    WAITING,
    /** It is the head of a parked lane. */
    PARKED,
    /** It waits behind the head of a parked lane. */
    HELD
  }

  /**
   * An entry that its lane has passed without delivering it.
   *
   * @param lane the lane
   * @param sequence the place of the entry in the lane
   * @param outcome {@link DeliveryFailure.Outcome#FAILED} or {@link DeliveryFailure.Outcome#SKIPPED}
   * @param reason as in {@link DeliveryFailure}
   */
  public record LeftOut(
      LaneKey lane, long sequence, DeliveryFailure.Outcome outcome, String reason) {}

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
     * @param cause why it waits
     * @param inDoubt whether the far side may have the entry
     */
    record Again(Instant at, String reason, Cause cause, boolean inDoubt) implements Settlement {

      /** The cause of a wait. */
      public enum Cause {
        /** A failed attempt at this entry, which is counted. */
        FAILURE,
        /** A wait that is no failure, for example one that the far side asked for. */
        REQUEST,
        /** An outage of the whole port, whose end makes the lane due. */
        OUTAGE
      }

      /** Checks whether the attempt counts as failed. */
      public boolean counted() {
        return cause == Cause.FAILURE;
      }
    }

    /**
     * The head cannot be delivered: the lane is parked until an operator retries or skips it.
     *
     * @param reason the reason
     * @param inDoubt whether the far side may have the entry nevertheless: a retry then looks it up before it sends
     */
    record Park(String reason, boolean inDoubt) implements Settlement {}

    /**
     * The far side will never accept the head, which is left out and recorded as failed. If more entries wait, the owner keeps the
     * lane until the lease ends.
     *
     * @param reason the reason
     * @param leaseEnd the end of the lease for the next entry
     */
    record Fail(String reason, Instant leaseEnd) implements Settlement {}

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
      /** The entry was left out, because the far side will never accept it. */
      FAILED,
      /** An operator made the parked lane due again. */
      REPLAYED,
      /** An operator skipped the entry. */
      SKIPPED
    }
  }
}
