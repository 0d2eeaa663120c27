/** The entry point for a program that embeds Relay: {@link dev.relay.core.Relay}. */
@NullMarked
package dev.relay.core;

import org.jspecify.annotations.NullMarked;
