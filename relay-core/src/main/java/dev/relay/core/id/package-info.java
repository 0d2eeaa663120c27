/** Names of one field that every other package uses; depends on nothing. */
@NullMarked
package dev.relay.core.id;

import org.jspecify.annotations.NullMarked;
