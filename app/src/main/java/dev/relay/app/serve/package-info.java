/** The composition root: wires the modules together, starts and stops them. */
@NullMarked
package dev.relay.app.serve;

import org.jspecify.annotations.NullMarked;
