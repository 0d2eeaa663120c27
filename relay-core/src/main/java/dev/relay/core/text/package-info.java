/** Cutting and wording of text. */
@NullMarked
package dev.relay.core.text;

import org.jspecify.annotations.NullMarked;
