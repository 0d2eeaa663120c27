/** The port to the media through which customers are reached. */
@NullMarked
package dev.relay.core.channel;

import org.jspecify.annotations.NullMarked;
