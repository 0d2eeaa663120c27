/** The contracts of Relay's ports as tests, for everybody who implements one. */
@NullMarked
package dev.relay.testkit;

import org.jspecify.annotations.NullMarked;
