/** Tests of the command line. */
@NullMarked
package dev.relay.app.cli;

import org.jspecify.annotations.NullMarked;
