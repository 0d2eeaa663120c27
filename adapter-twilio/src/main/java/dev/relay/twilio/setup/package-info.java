/** Set-up and checks of an account. */
@NullMarked
package dev.relay.twilio.setup;

import org.jspecify.annotations.NullMarked;
