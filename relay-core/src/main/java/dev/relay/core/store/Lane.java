package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a lane stands.
 *
 * @param key which lane
 * @param port through which implementation it delivers
 * @param lastSequence the place of its newest entry
 * @param doneSequence the place of the last entry that was delivered or left out
 * @param readyAt when it is due; empty where nothing waits or it is parked; while it is delivered, the lease's end
 * @param epoch grows with every claim; an attempt of an older epoch counts for nothing
 * @param attempts failed attempts at the entry at its head
 * @param lastError the reason of the last failure
 * @param parkedAt since when it is parked
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

  /** How many entries wait. */
  public long depth() {
    return lastSequence - doneSequence;
  }
}
