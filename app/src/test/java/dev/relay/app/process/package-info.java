/** Tests of the real jar, run as a process of its own. */
@NullMarked
package dev.relay.app.process;

import org.jspecify.annotations.NullMarked;
