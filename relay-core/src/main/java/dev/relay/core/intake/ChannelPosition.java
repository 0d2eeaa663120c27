package dev.relay.core.intake;

import dev.relay.core.customer.CustomerAddress;

/**
 * How far a channel has read at one address.
 *
 * @param address where
 * @param position what the channel gave as its position with the last event there
 */
public record ChannelPosition(CustomerAddress address, String position) {}
