/** The engine, which applies events, delivers effects and fires timers. */
@NullMarked
package dev.relay.core.engine;

import org.jspecify.annotations.NullMarked;
