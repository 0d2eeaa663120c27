/**
 * The deterministic simulator and its tests: the real engine in a world of customers, live agents and failing far sides, all in one
 * thread and all drawn from one seed.
 */
@NullMarked
package dev.relay.testkit.simulation;

import org.jspecify.annotations.NullMarked;
