/** The commands and buttons of customers, and the set of all commands as registered at Discord. Not an API. */
@NullMarked
package dev.relay.discord.commands;

import org.jspecify.annotations.NullMarked;
