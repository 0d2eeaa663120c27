/** The interface for additions to the bot, such as {@link dev.relay.discord.DiscordCommands}. */
@NullMarked
package dev.relay.discord.extension;

import org.jspecify.annotations.NullMarked;
