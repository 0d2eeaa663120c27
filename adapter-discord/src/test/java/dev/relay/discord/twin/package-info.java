/** Tests of the whole bot against an independent Discord server. */
@NullMarked
package dev.relay.discord.twin;

import org.jspecify.annotations.NullMarked;
