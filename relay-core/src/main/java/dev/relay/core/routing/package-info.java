/** Routing rules: who serves a conversation, first match wins. */
@NullMarked
package dev.relay.core.routing;

import org.jspecify.annotations.NullMarked;
