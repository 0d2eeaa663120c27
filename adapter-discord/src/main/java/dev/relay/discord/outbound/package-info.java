/** From Relay to Discord: deliveries, announcements, and the channels to customers. Not an API. */
@NullMarked
package dev.relay.discord.outbound;

import org.jspecify.annotations.NullMarked;
