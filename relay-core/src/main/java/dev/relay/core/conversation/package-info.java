/** Conversations between a customer and those who answer, as a pure state machine. */
@NullMarked
package dev.relay.core.conversation;

import org.jspecify.annotations.NullMarked;
