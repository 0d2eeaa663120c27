/** Conversations at Twilio: finding, posting to, and reading them. */
@NullMarked
package dev.relay.twilio.conversation;

import org.jspecify.annotations.NullMarked;
