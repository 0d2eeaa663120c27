/** From Relay to Discord: where a player is served and what is shown there. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.outbound;

import org.jspecify.annotations.NullMarked;
