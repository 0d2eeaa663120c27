/** The port to the storage of Relay's state. */
@NullMarked
package dev.relay.core.store;

import org.jspecify.annotations.NullMarked;
