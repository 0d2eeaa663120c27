/** The commands and buttons of customers, and the set of all commands as Discord knows it. Not an API. */
@NullMarked
package dev.relay.discord.commands;

import org.jspecify.annotations.NullMarked;
