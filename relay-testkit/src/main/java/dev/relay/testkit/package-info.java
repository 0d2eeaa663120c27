/** The contracts of Relay's ports as tests, for everybody who implements one, and a clock to set. */
@NullMarked
package dev.relay.testkit;

import org.jspecify.annotations.NullMarked;
