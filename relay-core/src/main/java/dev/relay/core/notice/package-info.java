/** The texts of notices from Relay itself, in the reader's language. */
@NullMarked
package dev.relay.core.notice;

import org.jspecify.annotations.NullMarked;
