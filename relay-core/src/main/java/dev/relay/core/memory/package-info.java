/** The ports that keep things, in memory: for tests, simulations and trying out. Nothing survives the process. */
@NullMarked
package dev.relay.core.memory;

import org.jspecify.annotations.NullMarked;
