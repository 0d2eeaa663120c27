/** The verification of webhook signatures. */
@NullMarked
package dev.relay.twilio.webhook;

import org.jspecify.annotations.NullMarked;
