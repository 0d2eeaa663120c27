/** Shortening of texts, and texts in several languages. */
@NullMarked
package dev.relay.core.text;

import org.jspecify.annotations.NullMarked;
