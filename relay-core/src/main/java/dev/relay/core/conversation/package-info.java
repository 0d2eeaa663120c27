/** The talk between a customer and whoever serves them, as a pure state machine. */
@NullMarked
package dev.relay.core.conversation;

import org.jspecify.annotations.NullMarked;
