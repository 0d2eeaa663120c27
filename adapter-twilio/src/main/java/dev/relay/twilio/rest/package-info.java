/** Calls to Twilio's REST interfaces, over one connection per account. */
@NullMarked
package dev.relay.twilio.rest;

import org.jspecify.annotations.NullMarked;
