/** The values of the adapter's front room: an account's settings, webhook requests and answers, observers, and set-up findings. */
@NullMarked
package dev.relay.twilio.account;

import org.jspecify.annotations.NullMarked;
