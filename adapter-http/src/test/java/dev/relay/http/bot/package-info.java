/** The format of remote virtual agents. */
@NullMarked
package dev.relay.http.bot;

import org.jspecify.annotations.NullMarked;
