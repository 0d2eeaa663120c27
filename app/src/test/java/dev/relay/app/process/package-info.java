/** Tests of the real jar, run as its own process. */
@NullMarked
package dev.relay.app.process;

import org.jspecify.annotations.NullMarked;
