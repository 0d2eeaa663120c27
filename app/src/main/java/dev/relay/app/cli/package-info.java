/** The command line: what an operator types, and what is answered. */
@NullMarked
package dev.relay.app.cli;

import org.jspecify.annotations.NullMarked;
