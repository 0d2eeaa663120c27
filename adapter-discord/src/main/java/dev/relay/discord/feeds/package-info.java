/** News of web sites (RSS and Atom), announced to the community. */
@NullMarked
package dev.relay.discord.feeds;

import org.jspecify.annotations.NullMarked;
