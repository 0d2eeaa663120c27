/** Discord's customers: their addresses, their profiles, and the channels in which they write. Not an API. */
@NullMarked
package dev.relay.discord.customer;

import org.jspecify.annotations.NullMarked;
