/** Who a player is to Relay and where they are served. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.player;

import org.jspecify.annotations.NullMarked;
