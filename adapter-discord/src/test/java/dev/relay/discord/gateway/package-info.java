/** Tests of the package of this name. */
@NullMarked
package dev.relay.discord.gateway;

import org.jspecify.annotations.NullMarked;
