package dev.relay.core.desk;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;

/**
 * One thing to bring to a desk.
 *
 * @param id the same for every attempt
 * @param entry the transcript's entry
 * @param conversation of which conversation
 * @param what what to bring
 * @param attempt 1 for the first
 */
public record DeskDelivery(
    DeliveryId id, EntryId entry, ConversationId conversation, DeskOutbound what, int attempt) {}
