/** One use of a command, button or form: its caller, its private answer, and the tools that all commands share. Not an API. */
@NullMarked
package dev.relay.discord.interaction;

import org.jspecify.annotations.NullMarked;
