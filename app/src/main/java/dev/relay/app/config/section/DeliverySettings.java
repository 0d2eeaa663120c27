package dev.relay.app.config.section;

import dev.relay.core.delivery.BackOff;
import java.time.Duration;

/**
 * Limits and delays of the intake and of deliveries.
 *
 * @param backOff the delays between attempts to deliver
 * @param concurrency simultaneous deliveries per channel or desk
 * @param lease the longest that a delivery may take
 * @param seenFor how long an event is remembered, so that a repeat is recognised
 * @param waitingEvents the most events that may wait to be stored
 */
record DeliverySettings(
    BackOff backOff, int concurrency, Duration lease, Duration seenFor, int waitingEvents) {}
