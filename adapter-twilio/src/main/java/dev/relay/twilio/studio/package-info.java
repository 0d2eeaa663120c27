/** Routing by a Studio flow. */
@NullMarked
package dev.relay.twilio.studio;

import org.jspecify.annotations.NullMarked;
