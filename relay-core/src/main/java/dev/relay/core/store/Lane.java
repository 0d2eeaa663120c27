package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
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
}
