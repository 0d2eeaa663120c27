/** The entrance for Twilio's webhooks. */
@NullMarked
package dev.relay.twilio.webhook;

import org.jspecify.annotations.NullMarked;
