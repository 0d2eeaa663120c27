/** Prepares a Discord server for Relay: category, channels, permissions, welcome messages. */
@NullMarked
package dev.relay.discord.setup;

import org.jspecify.annotations.NullMarked;
