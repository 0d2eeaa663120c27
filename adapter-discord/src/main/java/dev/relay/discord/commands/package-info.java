/** Discord's commands, forms and buttons: what players and staff ask Relay for, and the private answers. */
@NullMarked
package dev.relay.discord.commands;

import org.jspecify.annotations.NullMarked;
