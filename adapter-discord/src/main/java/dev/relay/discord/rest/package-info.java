/** Relay's requests to Discord's REST API. Not an API of Relay. */
@NullMarked
package dev.relay.discord.rest;

import org.jspecify.annotations.NullMarked;
