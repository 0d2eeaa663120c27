/** The one writer of an engine: applies events within transactions, and schedules what follows from them. */
@NullMarked
package dev.relay.core.engine.commit;

import org.jspecify.annotations.NullMarked;
