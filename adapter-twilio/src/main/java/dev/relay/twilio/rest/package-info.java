/** Calls to Twilio's REST interfaces. */
@NullMarked
package dev.relay.twilio.rest;

import org.jspecify.annotations.NullMarked;
