/**
 * The front room of the Twilio adapter: {@link dev.relay.twilio.TwilioAccount} builds the Flex desk, the channels, the virtual agent
 * behind a Studio flow, the webhooks and the set-up of one account. Together with {@code dev.relay.twilio.account}, which holds its
 * values, it is all that other modules use.
 */
@NullMarked
package dev.relay.twilio;

import org.jspecify.annotations.NullMarked;
