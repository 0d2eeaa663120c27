/** The port to whatever keeps Relay's state. */
@NullMarked
package dev.relay.core.store;

import org.jspecify.annotations.NullMarked;
