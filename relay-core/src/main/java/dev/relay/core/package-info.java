/** The way into Relay for a program that embeds it: {@link dev.relay.core.Relay}. */
@NullMarked
package dev.relay.core;

import org.jspecify.annotations.NullMarked;
