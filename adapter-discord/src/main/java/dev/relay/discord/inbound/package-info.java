/** From Discord to Relay: listening, order per player, attachments, gap recovery. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.inbound;

import org.jspecify.annotations.NullMarked;
