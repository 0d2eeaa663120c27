/** Routing rules, which decide who answers a conversation first; the first match wins. */
@NullMarked
package dev.relay.core.routing;

import org.jspecify.annotations.NullMarked;
