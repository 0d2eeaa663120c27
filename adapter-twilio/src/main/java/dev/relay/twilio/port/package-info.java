/** What the Flex desk and the channels share: life cycle, watch, connection status, and the way to Relay's intake. */
@NullMarked
package dev.relay.twilio.port;

import org.jspecify.annotations.NullMarked;
