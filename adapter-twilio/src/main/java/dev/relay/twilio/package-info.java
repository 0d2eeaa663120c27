/** Live agents in Twilio Flex. */
@NullMarked
package dev.relay.twilio;

import org.jspecify.annotations.NullMarked;
