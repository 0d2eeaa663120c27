/** A channel and a desk made of callbacks, for programs that already reach their customers and live agents. */
@NullMarked
package dev.relay.core.embed;

import org.jspecify.annotations.NullMarked;
