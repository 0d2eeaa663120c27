/** Twilio's formats: parsers, ids, and the attributes that Relay writes. */
@NullMarked
package dev.relay.twilio.wire;

import org.jspecify.annotations.NullMarked;
