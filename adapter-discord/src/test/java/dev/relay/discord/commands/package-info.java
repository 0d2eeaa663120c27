/** Tests of Discord's commands, forms and buttons. */
@NullMarked
package dev.relay.discord.commands;

import org.jspecify.annotations.NullMarked;
