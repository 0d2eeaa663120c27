/** Server-sent event streams, and the web chat channel and desk that feed them. */
@NullMarked
package dev.relay.http.live;

import org.jspecify.annotations.NullMarked;
