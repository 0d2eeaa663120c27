/** What Twilio sends and stores, as types. */
@NullMarked
package dev.relay.twilio.wire;

import org.jspecify.annotations.NullMarked;
