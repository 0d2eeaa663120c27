/** The community's side of Relay: customers in Discord, reached through JDA. */
@NullMarked
package dev.relay.discord;

import org.jspecify.annotations.NullMarked;
