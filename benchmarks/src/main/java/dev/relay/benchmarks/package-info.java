/** Measures Relay as a whole. Every figure that depends on the machine is shown beside a raw one of the same run. */
@NullMarked
package dev.relay.benchmarks;

import org.jspecify.annotations.NullMarked;
