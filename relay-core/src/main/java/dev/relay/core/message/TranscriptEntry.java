package dev.relay.core.message;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a conversation's transcript, which is append-only and also the queue of its lane. Immutable.
 *
 * @param id grows within a conversation
 * @param conversation the conversation; 0 for announcements
 * @param destination the receiver
 * @param sequence its place in its lane, from 1 without gaps; 0 if the destination is {@link Destination#RECORD}
 * @param at the time at which Relay accepted it
 * @param content the content
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
