/** Results, delays and health of deliveries, which are ordered, retried and fenced. */
@NullMarked
package dev.relay.core.delivery;

import org.jspecify.annotations.NullMarked;
