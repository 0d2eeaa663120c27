/** The runnable Relay. */
@NullMarked
package dev.relay.app;

import org.jspecify.annotations.NullMarked;
