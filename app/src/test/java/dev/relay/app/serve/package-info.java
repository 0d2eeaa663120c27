/** Tests of starting and stopping. */
@NullMarked
package dev.relay.app.serve;

import org.jspecify.annotations.NullMarked;
