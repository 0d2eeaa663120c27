/** The settings of a Twilio account. */
@NullMarked
package dev.relay.twilio.account;

import org.jspecify.annotations.NullMarked;
