/** An independent Discord server plays with the whole bot. */
@NullMarked
package dev.relay.discord.twin;

import org.jspecify.annotations.NullMarked;
