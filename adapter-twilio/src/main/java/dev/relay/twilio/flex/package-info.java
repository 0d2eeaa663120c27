/** The agent desk in Twilio Flex. */
@NullMarked
package dev.relay.twilio.flex;

import org.jspecify.annotations.NullMarked;
