/** Tests of the forms. */
@NullMarked
package dev.relay.discord.forms;

import org.jspecify.annotations.NullMarked;
