package dev.relay.core.store;

import dev.relay.core.id.LaneKey;
import dev.relay.core.message.TranscriptEntry;

/**
 * A lane that was taken for delivery.
 *
 * @param lane which lane
 * @param epoch under which epoch
 * @param head the entry to deliver
 * @param attempts failed attempts at it so far
 * @param inDoubt whether an earlier attempt may have reached the far side without anybody knowing: its owner vanished, or its
 *     outcome was unknown; the adapter must look before it sends
 */
public record Claim(
    LaneKey lane, long epoch, TranscriptEntry head, int attempts, boolean inDoubt) {}
