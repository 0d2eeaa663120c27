/** Tests of remote virtual agents against a server on the loopback address. */
@NullMarked
package dev.relay.http.bot;

import org.jspecify.annotations.NullMarked;
