/** The connection to Discord and how it is kept. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.gateway;

import org.jspecify.annotations.NullMarked;
