/** Slow and greedy clients: what Relay holds for them is bounded, and none of them occupies a thread. */
@NullMarked
package dev.relay.http.traffic;

import org.jspecify.annotations.NullMarked;
