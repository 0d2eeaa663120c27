/** Puts the modules together and runs them. */
@NullMarked
package dev.relay.app.serve;

import org.jspecify.annotations.NullMarked;
