/** A Twilio to test against: Conversations, Interactions, tasks, media and webhooks on loopback, as far as Relay uses them. */
@NullMarked
package dev.relay.twilio.fake;

import org.jspecify.annotations.NullMarked;
