/** Tests of log and metrics. */
@NullMarked
package dev.relay.app.observe;

import org.jspecify.annotations.NullMarked;
