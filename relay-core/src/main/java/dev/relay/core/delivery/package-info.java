/** Lanes: ordered, retried, fenced delivery of what a conversation says. */
@NullMarked
package dev.relay.core.delivery;

import org.jspecify.annotations.NullMarked;
