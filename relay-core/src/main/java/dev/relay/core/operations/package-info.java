/** What an operator or embedder handles: settings, the observer, dead letters, leases, announcements. */
@NullMarked
package dev.relay.core.operations;

import org.jspecify.annotations.NullMarked;
