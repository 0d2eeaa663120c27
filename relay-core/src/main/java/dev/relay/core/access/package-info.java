/** Who may use Relay's own desk and its interfaces: accounts and tokens. */
@NullMarked
package dev.relay.core.access;

import org.jspecify.annotations.NullMarked;
