package dev.relay.core.channel;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.Locale;

/**
 * One thing to show to a customer.
 *
 * @param id the same for every attempt
 * @param conversation of which conversation; buttons lead back to it
 * @param entry the transcript's entry
 * @param to where the customer is
 * @param locale the customer's language
 * @param what what to show
 * @param attempt 1 for the first
 * @param at when it was said: the far side cannot have it from before
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
