/** A Discord to test against: gateway and REST on loopback, as far as Relay uses them. */
@NullMarked
package dev.relay.discord.fake;

import org.jspecify.annotations.NullMarked;
