/** Tests of the package of this name. */
@NullMarked
package dev.relay.discord.inbound;

import org.jspecify.annotations.NullMarked;
