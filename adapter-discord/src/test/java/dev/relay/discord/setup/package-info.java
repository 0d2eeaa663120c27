/** Tests of the set-up of servers. */
@NullMarked
package dev.relay.discord.setup;

import org.jspecify.annotations.NullMarked;
