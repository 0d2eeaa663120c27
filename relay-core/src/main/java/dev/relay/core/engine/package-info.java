/** The engine: applies events, delivers effects, fires timers. */
@NullMarked
package dev.relay.core.engine;

import org.jspecify.annotations.NullMarked;
