package dev.relay.core.desk;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;

/**
 * An instruction to show something at a desk. Immutable.
 *
 * @param id the delivery's id, the same for every attempt
 * @param entry the transcript's entry
 * @param conversation the conversation
 * @param what the content to show
 * @param attempt the number of the attempt, 1 for the first
 */
public record DeskDelivery(
    DeliveryId id, EntryId entry, ConversationId conversation, DeskOutbound what, int attempt) {}
