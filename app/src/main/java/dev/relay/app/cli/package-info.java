/** The command line: commands, their options and their output. */
@NullMarked
package dev.relay.app.cli;

import org.jspecify.annotations.NullMarked;
