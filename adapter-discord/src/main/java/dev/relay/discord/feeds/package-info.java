/** Fetching and parsing of RSS and Atom feeds. Not an API. */
@NullMarked
package dev.relay.discord.feeds;

import org.jspecify.annotations.NullMarked;
