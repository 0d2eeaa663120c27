package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;

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
