/** Routing by a Studio flow: the virtual agent behind it, and the handoffs that it makes. */
@NullMarked
package dev.relay.twilio.studio;

import org.jspecify.annotations.NullMarked;
