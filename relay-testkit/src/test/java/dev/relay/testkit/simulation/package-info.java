/** Tests of the simulator, and the simulations of the normal build. */
@NullMarked
package dev.relay.testkit.simulation;

import org.jspecify.annotations.NullMarked;
