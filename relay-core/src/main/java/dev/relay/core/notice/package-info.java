/** What Relay itself says to people, in their language. */
@NullMarked
package dev.relay.core.notice;

import org.jspecify.annotations.NullMarked;
