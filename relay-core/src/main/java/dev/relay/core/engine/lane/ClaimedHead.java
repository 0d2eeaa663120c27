package dev.relay.core.engine.lane;

import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;

/**
 * The head of a claimed lane, ready for one attempt.
 *
 * @param lane the claimed lane
 * @param epoch the epoch of the claim, under which the attempt is settled
 * @param entry the entry at the head
 * @param failures the failed attempts so far
 * @param inDoubt whether an earlier attempt may have reached the far side
 * @param attempt the call to make
 * @param leaseEnd the end of the claim
 * @param turn how long the lane has had its slot
 */
record ClaimedHead(
    LaneKey lane,
    long epoch,
    TranscriptEntry entry,
    int failures,
    boolean inDoubt,
    Attempt attempt,
    Instant leaseEnd,
    Turn turn) {

  /** Returns the head as it is if an attempt may have reached the far side. */
  ClaimedHead doubtful() {
    return new ClaimedHead(lane, epoch, entry, failures, true, attempt, leaseEnd, turn);
  }
}
