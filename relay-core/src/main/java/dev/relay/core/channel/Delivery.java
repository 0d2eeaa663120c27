package dev.relay.core.channel;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.Locale;

/**
 * An instruction to show something to a customer. Immutable.
 *
 * @param id the delivery's id, the same for every attempt
 * @param conversation the conversation; buttons lead back to it
 * @param entry the transcript's entry
 * @param to the customer's address
 * @param locale the customer's language
 * @param what the content to show
 * @param attempt the number of the attempt, 1 for the first
 * @param at the time of the entry; the far side cannot have received it earlier
 */
public record Delivery(
    DeliveryId id,
    ConversationId conversation,
    EntryId entry,
    CustomerAddress to,
    Locale locale,
    Outbound what,
    int attempt,
    Instant at) {}
