/** The delivery of lanes: claims the due ones of a port, makes attempts, and settles them. */
@NullMarked
package dev.relay.core.engine.lane;

import org.jspecify.annotations.NullMarked;
