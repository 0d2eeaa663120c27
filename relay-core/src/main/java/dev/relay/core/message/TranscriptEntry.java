package dev.relay.core.message;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a conversation's transcript: append-only, and at the same time what its lane delivers. Immutable.
 *
 * @param id grows within a conversation
 * @param conversation where it stands; 0 for announcements
 * @param destination to whom it goes
 * @param sequence its place in its lane, from 1 without gaps; 0 where the destination is {@link Destination#RECORD}
 * @param at when Relay took it in
 * @param content what it says
 * @param sourceId the id that the side it came from gave it, to find it again for edits
 * @param externalId the id that the side it went to gave it, once delivered
 */
public record TranscriptEntry(
    EntryId id,
    ConversationId conversation,
    Destination destination,
    long sequence,
    Instant at,
    EntryContent content,
    Optional<String> sourceId,
    Optional<String> externalId) {}
