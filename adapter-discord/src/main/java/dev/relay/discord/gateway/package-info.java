/** The connection to Discord and its gateway. Not an API. */
@NullMarked
package dev.relay.discord.gateway;

import org.jspecify.annotations.NullMarked;
