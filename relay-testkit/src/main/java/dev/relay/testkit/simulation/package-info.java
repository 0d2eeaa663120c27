/**
 * The deterministic simulator: the real engine, a world of customers, agents and failing far sides, all in one thread and all drawn
 * from one seed.
 */
@NullMarked
package dev.relay.testkit.simulation;

import org.jspecify.annotations.NullMarked;
