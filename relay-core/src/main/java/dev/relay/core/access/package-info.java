/** Accounts and tokens for Relay's own desk, web chat and interfaces. */
@NullMarked
package dev.relay.core.access;

import org.jspecify.annotations.NullMarked;
