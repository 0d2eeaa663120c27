/** The storage ports in memory: for tests, simulations and first trials. Nothing survives the process. */
@NullMarked
package dev.relay.core.memory;

import org.jspecify.annotations.NullMarked;
