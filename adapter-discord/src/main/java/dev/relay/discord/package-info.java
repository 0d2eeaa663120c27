/**
 * The front room of the Discord adapter: the bot with its channel and announcer, commands, server set-up and feeds. Programs that use the
 * adapter need this package alone; extensions of the bot also implement {@code dev.relay.discord.extension}.
 */
@NullMarked
package dev.relay.discord;

import org.jspecify.annotations.NullMarked;
