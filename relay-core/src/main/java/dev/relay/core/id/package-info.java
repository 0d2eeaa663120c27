/** Ids and keys of one field that every other package uses. Depends on no other package. */
@NullMarked
package dev.relay.core.id;

import org.jspecify.annotations.NullMarked;
