/** Discord's REST interface as Relay uses it. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.rest;

import org.jspecify.annotations.NullMarked;
